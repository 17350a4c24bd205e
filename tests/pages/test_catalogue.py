"""One catalogue says of every page where it is, what it is made from, and how readers find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.pages.catalogue import catalogue_of
from macros.playbook.load import load_playbook
from macros.releases.past import page_records
from macros.text.page_source import PageSource
from macros.yamlfile.source import SourceText
from tests.support.playbooks import write_playbook


def test_a_page_written_by_hand_takes_the_place_of_a_list(tmp_path: Path) -> None:
    playbook = load_playbook(write_playbook(tmp_path, {"docs/terms.md": "# Our words\n", "docs/contribute/how.md": "# How\n"}))
    catalogue = catalogue_of(playbook, page_records(playbook.written), ["1.0.0", "1.1.0"])
    terms, how, entry = (catalogue.by_url[url] for url in ("terms/", "contribute/how/", "barriers/data-sharing/"))
    assert (terms.title, terms.path, terms.is_generated, terms.is_searchable, terms.explains_terms) == (
        "Our words",
        "docs/terms.md",
        False,
        True,
        False,
    )
    assert (how.is_searchable, how.explains_terms, how.in_navigation) == (False, False, True)
    assert (entry.made_from, entry.in_navigation, entry.is_searchable) == ("playbook_data/barriers/data-sharing.yml", False, True)
    assert catalogue.titles["changes/1.0.0-to-1.1.0/"] == "1.0.0 to 1.1.0"
    assert [page.path for page in catalogue.by_url.values() if page.url == "terms/"] == ["docs/terms.md"]
    assert catalogue.at("docs/terms.md") is terms


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Odd *page* with `code` & [a link](other.md) { #odd }\n", "Odd page with code & a link"),
        ("# \\*Star\\* and `<b>`\n", "*Star* and <b>"),
        ("Title\n=====\n\n```sh\n# no title\n```\n", "Title"),
        ("<!--\n# no title\n-->\n# Yes\n", "Yes"),
        ("---\ntitle: As *front* matter has it\n---\n# Heading\n", "As *front* matter has it"),
        ("Words alone.\n", "A page of words"),
    ],
)
def test_a_page_is_called_by_the_words_of_its_first_heading_as_readers_see_them(text: str, title: str) -> None:
    page = page_records({"docs/a-page-of-words.md": PageSource(SourceText("docs/a-page-of-words.md", text))})["docs/a-page-of-words.md"]
    assert page.title == title
