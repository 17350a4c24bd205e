"""Each entry as Markdown that reads well alone, and the two files for language models.

Above: a playbook. Below: the text, and what readers of front matter, of Markdown and of llms.txt that were not written here make of it.
"""

from __future__ import annotations

import re
from pathlib import Path

import frontmatter
import pytest
from llms_txt import parse_llms_file
from mistletoe import markdown as mistletoe
from selectolax.lexbor import LexborHTMLParser

from macros.site.exports.files import all_files
from macros.site.exports.llms import llms_txt
from macros.site.exports.published import Published
from tests.support.exports import SITE, published_from, real_files, small_published
from tests.support.playbooks import BASE
from tests.support.releases import write_release

BARRIER = "playbook_data/barriers/data-sharing.yml"
INSIGHT = "playbook_data/insights/shared-space.yml"
FIGURE = (
    "{name: cost, value: 30000, unit: £, bound: about, measures: 'Cost of [[one-front-door|one office]]', source: nao, at: para 2, when: May 2015}"
)
FILES = {
    BARRIER: BASE[BARRIER].replace("claim: Few", "basis: found, case: one-front-door, claim: Few")
    + f"figures: [{FIGURE}]\ntags: [Data]\nalso_searched: ['GDPR: rules']\n",
    "playbook_data/playbook.yml": BASE["playbook_data/playbook.yml"] + "tags: [Data]\n",
    "playbook_data/sources/nao.yml": BASE["playbook_data/sources/nao.yml"] + "passages: [{at: para 2, about: Costs}, {at: para, about: The rest}]\n",
}
WITHDRAWN = {
    BARRIER: BASE[BARRIER] + "status: withdrawn\nreason: It was *two* barriers.\nreplaced_by: [two]\n",
    "playbook_data/barriers/two.yml": BASE[BARRIER].replace("Data stays apart", "Two") + "formerly: [one]\n",
    "playbook_data/barriers/sketch.yml": BASE[BARRIER].replace("Data stays apart", "Sketch") + "status: draft\n",
}


def markdown(published: Published, at: str) -> str:
    return all_files(published)[f"{at}.md"].decode()


DATA_SHARING = f"""\
---
title: Data stays apart
description: Partners cannot see what the others know.
kind: barriers
id: data-sharing
status: current
url: {SITE}barriers/data-sharing/
pinned_url: {SITE}1.0/barriers/data-sharing/
playbook: Small playbook
publisher: A lab
version: 1.0.0
licence: CC BY 4.0
licence_url: https://creativecommons.org/licenses/by/4.0/
tags:
- Data
keywords:
- 'GDPR: rules'
---

# Data stays apart

Barrier in the [Small playbook]({SITE})

Partners cannot see what the others know.

- **Felt by:** [Delivery team]({SITE}roles/delivery-team/)
- **Weakens:** [Shared aims]({SITE}pillars/shared-aims/)

## Why it gets in the way

Each partner holds a part of the story.

## What you would see

*The editors of this playbook suggest this. They drew on the sources that the page names, and went beyond them.*

- People tell their story again

## Evidence

- Few partners shared data. (found; [One front door]({SITE}cases/one-front-door/); [Joining Up to Improve Public Services]({SITE}sources/nao/), \
[para 11]({SITE}sources/nao/#passage-para))

## Figures

- **about £30,000**: Cost of [one office]({SITE}cases/one-front-door/), May 2015. ([Joining Up to Improve Public Services]({SITE}sources/nao/), \
[para 2]({SITE}sources/nao/#passage-para-2))

## What eases this barrier

- [Sit together]({SITE}insights/shared-space/)

## Questions that reveal this barrier

- [Do you have permission?]({SITE}questions/permission/)

## Seen in

- [One front door]({SITE}cases/one-front-door/)

## Still an open question

- [Who pays?]({SITE}open-questions/who-pays/)

## Sources

- [Joining Up to Improve Public Services]({SITE}sources/nao/): [para 11]({SITE}sources/nao/#passage-para)

---

Source: A lab, Small playbook, [{SITE}barriers/data-sharing/]({SITE}barriers/data-sharing/), fixed as version 1.0.0 has it at \
[{SITE}1.0/barriers/data-sharing/]({SITE}1.0/barriers/data-sharing/). Licence: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).
"""


def test_an_entry_as_markdown_has_facts_above_and_its_sections_below(tmp_path: Path) -> None:
    write_release(small_published(tmp_path, FILES).ledger.current.root, "1.0.0")
    assert markdown(published_from(tmp_path), "barriers/data-sharing") == DATA_SHARING


def test_what_was_withdrawn_or_is_a_draft_says_so_above_its_text_and_in_its_front_matter(tmp_path: Path) -> None:
    published = small_published(tmp_path, WITHDRAWN)
    gone, draft = (frontmatter.loads(markdown(published, f"barriers/{id}")) for id in ("data-sharing", "sketch"))
    assert (gone["status"], gone["reason"], gone["replaced_by"]) == ("withdrawn", "It was *two* barriers.", [f"{SITE}barriers/two/"])
    assert f"\n\n> **Withdrawn.** It was \\*two\\* barriers.\n>\n> Use instead: [Two]({SITE}barriers/two/).\n\n" in gone.content
    assert "\n\n> **Draft.** This page is not finished: please do not rely on it yet.\n\n" in draft.content


def test_the_text_at_a_former_address_says_where_the_entry_is_now(tmp_path: Path) -> None:
    found = frontmatter.loads(markdown(small_published(tmp_path, WITHDRAWN), "barriers/one"))
    assert (found["moved_from"], found["url"]) == (f"{SITE}barriers/one/", f"{SITE}barriers/two/")
    assert found.content.startswith(f"> **Moved.** This was at {SITE}barriers/one/ and is now at {SITE}barriers/two/\n\n# Two\n")


@pytest.mark.parametrize(
    "title", ["# {{ 1 }} | *a* [b](c)", "</title><script>alert(1)</script>", "'quoted': \"both\" --- …", "- a", "Why #", "null", "1.10"]
)
def test_any_title_is_its_characters_in_front_matter_and_text(tmp_path: Path, title: str) -> None:
    found = frontmatter.loads(
        markdown(small_published(tmp_path, {INSIGHT: BASE[INSIGHT].replace("Sit together", repr_yaml(title))}), "insights/shared-space")
    )
    assert found["title"] == title
    html = LexborHTMLParser(mistletoe(found.content))
    assert html.css_first("h1").text() == title
    assert html.css("script") == []


def repr_yaml(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.proof)])
def test_the_entries_of_this_playbook_read_well_in_another_reader_and_lead_only_to_whole_addresses(step: int) -> None:
    for number, (path, data) in enumerate(sorted(real_files().items())):
        if path.endswith(".md") and number % step == 0:
            found = frontmatter.loads(data.decode())
            html = LexborHTMLParser(mistletoe(found.content))
            assert [node.text() for node in html.css("h1")] == [found["title"]], path
            assert len(html.css("h2")) >= 2, path
            assert all(node.attributes["href"].startswith(("https://", "http://", "mailto:")) for node in html.css("a")), path
            assert "[[" not in html.body.text(), path
            assert not re.search(r"(?<!\\)\*\*", html.body.text()), path


def test_llms_txt_lists_every_entry_with_its_markdown_as_its_own_parser_reads_it(tmp_path: Path) -> None:
    write_release(
        small_published(tmp_path, {**WITHDRAWN, INSIGHT: BASE[INSIGHT].replace("Sit together", '"Sit [all] (together)"')}).ledger.current.root,
        "1.0.0",
    )
    published = published_from(tmp_path)
    found = parse_llms_file(llms_txt(published).decode())
    assert (found.title, found.summary) == ("Small playbook", "A playbook with one entry of each kind.")
    assert "Version 1.0.0, published by A lab under the licence [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)." in found.info
    assert [*found.sections] == [*(model.kind.many for model in published.playbook.kinds), "Optional"]
    assert dict(found.sections.Barriers[0]) == {
        "title": "Two", "url": f"{SITE}barriers/two.md", "desc": "Partners cannot see what the others know.",
    }  # fmt: skip
    assert found.sections.Insights[0].url == f"{SITE}insights/shared-space.md"
    assert [(row.url.removeprefix(SITE), row.desc) for row in found.sections.Optional][1:] == [
        ("playbook.schema.json", "what that file holds, as JSON Schema"),
        ("llms-full.txt", "every entry in full, as one file of Markdown"),
        ("changes.json", "what each release changed, by the id of each entry, as JSON"),
        ("changes.schema.json", "what that file holds, as JSON Schema"),
        ("citations.json", "a reference for each entry and for each work that it cites, as CSL-JSON"),
        ("citations.bib", "the same references in BibTeX"),
        ("figures/figures.csv", "every figure with its source, as CSV"),
        ("evidence/evidence.csv", "every piece of evidence with its source, as CSV"),
        ("questions/questions.csv", "Questions, a row for each, as CSV"),
        ("barriers/barriers.csv", "Barriers, a row for each, as CSV"),
        ("links.json", "every address and anchor that there has been, and what became of it, as JSON"),
        ("objects.inv", "what each entry and each part of it is called, as an inventory of Sphinx"),
        ("barriers/data-sharing.md", r"withdrawn. It was \*two\* barriers."),
    ]


def test_llms_txt_lists_the_pages_for_readers_that_people_wrote(tmp_path: Path) -> None:
    front = "---\ndescription: Who *we* are.\n---\n"
    files = {"docs/us.md": f"{front}# About [us]\n", "docs/plain.md": "# Plain\n", "docs/contribute/how.md": "# How\n"}
    found = parse_llms_file(llms_txt(small_published(tmp_path, files)).decode())
    assert [(row.title, row.url, row.desc) for row in found.sections.Pages] == [
        ("Plain", f"{SITE}plain/", None),
        ("About (us)", f"{SITE}us/", r"Who \*we\* are."),
    ]


def test_llms_txt_leads_to_the_feed_above_all_versions_and_to_nothing_that_is_not_there(released_playbook: Path) -> None:
    published = published_from(released_playbook, f"{SITE}latest/")
    rows = {row.title: row.url for row in parse_llms_file(llms_txt(published).decode()).sections.Optional}
    assert rows.pop("feed.xml") == f"{SITE}feed.xml"
    assert {url.removeprefix(f"{SITE}latest/") for url in rows.values()} <= {*all_files(published)}


def test_llms_full_txt_holds_every_entry_in_full_and_no_draft(tmp_path: Path) -> None:
    published = small_published(tmp_path, WITHDRAWN)
    text = all_files(published)["llms-full.txt"].decode()
    assert text.startswith("# Small playbook\n\n> A playbook with one entry of each kind.\n\n- Not released yet, published by A lab")
    titles = re.findall(r"^# (.*)", text, re.MULTILINE)
    assert "Data stays apart" in titles
    assert "Sketch" not in titles
    assert len(titles) == 1 + sum(entry.status != "draft" for entry in published.playbook.entries.values())
    whole = markdown(published, "insights/shared-space")
    assert whole[whole.index("# Sit together") :] in text


def test_links_begin_at_the_top_of_the_host_if_the_site_does_not_know_its_address(tmp_path: Path) -> None:
    text = markdown(small_published(tmp_path, address=""), "insights/shared-space")
    assert "[Data stays apart](/barriers/data-sharing/)" in text
