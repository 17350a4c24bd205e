"""Relations are written once and read both ways.

Above: files laid over the small playbook of tests/support/playbooks.py. Below: who names whom.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.files import memo
from macros.pages.macros import MACROS
from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook, read_playbook
from macros.playbook.playbook import Playbook
from macros.playbook.relations import find_backlinks, grouped, in_order, named_by
from macros.schema.entry import Entry
from macros.schema.fields import Section
from macros.schema.introspect import all_fields, fields_of
from macros.schema.kinds import ANCHORS, KINDS
from macros.schema.sections import section_anchors, sections_of
from macros.schema.settings import Settings
from tests.support.playbooks import BASE, changed, facts_with_tags, write_playbook

CONTRACT = ["pillars", "questions", "barriers", "insights", "cases", "stages", "roles", "forms", "open-questions", "terms", "sources"]
"""The kinds that were promised, in the order of their lists."""


def named_by_whom(playbook: Playbook, id: str) -> dict[str, list[str]]:
    """The back-links of an entry: by heading, the ids that name it."""
    return {section.heading: [entry.id for entry in named] for section, named in playbook.backlinks.get(id, {}).items()}


def question(**fields: str) -> str:
    lines = dict(line.split(": ", 1) for line in BASE["playbook_data/questions/permission.yml"].splitlines())
    return "".join(f"{name}: {value}\n" for name, value in (lines | fields).items())


def test_every_kind_of_the_contract_exists_and_a_playbook_can_hold_one_of_each(playbook: Path) -> None:
    assert list(KINDS) == CONTRACT
    assert [entry.kind.folder for entry in load_playbook(playbook).entries.values()] == CONTRACT


def test_an_entry_knows_what_it_names(playbook: Path) -> None:
    entry = load_playbook(playbook).entries["one-front-door"]
    assert [(id, relation.to) for id, relation in named_by(entry)] == [
        ("nao", "sources"),
        ("partnership", "forms"),
        ("shared-space", "insights"),
        ("data-sharing", "barriers"),
    ]


def test_an_entry_knows_who_names_it_and_as_what(playbook: Path) -> None:
    loaded = load_playbook(playbook)
    assert {id: named_by_whom(loaded, id) for id in loaded.entries if named_by_whom(loaded, id)} == {
        "shared-aims": {
            "Questions to ask": ["permission"],
            "Barriers that weaken it": ["data-sharing"],
            "What strengthens it": ["shared-space"],
        },
        "data-sharing": {
            "Questions that reveal this barrier": ["permission"],
            "What eases this barrier": ["shared-space"],
            "Seen in": ["one-front-door"],
            "Still an open question": ["who-pays"],
        },
        "shared-space": {"Questions that lead here": ["permission"], "Cases that show it": ["one-front-door"]},
        "decide": {"Questions to ask": ["permission"]},
        "delivery-team": {"Barriers they feel": ["data-sharing"], "What they can do": ["shared-space"]},
        "partnership": {"Cases of this form": ["one-front-door"]},
        "nao": {
            "Entries that cite it": [
                *("shared-aims", "permission", "data-sharing", "shared-space", "one-front-door", "partnership", "who-pays"),
            ]
        },
    }


def test_an_entry_that_names_another_twice_is_listed_once(playbook: Path) -> None:
    cited = named_by_whom(load_playbook(playbook), "nao")["Entries that cite it"]
    assert cited.count("data-sharing") == 1, "as evidence, and as a source"


def test_back_links_follow_the_order_of_lists(tmp_path: Path) -> None:
    titles = {"b": "Beta", "a": "alpha", "third": "Zeta", "second": "Zeta", "first": "Omega"}
    orders = {"first": "1", "second": "2", "third": "2"}
    files = {
        f"playbook_data/questions/{id}.yml": question(title=title, **({"order": orders[id]} if id in orders else {})) for id, title in titles.items()
    }
    playbook = load_playbook(write_playbook(tmp_path, files))
    expected = ["first", "second", "third", "a", "b", "permission"]
    assert [entry.id for entry in playbook.of_kind("questions")] == expected
    assert named_by_whom(playbook, "decide") == {"Questions to ask": expected}


@pytest.mark.parametrize("status", ["draft", "withdrawn\nreason: Nobody used it"])
def test_drafts_and_withdrawn_entries_are_in_no_list_but_have_a_page(tmp_path: Path, status: str) -> None:
    playbook = load_playbook(write_playbook(tmp_path, {"playbook_data/questions/permission.yml": question(status=status)}))
    assert "permission" in playbook.entries
    assert playbook.of_kind("questions") == ()
    assert KINDS["questions"] not in playbook.kinds
    assert not any("permission" in ids for id in playbook.entries for ids in named_by_whom(playbook, id).values())


def test_a_withdrawn_entry_may_name_what_replaces_it_as_one_id_or_several(tmp_path: Path) -> None:
    for replaced_by, expected in (("decide", ("decide",)), ("[decide, shared-aims]", ("decide", "shared-aims")), ("null", None)):
        content = question(status="withdrawn", reason="Merged", replaced_by=replaced_by)
        playbook = load_playbook(write_playbook(tmp_path, {"playbook_data/questions/permission.yml": content}))
        assert playbook.entries["permission"].replaced_by == expected


def test_the_order_of_files_on_the_disk_does_not_matter(playbook: Path) -> None:
    entries = list(load_playbook(playbook).entries.values())
    assert in_order(reversed(entries)) == in_order(entries) == tuple(entries)
    assert find_backlinks(entries) == find_backlinks(in_order(reversed(entries)))


def test_a_playbook_cannot_be_changed(playbook: Path) -> None:
    loaded = load_playbook(playbook)
    with pytest.raises(TypeError):
        loaded.entries["x"] = loaded.entries["nao"]
    with pytest.raises(TypeError):
        loaded.backlinks["nao"]["x"] = ()
    with pytest.raises(ValueError, match="frozen"):
        loaded.entries["nao"].title = "x"


def test_an_entry_is_known_by_its_neighbours(tmp_path: Path) -> None:
    playbook = load_playbook(write_playbook(tmp_path, {"playbook_data/questions/last.yml": question(title="Zeta")}))
    first, last = playbook.of_kind("questions")
    assert (first.id, last.id) == ("permission", "last")
    assert playbook.neighbours(first) == (None, last)
    assert playbook.neighbours(last) == (first, None)


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "help"),
    [
        ("questions/permission", "reveals: [data-sharing]", "reveals: [data-sharng]", "unknown-id", "did you mean 'data-sharing' (barriers)?"),
        ("questions/permission", "pillar: shared-aims", "pillar: shared-aim", "unknown-id", "did you mean 'shared-aims' (pillars)?"),
        ("questions/permission", "try: [shared-space]", "try: [data-sharing]", "wrong-kind", None),
        ("barriers/data-sharing", "source: nao, at: para 11, claim", "source: nao, case: decide, at: para 11, claim", "wrong-kind", None),
        ("terms/joining-up", "see: [shared-aims, who-pays]", "see: [joining-up]", "names-itself", "name another entry, or remove it"),
        ("terms/joining-up", "see: [shared-aims, who-pays]", "see: [nao, nao]", "repeated", "keep one"),
        ("forms/partnership", "suits:", "within: partnership\nsuits:", "names-itself", "name another entry, or remove it"),
    ],
)
def test_a_relation_that_cannot_be_is_refused(tmp_path: Path, path: str, old: str, new: str, rule: str, help: str | None) -> None:
    write_playbook(tmp_path, changed(f"playbook_data/{path}.yml", old, new))
    (problem,) = read_playbook(tmp_path)[1]
    assert problem.rule == rule
    assert help in (None, problem.help)


def test_a_long_chain_of_forms_is_no_circle(tmp_path: Path) -> None:
    form = BASE["playbook_data/forms/partnership.yml"]
    chain = {f"playbook_data/forms/form-{n}.yml": f"{form}within: form-{n + 1}\n" for n in range(1200)}
    assert read_playbook(write_playbook(tmp_path, {**chain, "playbook_data/forms/form-1200.yml": form}))[1] == ()


def sections_of_page(model: type[Entry]) -> list[Section]:
    """The parts that a page of this kind may have: filled by its own fields, and by those who name it."""
    own = sections_of(model).values()
    relations = [field.relation for other in KINDS.values() for field in all_fields(other) if field.relation]
    back = [relation.back for relation in relations if relation.back and relation.to in (None, model.kind.folder)]
    return [*own, *dict.fromkeys(back)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_sections_of_a_page_have_an_anchor_each(kind: str) -> None:
    anchors = [section.anchor for section in sections_of_page(KINDS[kind])]
    assert len(set(anchors)) == len(anchors)
    assert "why" in anchors


def test_the_vocabulary_of_anchors_keeps_the_words_that_were_promised() -> None:
    promised = {"why", "good", "signs", "reveals", "try", "eases", "evidence", "sources", "history"}
    assert promised <= set(ANCHORS)
    assert section_anchors() == ANCHORS, "an anchor that the schema adds is published from now on: write it into ANCHORS where it is read"


@pytest.mark.parametrize("model", [*KINDS.values(), Settings], ids=lambda model: model.__name__)
def test_every_field_says_what_it_is_for(model: type[Entry]) -> None:
    assert [name for name, field in fields_of(model).items() if not field.description] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_relation_leads_to_a_kind_that_exists(kind: str) -> None:
    relations = [field.relation for field in all_fields(KINDS[kind]) if field.relation]
    assert {relation.to for relation in relations} <= {None, *KINDS}


def test_tags_are_in_the_order_in_which_the_playbook_lists_them(tmp_path: Path) -> None:
    barrier = BASE["playbook_data/barriers/data-sharing.yml"]
    tagged = {
        f"playbook_data/barriers/{id}.yml": f"{barrier}order: {order}\ntags: [{tag}]\n"
        for order, (id, tag) in enumerate((("one", "Law"), ("two", "Money")))
    }
    playbook = load_playbook(write_playbook(tmp_path, {**tagged, **facts_with_tags("Money", "Law", "Nobody")}))
    view = Renderer(playbook, "page/")
    entries = playbook.of_kind("barriers")
    assert [entry.tags for entry in entries] == [("Law",), ("Money",), ()]
    assert [word for word, _ in view.by_tag(entries)] == ["Money", "Law", "Others"]
    assert list(re.findall(r"#(group-[a-z]+)", MACROS["entries"](view, "barriers", group_by="tags"))) == ["group-money", "group-law", "group-others"]


def test_what_has_no_word_to_be_grouped_by_stands_last(tmp_path: Path) -> None:
    walk = BASE["playbook_data/insights/shared-space.yml"].replace("Sit together", "Walk") + "tags: [Office, Street]\n"
    playbook = load_playbook(write_playbook(tmp_path, {"playbook_data/insights/walk.yml": walk, **facts_with_tags("Street", "Office")}))
    groups = grouped(playbook.of_kind("insights"), lambda entry: next(iter(entry.tags), ""))
    assert [(word, [entry.id for entry in entries]) for word, entries in groups] == [("Office", ["walk"]), ("Others", ["shared-space"])]


def test_whoever_names_an_entry_is_told_that_it_is_gone_though_nothing_was_wrong_before(playbook: Path, request: pytest.FixtureRequest) -> None:
    request.addfinalizer(memo.forget)
    memo.keep("a preview")
    barrier = playbook / "playbook_data/barriers/data-sharing.yml"
    text = barrier.read_text("utf-8")
    told = []
    for is_there in (True, False, True):
        barrier.write_text(text, "utf-8") if is_there else barrier.unlink()
        told.append([problem.location.file for problem in read_playbook(playbook)[1]])
        memo.forget_unused()
    naming = [path for path, content in BASE.items() if "[data-sharing]" in content]
    assert told == [[], sorted(naming), []]
