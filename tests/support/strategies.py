"""Playbooks that nobody wrote: values for any field of the schema, made from its type and its markers alone.

Takes the models of `kinds.py` and `facts.py`. Returns whole valid playbooks, and the same with something wrong. A new kind or field costs
nothing here; a new rule between fields is a line in `_agree`.
"""

from __future__ import annotations

import datetime
import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from hypothesis import strategies as st
from pydantic import BaseModel, BeforeValidator

from macros.files.layout import SETTINGS_FILE
from macros.playbook.relations import OTHERS
from macros.schema.fields import Prose, Relation
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.schema.parts import Date
from macros.schema.patterns import slug_of
from macros.schema.settings import Settings
from tests.support.playbooks import BASE

_IS_DATE = next(marker for marker in get_args(Date) if isinstance(marker, BeforeValidator))
WORDS = (
    *("Partners", "agree", "on", "one", "aim", "and", "share", "data", "with", "people", "who", "need", "it", "No", "yes", "null", "1.10", "2026-01-01", "010", "1:30"),
    *("é", "Ångström", "naïve", "日本語", "العربية", "😀", "👩‍👩‍👧", "e\u0301", "ﬁ", "£30", "50%", "C#", "A&B", "R&D", "“so”", "‘so’", "–", "—", "…", "(yes)", "it’s", "don't"),
    *("key:", "a: b", "#1", "- x", "? y", "| z", "> w", "@home", "`tick`", "%d", "\\n", "C:\\dir", '"', "'", "&a", "*b", "!t", "{{ x }}", "{% y %}", "<<", "~", "=", ",", "]", "}"),
)  # fmt: skip
"""What a text is made of: words, and signs that mean something to YAML, Jinja or a terminal."""
SIGNS_OF_MARKDOWN = tuple("[]<>#=`*_|!~&")
"""A word that holds one of these may be markup by chance, so that a Markdown text takes them only whole and on purpose."""

PIECES_OF_MARKUP = (
    *(
        "word ",
        "a",
        "é",
        "One.",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "  \n",
        "\\\n",
        "\t",
        "\u00a0",
        "- ",
        "* ",
        "1. ",
        "> ",
        "# H",
        "\n===",
        "\n---\n",
        "***",
        "---",
    ),
    *(
        "| a | b |\n|---|---|\n| c | d |\n",
        "|",
        "```\n",
        "~~~\n",
        "`",
        "``",
        "*",
        "_",
        "**",
        "~~",
        "==",
        "<",
        "<b>",
        "<!--",
        "-->",
        "&",
        "&amp;",
        "&#60;",
        "&#x202e;",
        "&#10;",
    ),
    *(
        "[[nao]]",
        "[[nao|",
        "[[nao\\|",
        "[[",
        "]]",
        "[",
        "](",
        ")",
        "![",
        "[x](https://a.org)",
        "[x](https://a b)",
        "[^1]",
        "[x][1]",
        "[1]: ",
        "[ ] ",
        ": ",
        "\\",
        "!",
    ),
    *("https://a.org", "javascript:x", "<https://a.org>", "www.a.org", "a@b.org", "{{", "}}", "{: #b }", "--8<-- ", '"', "'", "klzzwxh:0"),
)
any_markup = st.lists(st.sampled_from(PIECES_OF_MARKUP), max_size=10).map("".join)
"""A text that may hold any markup, whole or in pieces."""


@dataclass(frozen=True)
class KnownIds:
    """What the fields of one entry may name: the ids of each kind, the places of each source; `own` is the entry itself."""

    ids: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[str, ...]] = dataclass_field(default_factory=dict)
    own: str = ""

    def named(self, relation: Relation) -> tuple[str, ...]:
        """The ids that a relation may name."""
        kinds = [relation.to] if relation.to else list(self.ids)
        return tuple(id for kind in kinds for id in self.ids[kind] if id != self.own)


@dataclass(frozen=True)
class GeneratedPlaybook:
    """A playbook's files as plain values, by path; those that are not here are as in BASE."""

    files: Mapping[str, Mapping[str, Any]]


OWN = {"/".join(path.split("/")[1:])[:-4] for path in BASE}
BASE_IDS = {kind: tuple(sorted(id.split("/")[1] for id in OWN if id.startswith(f"{kind}/"))) for kind in KINDS}
slugs = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5}){1,3}", fullmatch=True)


@st.composite
def playbooks(draw: st.DrawFn) -> GeneratedPlaybook:
    """A valid playbook: the one of BASE, with a few entries of any kind more, and perhaps other facts."""
    kinds = draw(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=3))
    taken = [id for ids in BASE_IDS.values() for id in ids]
    ids = draw(st.lists(slugs.filter(lambda slug: slug not in taken), min_size=len(kinds), max_size=len(kinds), unique=True))
    new = sorted(zip(kinds, ids, strict=True), key=lambda pair: pair[0] != "sources")
    everything = {kind: (*BASE_IDS[kind], *(id for other, id in new if other == kind)) for kind in KINDS}
    files, places = {}, {}
    for number, (kind, id) in enumerate(new):
        later = {id for _, id in new[number:]}
        known = everything | {"sources": (*BASE_IDS["sources"], *places)}  # only of these the places are known that a citation may name
        value = draw(values(KINDS[kind], KnownIds(known, places, id), later=later))
        files[f"playbook_data/{kind}/{id}.yml"] = value
        if kind == "sources":
            places[id] = tuple(passage["at"] for passage in value.get("passages", ()))
    if draw(st.booleans()):
        files[SETTINGS_FILE] = draw(values(Settings, KnownIds(everything, places)))
    return GeneratedPlaybook(_with_tags(draw, files))


def _with_tags(draw: st.DrawFn, files: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same files with tags that the playbook lists; each has a heading, so that it has an anchor of its own."""
    headings = plain_texts(60).filter(lambda text: slug_of(text) not in ("", slug_of(OTHERS)))
    tags = draw(st.lists(headings, min_size=1, max_size=3, unique_by=slug_of))
    facts = files.get(SETTINGS_FILE)
    tagged = {
        path: {**value, "tags": draw(st.lists(st.sampled_from(tags), max_size=2, unique=True))} for path, value in files.items() if "tags" in value
    }
    if tagged or facts:
        tagged[SETTINGS_FILE] = {**(facts or yaml.safe_load(BASE[SETTINGS_FILE])), "tags": tags}
    return {**files, **tagged}


@st.composite
def values(draw: st.DrawFn, model: type[BaseModel], world: KnownIds, *, later: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    """Fields that a `model` may have. An acyclic relation names no entry that comes `later`, so that it cannot lead back."""
    made = {}
    for name, field in fields_of(model).items():
        if field.is_required or draw(st.booleans()):
            strategy = values_of(field.info.annotation, tuple(field.info.metadata), world, later)
            if strategy is not None:
                made[name] = draw(strategy)
    return _agree(draw, model, made, world)


def values_of(annotation: Any, markers: tuple, world: KnownIds, later: Any) -> st.SearchStrategy | None:
    """Values of a type with its markers; None where there can be none."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return values_of(inner[0], (*markers, *inner[1:]), world, later)
    if origin in (Union, types.UnionType):
        options = [values_of(option, markers, world, later) for option in inner if option is not type(None)]
        found = [option for option in options if option is not None]
        return st.one_of(found) if found else None
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        return _lists(inner[0], markers, world, later)
    return _one(annotation, markers, world, later)


def _one(kind: type, markers: tuple, world: KnownIds, later: Any) -> st.SearchStrategy | None:
    if issubclass(kind, BaseModel):
        return values(kind, world, later=later)
    if kind in (int, float):
        least, most = _limit(markers, "ge", -(10**6)), _limit(markers, "le", 10**6)
        whole = st.integers(max(least, -(10**9)), min(most, 10**9))
        return whole if kind is int else whole.map(lambda number: number / 100)
    return _texts(markers, world, later)


def _lists(item: Any, markers: tuple, world: KnownIds, later: Any) -> st.SearchStrategy | None:
    relation = _marker((*markers, *get_args(item)), Relation)
    least = _limit(markers, "min_length", 0)
    if relation:
        named = _nameable(relation, world, later)
        several = st.lists(st.sampled_from(named), min_size=least, max_size=3, unique=True) if named else (None if least else st.just([]))
        may_stand_alone = several is not None and any(isinstance(marker, BeforeValidator) for marker in markers)
        return several.map(lambda ids: ids[0] if len(ids) == 1 else ids) if may_stand_alone else several
    items = values_of(item, (), world, later)
    return None if items is None else st.lists(items, min_size=least, max_size=max(least, 2))


def _texts(markers: tuple, world: KnownIds, later: Any) -> st.SearchStrategy | None:
    pattern, most = _limit(markers, "regex", None), _limit(markers, "max_length", 300)
    if relation := _marker(markers, Relation):
        named = _nameable(relation, world, later)
        return st.sampled_from(named) if named else None
    if _IS_DATE in markers:
        return _dates(full=pattern is not None)
    if prose := _marker(markers, Prose):
        return prose_blocks(world) if prose.block else prose_lines(world)
    if pattern:
        return st.from_regex(pattern, fullmatch=True, alphabet=st.characters(codec="ascii", min_codepoint=33, max_codepoint=126)).filter(
            lambda text: 2 <= len(text) <= most and "todo" not in text.lower()
        )
    return plain_texts(most)


def _nameable(relation: Relation, world: KnownIds, later: Any) -> tuple[str, ...]:
    return tuple(id for id in world.named(relation) if not (relation.acyclic and id in later))


def _marker(markers: tuple, kind: type) -> Any:
    return next((marker for marker in markers if isinstance(marker, kind)), None)


def _limit(markers: tuple, name: str, otherwise: Any) -> Any:
    """A limit such as `max_length`, wherever pydantic keeps it: on the marker, or on those inside it."""
    for marker in markers:
        found = getattr(marker, name, None)
        if found is None:
            found = _limit(tuple(getattr(marker, "metadata", None) or ()), name, None)
        if found is not None:
            return found
    return otherwise


def _dates(*, full: bool) -> st.SearchStrategy:
    """A day as YAML reads it or as text; less of a date where that is enough."""
    day = st.dates(datetime.date(2000, 1, 1), datetime.date(2999, 12, 31))
    month = day.map(lambda date: date.isoformat()[:7])
    year = st.integers(1000, 2999)
    return st.one_of(day, day.map(str)) if full else st.one_of(day, day.map(str), month, year, year.map(str))


_letters = st.text(st.characters(categories=("L", "N", "M", "S", "P"), exclude_characters=SIGNS_OF_MARKDOWN), min_size=1, max_size=8)
_letters = _letters.filter(lambda word: not re.search("todo|tbc|tbd|fixme|xxx|ipsum", word.lower()))
_word = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS[:16]), _letters)
_plain_word = _word.filter(lambda word: not any(sign in word for sign in SIGNS_OF_MARKDOWN) and word.strip("-–—=+.):0123456789"))
"""A word that is no markup, also where it begins a line."""


@st.composite
def plain_texts(draw: st.DrawFn, most: int = 300) -> str:
    """One line without markup, of up to `most` characters."""
    text = draw(st.sampled_from((" ", " ", " ", "  ", ", "))).join(draw(st.lists(_word, min_size=1, max_size=7)))
    text = text[:most].strip() or "Partners"
    return draw(st.sampled_from((text, text, text, f" {text} "[:most])))


@st.composite
def prose_lines(draw: st.DrawFn, world: KnownIds) -> str:
    """One paragraph of the Markdown that a text may have."""
    pieces = draw(st.lists(st.one_of(_plain_word, _plain_word, _marked(world)), min_size=1, max_size=7))
    return " ".join(["So", *pieces])


def _marked(world: KnownIds) -> st.SearchStrategy[str]:
    words = st.lists(_plain_word, min_size=1, max_size=3).map(" ".join).map(lambda text: text.replace("\\", "").strip(" -.,:;’'\"") or "so")
    ids = [id for ids in world.ids.values() for id in ids if id != world.own]
    links = st.sampled_from(ids)
    simple = (
        st.sampled_from(
            ("**{}**", "*{}*", "***{}***", "`{}`", "[{}](https://a.gov.uk/b?c=d&e)", "[**{}**](mailto:a@b.org)", "\\*{}", "<{}", "&lt;{}", "`{}<br>`")
        ),
        words,
    )
    return st.one_of(
        st.tuples(*simple).map(lambda pair: pair[0].format(pair[1])),
        links.map("[[{}]]".format),
        st.tuples(links, words).map(lambda pair: f"[[{pair[0]}|{pair[1]}]]"),
    )


@st.composite
def prose_blocks(draw: st.DrawFn, world: KnownIds) -> str:
    """Paragraphs, lists, tables, quotations and code."""
    lines = prose_lines(world)
    blocks = st.one_of(
        lines,
        lines,
        st.lists(lines, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
        st.lists(lines, min_size=1, max_size=3).map(lambda items: "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))),
        lines.map("> {}".format),
        st.just("| One | Two |\n| --- | ---: |\n| a | b |"),
        st.just("```\n# [no](heading) {{ here }}\n```"),
        st.just("- one\n\n  more of it\n\n  - two"),
    )
    text = "\n\n".join(draw(st.lists(blocks, min_size=1, max_size=3)))
    return text + draw(st.sampled_from(("", "", "\n")))


def _agree(draw: st.DrawFn, model: type[BaseModel], made: dict[str, Any], world: KnownIds) -> dict[str, Any]:
    """Rules between fields, which no type tells."""
    made = dict(made)
    if "source" in made and "at" in made and world.places.get(made["source"]):
        made["at"] = draw(st.sampled_from(world.places[made["source"]])) + draw(st.sampled_from(("", ", page 3", "; “so”")))
    if str(made.get("question", "")):
        made["question"] = f"{made['question'].rstrip()} Why?"
    if {"anchor"} & made.keys() and "anchor" in fields_of(model):
        made = {name: value for name, value in made.items() if name in ("anchor", "reason")}
        made.setdefault("reason", "It is over.")
    for name, of in (("figures", "name"), ("passages", "at"), ("seen", "entry"), ("former_anchors", "anchor")):
        made |= {name: list({item[of]: item for item in made[name]}.values())} if name in made else {}
    closed = {"status": "withdrawn", "state": "archived"}.get(next((name for name in ("status", "state") if name in fields_of(model)), ""), "")
    if closed and closed in made.values():
        made.setdefault("reason", "It is over.")
    elif closed:
        for name in ("reason", "replaced_by", "successor"):
            made.pop(name, None)
        made |= {"state": "active"} if "state" in made else {}
    if "outcome" in made:
        made["outcome"] = f"Partners agree: {made['outcome']}"
    if "known_from" in fields_of(model):
        made = draw(_periods())
    return {name: value for name, value in (made | _told_apart(made, world)).items() if value != {}}


def _told_apart(made: Mapping[str, Any], world: KnownIds) -> dict[str, list[str]]:
    """Lists in which each item says something of its own; what is searched has a word that no title has, and that the search looks for."""
    forms = {"formerly": f"was-{world.own}-{{number}}", "also_searched": "{text} quango{number}"}
    return {name: [form.format(number=number, text=text) for number, text in enumerate(made[name])] for name, form in forms.items() if name in made}


@st.composite
def _periods(draw: st.DrawFn) -> dict[str, Any]:
    """From and to, each once, forwards."""
    begin, end = sorted((draw(st.integers(1000, 2999)), draw(st.integers(1000, 2999))))
    forms = (int, str, lambda year: f"{year}-01" if year == begin else f"{year}-12", lambda year: datetime.date(year, 6, 15))
    made = {draw(st.sampled_from(("from", "known_from"))): draw(st.sampled_from(forms))(begin)}
    return made | ({draw(st.sampled_from(("to", "known_until"))): draw(st.sampled_from(forms))(end)} if begin < end and draw(st.booleans()) else {})
