"""The playbook for programs: each entry as JSON, all of them in one file, and the schema that both keep.

Above: a playbook. Below: what a program reads, which validates by a validator that was not written here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.site.exports.document import depends_on, entry_document
from macros.site.exports.files import all_files
from macros.site.exports.playbook_facts import PLAYBOOK_SCHEMA_VERSION
from macros.site.exports.playbook_schema import playbook_schema, schema_of_playbook
from macros.site.exports.published import Published
from tests.support.exports import SITE, published_at, published_from, real_files, real_published, small_published
from tests.support.playbooks import BASE, changed
from tests.support.releases import write_release
from tests.support.schemas import lost, shape
from tests.support.sites import PROJECT, built, page

BARRIER = "playbook_data/barriers/data-sharing.yml"
INSIGHT = "playbook_data/insights/shared-space.yml"
KEPT = PROJECT / "tests/schemas"


def whole_playbook(published: Published) -> bytes:
    """The file that gathers all entries."""
    return all_files(published)["playbook.json"]


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def document(published: Published, id: str) -> dict[str, Any]:
    """An entry as a program reads it from the JSON."""
    whole = json.loads(whole_playbook(published))
    return next(entry for entry in whole["entries"] if entry["id"] == id)


def link(id: str, kind: str, title: str) -> dict[str, str]:
    return {"id": id, "kind": kind, "title": title, "url": f"{SITE}{kind}/{id}/"}


NAO = link("nao", "sources", "Joining Up to Improve Public Services")
SPACE = link("shared-space", "insights", "Sit together")


DATA_SHARING = {
    "id": "data-sharing",
    "kind": "barriers",
    "title": "Data stays apart",
    "short_title": "Data stays apart",
    "summary": "Partners cannot see what the others know.",
    "status": "current",
    "url": f"{SITE}barriers/data-sharing/",
    "pinned_url": f"{SITE}1.0/barriers/data-sharing/",
    "formats": {
        "json": f"{SITE}barriers/data-sharing.json",
        "md": f"{SITE}barriers/data-sharing.md",
        "embed": f"{SITE}embed/barriers/data-sharing/",
        "oembed": f"{SITE}embed/barriers/data-sharing/oembed.json",
        "png": f"{SITE}barriers/data-sharing.png",
        "feed": None,
    },
    "former_urls": [],
    "withdrawn": None,
    "first_released": {"release": "1.0.0", "date": None, "what": "First published"},
    "last_changed": {"release": "1.0.0", "date": None, "what": "First published"},
    "fields": {
        "sources": [{"source": "nao", "at": "para 11"}],
        "problem": {
            "markdown": (f"See *how* [offices]({SITE}insights/shared-space/) help, and [Joining Up to Improve Public Services]({SITE}sources/nao/)."),
            "text": "See how offices help, and Joining Up to Improve Public Services.",
        },
        "signs": [{"markdown": "People tell their story again", "text": "People tell their story again"}],
        "felt_by": ["delivery-team"],
        "hits": ["shared-aims"],
        "evidence": [{"source": "nao", "at": "para 11", "claim": {"markdown": "Few partners shared data.", "text": "Few partners shared data."}}],
    },
    "anchors": ["why", "signs", "evidence", "sources", "eases", "reveals", "cases", "open-questions", "history"],
    "links_to": [
        {"field": "sources.source", "label": "Source", "anchor": "sources", "entries": [NAO]},
        {"field": "felt_by", "label": "Felt by", "anchor": None, "entries": [link("delivery-team", "roles", "Delivery team")]},
        {"field": "hits", "label": "Weakens", "anchor": None, "entries": [link("shared-aims", "pillars", "Shared aims")]},
        {"field": "evidence.source", "label": "Source", "anchor": "evidence", "entries": [NAO]},
    ],
    "mentions": [SPACE, NAO],
    "linked_from": [
        {
            "anchor": "reveals",
            "label": "Questions that reveal this barrier",
            "entries": [link("permission", "questions", "Do you have permission?")],
        },
        {"anchor": "eases", "label": "What eases this barrier", "entries": [SPACE]},
        {"anchor": "cases", "label": "Seen in", "entries": [link("one-front-door", "cases", "One front door")]},
        {"anchor": "open-questions", "label": "Still an open question", "entries": [link("who-pays", "open-questions", "Who pays?")]},
    ],
}


def test_an_entry_is_all_that_its_page_says_with_whole_addresses_and_relations_both_ways(tmp_path: Path) -> None:
    text = "problem: See *how* [[shared-space|offices]]\\n  help, and [[nao]]."
    files = changed(BARRIER, "problem: Each partner holds a part of the story.", text.replace("\\n", "\n"))
    write_release(small_published(tmp_path, files).ledger.current.root, "1.0.0")
    assert document(published_from(tmp_path), "data-sharing") == DATA_SHARING


def test_both_files_say_whose_the_playbook_is_what_others_may_do_with_it_and_which_release_it_is(tmp_path: Path) -> None:
    published = small_published(tmp_path)
    facts = {
        "schema_version": 1,
        "playbook": {
            "title": "Small playbook", "summary": "A playbook with one entry of each kind.", "publisher": "A lab", "contact": "lab@example.org",
            "url": SITE, "pinned_url": None, "state": "active",
        },
        "licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "release": None,
        "has_unreleased_changes": False,
    }  # fmt: skip
    whole, alone = json.loads(whole_playbook(published)), json.loads(all_files(published)["barriers/data-sharing.json"])
    assert whole.pop("$schema") == "playbook.schema.json"
    assert alone.pop("$schema") == "../playbook.schema.json"
    assert {name: whole[name] for name in facts} == facts
    assert alone == {**facts, "moved": None, "entry": document(published, "data-sharing")}
    assert [entry["id"] for entry in whole["entries"]] == [*published.playbook.entries]
    assert whole["kinds"][2]["fields"]["hits"] == "Weakens"


def test_every_file_of_this_playbook_is_valid_for_a_program_that_was_not_written_here() -> None:
    files = {path: json.loads(data) for path, data in real_files().items() if re.fullmatch(r"[a-z-]+/[a-z0-9-]+\.json", path)}
    del files["figures/figures.json"], files["evidence/evidence.json"]
    check = validator(json.loads(playbook_schema(real_published())))
    whole = json.loads(whole_playbook(real_published()))
    assert [error.message for error in check.iter_errors(whole)] == []
    assert [(path, error.message) for path, value in files.items() for error in check.evolve(schema=envelope()).iter_errors(value)] == []
    entries = {entry["url"]: entry for entry in whole["entries"]}
    assert all(file["entry"] == entries[file["entry"]["url"]] for file in files.values())
    assert len(files) >= len(entries) == len(real_published().playbook.entries)


def envelope() -> dict[str, Any]:
    """The schema without what it says of each entry, which the whole playbook has shown to be right."""
    schema = schema_of_playbook()
    return {**schema, "$defs": {**schema["$defs"], "entry": {"type": "object"}}}


def test_a_command_line_validator_takes_the_files_with_the_schema_beside_them(tmp_path: Path) -> None:
    published = small_published(tmp_path / "playbook")
    for path, data in all_files(published).items():
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    schema, *files = (str(tmp_path / "site" / path) for path in ("playbook.schema.json", "playbook.json", "barriers/data-sharing.json"))
    done = CliRunner().invoke(check_jsonschema, ["--schemafile", schema, *files])
    assert (done.exit_code, done.output) == (0, "ok -- validation done\n")


def test_the_schema_refuses_what_is_no_entry_and_lets_be_what_it_does_not_know(tmp_path: Path) -> None:
    check, whole = validator(schema_of_playbook()), json.loads(whole_playbook(small_published(tmp_path)))
    assert check.is_valid({**whole, "newer": 1, "entries": [{**whole["entries"][0], "newer": 1}]})
    assert not check.is_valid({**whole, "entries": [{**whole["entries"][0], "fields": {"sources": 1}}]})
    assert not check.is_valid({name: value for name, value in whole.items() if name != "licence"})
    assert not check.is_valid({**whole, "entry": whole["entries"][0], "moved": None})


def test_what_a_relation_lists_on_another_page_is_there_as_well() -> None:
    """Checked both ways on the real playbook: what has a section of those who name it has them all, and no others."""
    entries = [entry_document(real_published(), entry) for entry in real_published().playbook.entries.values()]
    backs = {
        (folder, field.name): field.relation.back.anchor
        for folder, model in KINDS.items() for field in fields_of(model).values() if field.relation and field.relation.back
    }  # fmt: skip
    forward = {
        (group_entry["id"], backs[entry["kind"], group["field"]], entry["id"])
        for entry in entries if entry["status"] == "current"
        for group in entry["links_to"] if (entry["kind"], group["field"]) in backs
        for group_entry in group["entries"] if group_entry["kind"]
    }  # fmt: skip
    backward = {(entry["id"], group["anchor"], other["id"]) for entry in entries for group in entry["linked_from"] for other in group["entries"]}
    assert forward == {row for row in backward if row[1] != "cited"}
    assert len(forward) > 500


WITHDRAWN = {
    **changed(BARRIER, "title: Data stays apart", "title: Data stays apart\nstatus: withdrawn\nreason: It was two barriers.\nreplaced_by: [two]"),
    "playbook_data/barriers/two.yml": BASE[BARRIER].replace("Data stays apart", "Two") + "formerly: [one]\n",
}


def test_what_was_withdrawn_says_why_and_what_takes_its_place(tmp_path: Path) -> None:
    published = small_published(tmp_path, WITHDRAWN)
    found = document(published, "data-sharing")
    assert (found["status"], found["withdrawn"]) == (
        "withdrawn",
        {"reason": "It was two barriers.", "release": None, "date": None, "replaced_by": [link("two", "barriers", "Two")]},
    )


def test_the_file_at_a_former_address_says_where_the_entry_is_now(tmp_path: Path) -> None:
    published = small_published(tmp_path, WITHDRAWN)
    files = all_files(published)
    old, new = (json.loads(files[f"barriers/{id}.json"]) for id in ("one", "two"))
    assert old["moved"] == {"from": f"{SITE}barriers/one/", "to": f"{SITE}barriers/two/"}
    assert new["moved"] is None
    assert old["entry"] == new["entry"]
    assert new["entry"]["former_urls"] == [f"{SITE}barriers/one/"]


def test_a_file_of_docs_at_a_former_address_stays(tmp_path: Path) -> None:
    files = all_files(small_published(tmp_path, {**WITHDRAWN, "docs/barriers/one.json": "{}"}))
    assert {path for path in files if path.startswith("barriers/one.")} == {"barriers/one.md", "barriers/one.png"}


def test_what_no_release_has_is_not_pinned_and_addresses_begin_at_the_top_of_the_host_if_the_site_does_not_know_its_own(tmp_path: Path) -> None:
    found = document(small_published(tmp_path, address=""), "data-sharing")
    assert (found["url"], found["pinned_url"], found["first_released"]) == ("/barriers/data-sharing/", None, None)


def test_no_text_of_an_entry_is_a_tag_whoever_takes_the_file_for_a_page(tmp_path: Path) -> None:
    published = small_published(tmp_path, changed(BARRIER, "Data stays apart", '"</script><img src=x onerror=alert(1)>"'))
    for path, data in all_files(published).items():
        if path.endswith(".json"):
            assert b"<" not in data, path
    assert document(published, "data-sharing")["title"] == "</script><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    "files",
    [
        changed("playbook_data/roles/delivery-team.yml", "title: Delivery team", "title: The team"),
        changed("playbook_data/questions/permission.yml", "reveals: [data-sharing]\n", ""),
        changed("playbook_data/playbook.yml", "A lab", "Another lab"),
        {"playbook_data/sources/nao.yml": BASE["playbook_data/sources/nao.yml"] + "passages: [{at: para, about: All of it}]\n"},
        {"playbook_data/barriers/other.yml": BASE[BARRIER] + "formerly: [old]\n"},
    ],
)
def test_a_preview_makes_an_entry_again_when_anything_changes_that_its_forms_tell(tmp_path: Path, files: dict[str, str]) -> None:
    def keys(published: Published) -> tuple[object, ...]:
        return depends_on(published, published.playbook.entries["data-sharing"])[2:]  # without the entry itself, which is read anew here

    before, same = (keys(small_published(tmp_path / name)) for name in ("before", "same"))
    assert before == same
    assert keys(small_published(tmp_path / "after", files)) != before


def test_a_key_is_never_renamed_or_dropped_inside_one_version_of_the_schema() -> None:
    """The copy that is kept grows with `UPDATE_SPECS=1`; where something would be lost, `PLAYBOOK_SCHEMA_VERSION` has to grow, with a copy of its own."""
    file = KEPT / f"playbook-{PLAYBOOK_SCHEMA_VERSION}.json"
    made = schema_of_playbook()
    kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
    assert [*lost(shape(kept), shape(made))] == []
    if os.environ.get("UPDATE_SPECS"):
        file.write_text(f"{json.dumps(made, ensure_ascii=False, indent=1)}\n", "utf-8")
    assert json.loads(file.read_text("utf-8")) == made, "type: UPDATE_SPECS=1 python -m pytest tests/site/test_playbook_json.py"


def test_a_dropped_field_a_renamed_one_and_another_type_are_losses() -> None:
    made = schema_of_playbook()
    barrier = made["$defs"]["barriers"]
    properties = {("trouble" if name == "problem" else name): value for name, value in barrier["properties"].items() if name != "signs"}
    properties["hits"] = {"type": "string"}
    changed_schema = {**made, "$defs": {**made["$defs"], "barriers": {**barrier, "properties": properties}}}
    assert [*lost(shape(made), shape(changed_schema))] == [
        "/$defs/barriers/properties/problem",
        "/$defs/barriers/properties/signs",
        "/$defs/barriers/properties/hits/type: array is now string",
        "/$defs/barriers/properties/hits/items",
    ]


RELEASES = len([*PROJECT.glob("playbook_data/releases/*.jsonl")])


@pytest.mark.parametrize("number", [0, *(pytest.param(number, marks=pytest.mark.proof) for number in range(1, RELEASES))])
def test_each_release_is_read_by_the_schema_of_its_time(number: int) -> None:
    """What a release records, as the exports tell it, fits the copy that readers may have kept since. `make proof` takes every release."""
    whole = json.loads(whole_playbook(published_at(real_published(), number)))
    kept = json.loads((KEPT / f"playbook-{whole['schema_version']}.json").read_text("utf-8"))
    assert [error.message for error in validator(kept).iter_errors(whole)] == []
    assert whole["release"]["version"] == real_published().ledger.store.releases[number].version
    assert len(whole["entries"]) == len(real_published().ledger.store.releases[number].snapshot.records)


def test_the_page_of_an_entry_leads_programs_and_people_to_its_other_forms(tmp_path: Path) -> None:
    site = built(tmp_path, {INSIGHT: BASE[INSIGHT] + "formerly: [one-room]\n"})
    tags = page(site, "barriers/data-sharing/").css('head link[rel="alternate"]')
    assert [(tag.attributes["type"], tag.attributes["href"]) for tag in tags if "oembed" not in tag.attributes["type"]] == [
        ("application/json", "../data-sharing.json"),
        ("text/markdown", "../data-sharing.md"),
    ]
    said = page(site, "barriers/data-sharing/").css(".cite--page > p a")
    assert [node.attributes["href"] for node in said] == ["../data-sharing.json", "../data-sharing.md"]
    assert page(site, "").css('head link[type="application/json"]') == []
    for path, data in all_files(published_from(tmp_path)).items():
        assert (site / path).read_bytes() == data, path
    assert (site / "insights/one-room.md").is_file()
