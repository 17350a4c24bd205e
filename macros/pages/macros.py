"""The macros that pages written by hand may call.

Enters: a Renderer and what the page wrote. Leaves: Markdown headings and finished HTML.
Raises: InvalidCall, where the page asks for what there is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, get_origin

from markupsafe import Markup

from macros.pages import charts
from macros.pages.figures import figures_of
from macros.pages.renderer import Renderer
from macros.playbook.passages import closest_passage, passage_of
from macros.playbook.relations import grouped
from macros.problems.closest import did_you_mean, listed
from macros.problems.user_error import UserError
from macros.schema.field_tables import TABLES, field_rows
from macros.schema.fields import Relation
from macros.schema.front_matter import ApproachFrontMatter
from macros.schema.introspect import attribute_of, field_names
from macros.schema.kinds import KINDS, Entry
from macros.schema.parts import Citation
from macros.text.markdown import escape_html

SHOWS = ("rows", "cards", "signs", "links", "full")


class InvalidCall(UserError):
    """A macro cannot do what a page asks: what is wrong, and what to write instead."""


def link(view: Renderer, id: str, label: str | None = None) -> Markup:
    """A link to an entry: its title, or `label`."""
    entry = _entry(view, id)
    if label is None and entry.kind.folder == "pillars":
        return view.render("_call_link.md.jinja", entry=entry)
    return Markup(f'<a href="{escape_html(view.href(entry))}">{escape_html(label or entry.known_as)}</a>')


def entry(view: Renderer, id: str, show: str = "card", level: int = 2) -> Markup:
    """One entry: as a `card`, or in `full` with headings of depth `level`."""
    found = _entry(view, id)
    _one_of("show", show, ("card", "full"))
    return view.render("_call_entries.md.jinja", groups=[(None, (found,))], show="cards" if show == "card" else show, level=_level(level))


def entries(
    view: Renderer, kind: str, show: str = "rows", group_by: str | None = None, first: int | None = None, level: int = 2, **filters: str
) -> Markup:
    """The entries of a kind that fit all `filters` (`pillar="focus-on-delivery"`), or the `first` of them.

    `show` is `rows` (title and summary), `cards`, `signs` (what you would see leads to its entry), `links` or `full`.
    `group_by` is a field that names other entries, or one that holds a word of a fixed list, or `tags`.
    """
    _one_of("kind", kind, tuple(KINDS))
    _one_of("show", show, SHOWS)
    if show == "signs" and "signs" not in KINDS[kind].model_fields:
        raise InvalidCall(f"{kind} have no signs", "`signs` suits questions, barriers and pillars")
    _check_filters(view, kind, filters)
    found = [entry for entry in view.playbook.of_kind(kind) if _fits(entry, filters)][: _number(first)]
    groups = _grouped(view, kind, found, group_by) if group_by else [(None, tuple(found))]
    return view.render("_call_entries.md.jinja", groups=groups, show=show, level=_level(level))


def health_check(view: Renderer, pillar: str, answers: bool = True) -> Markup:
    """The questions of a pillar, each with four answers to mark, or as a plain list."""
    _entry(view, pillar, kind="pillars")
    asked = [entry for entry in view.playbook.of_kind("questions") if entry.pillar == pillar]
    return view.render("_call_health_check.md.jinja", questions=asked, answers=answers)


def figure(view: Renderer, id: str, name: str) -> Markup:
    """One figure of an entry, with what it measures and its source."""
    owner = _entry(view, id)
    figures = {each.name: each for each in getattr(owner, "figures", ())}
    if name not in figures:
        raise InvalidCall(f"'{id}' has no figure '{name}'", _closest(name, figures) if figures else f"'{id}' has no figures at all")
    return view.render("_call_figure.md.jinja", entry=owner, figure=figures[name])


def cite(view: Renderer, source: str, at: str) -> Markup:
    """Where a statement comes from: a source's title and the place in it."""
    places = tuple(passage.at for passage in _entry(view, source, kind="sources").passages)
    if not at.strip():
        raise InvalidCall("a citation says where in the source", 'write cite("ifg", "Challenge 4")')
    if places and passage_of(at, places) is None:
        raise InvalidCall(f"'{source}' has no place '{at}'", closest_passage(at, source, places))
    return view.render("_call_cite.md.jinja", cited=Citation(source=source, at=at))


def pillars(view: Renderer, beam: str) -> Markup:
    """The pillars as one picture that is also a link to each; `beam` says what they carry together."""
    return view.render("_call_pillars.md.jinja", pillars=view.playbook.of_kind("pillars"), beam=beam)


def timeline(view: Renderer, caption: str) -> Markup:
    """The cases as bars on a line of years, and the same as a table; `caption` says what the drawing shows."""
    return view.render("_call_timeline.md.jinja", timeline=charts.draw_timeline(view.playbook.of_kind("cases")), caption=caption)


def change_chart(view: Renderer, caption: str) -> Markup:
    """The figures that say what they were before, as pairs of bars, and the same as a table."""
    return view.render("_call_change_chart.md.jinja", changes=charts.draw_changes(figures_of(view.playbook)), caption=caption)


def figure_table(view: Renderer) -> Markup:
    """Every figure of the playbook, with what it measures, when, and its source."""
    return view.render("_call_figure_table.md.jinja", figures=figures_of(view.playbook))


def source_accounts(view: Renderer) -> Markup:
    """Each source: what it is, what was taken from it, how it became entries, and which entries cite each of its parts."""
    return view.render("_call_source_accounts.md.jinja", sources=view.playbook.of_kind("sources"))


def fields(view: Renderer, kind: str) -> Markup:
    """The fields of a kind as a table, or those that `"every"` entry has, or those of `"playbook"`: playbook.yml."""
    _one_of("kind", kind, TABLES)
    return view.render("_call_fields.md.jinja", table=kind, rows=field_rows(kind))


def approach_head(view: Renderer) -> Markup:
    """Title, subtitle, excerpt and picture of a page under /approach/, from its front matter."""
    return view.render("_call_approach_head.md.jinja", page=_approach_page(view))


def approach_side(view: Renderer) -> Markup:
    """Media, resources, the external link and other phases of a page under /approach/, from its front matter."""
    return view.render("_call_approach_side.md.jinja", page=_approach_page(view), others=_other_approach_pages(view))


def entry_page(view: Renderer, id: str) -> Markup:
    """The body of an entry's own page: what the generated pages call."""
    return view.entry_page(_entry(view, id))


def kind_page(view: Renderer, kind: str) -> Markup:
    """The body of a kind's list: what the generated lists call."""
    _one_of("kind", kind, tuple(KINDS))
    return view.kind_page(kind)


def changes(view: Renderer) -> Markup:
    """Every release and what it changed: what the page on changes calls. Where nobody knows of releases, nothing."""
    if view.history is None:
        return Markup()
    return view.render("_call_changes.md.jinja", history=view.history)


def comparison(view: Renderer, version: str) -> Markup:
    """What a release changed against the one before, word by word: what the pages that compare two releases call."""
    chapter = next((each for each in view.history.chapters if each.diff and each.version == version), None)
    if chapter is None:
        told = [each.version for each in view.history.chapters if each.diff]
        raise InvalidCall(f"no release '{version}' followed another one", _closest(version, told) if told else "make a second release first")
    return view.render("_call_comparison.md.jinja", chapter=chapter)


MACROS: dict[str, Callable[..., Markup]] = {
    function.__name__: function
    for function in (
        link,
        entry,
        entries,
        health_check,
        figure,
        figure_table,
        change_chart,
        timeline,
        cite,
        source_accounts,
        pillars,
        fields,
        approach_head,
        approach_side,
        changes,
    )
}
"""What pages written by hand may call."""
GENERATED_MACROS: dict[str, Callable[..., Markup]] = {function.__name__: function for function in (entry_page, kind_page, comparison)}
"""What generated pages call."""


def _entry(view: Renderer, id: Any, kind: str | None = None) -> Entry:
    known = view.playbook.entries
    if not isinstance(id, str):
        raise InvalidCall(f"an id is text in quotes, found {id!r}", 'write it as "data-sharing"')
    if id in known and kind in (None, known[id].kind.folder):
        return known[id]
    fitting = [entry.id for entry in known.values() if kind in (None, entry.kind.folder)]
    if id not in known:
        raise InvalidCall(f"there is no entry '{id}'", _closest(id, fitting))
    raise InvalidCall(f"'{id}' is one of the {known[id].kind.folder}, expected one of the {kind}", _closest(id, fitting))


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InvalidCall(f"`{name}` is {value!r}", _closest(value, allowed))


def _number(value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or value < 1):
        raise InvalidCall(f"`first` is {value!r}", "write a number, such as first=10, or leave it out for all")
    return value


def _level(value: Any) -> int:
    if value not in (2, 3, 4):
        raise InvalidCall(f"`level` is {value!r}", "write 2, 3 or 4: the depth of the headings")
    return value


def _closest(value: Any, allowed: Iterable[str]) -> str:
    allowed = tuple(allowed)
    return did_you_mean(str(value), allowed, f"write one of {listed(allowed)}")


def _fits(entry: Entry, filters: Mapping[str, str]) -> bool:
    return all(wanted in _as_tuple(getattr(entry, attribute_of(name))) for name, wanted in filters.items())


def _check_filters(view: Renderer, kind: str, filters: Mapping[str, str]) -> None:
    """A filter names a field, and an entry or a word that its field can hold: a slip would make an empty list that nobody notices."""
    for name, wanted in filters.items():
        if relation := _relation(KINDS[kind], name):
            _entry(view, wanted, kind=relation.to)
        elif name in _words_to_group_by(KINDS[kind]):
            held = (_as_tuple(getattr(entry, name)) for entry in view.playbook.of_kind(kind))
            _one_of(name, wanted, tuple(dict.fromkeys(word for words in held for word in words)))


def _relation(model: type[Entry], name: str) -> Relation | None:
    fields = field_names(model)
    if name not in fields:
        raise InvalidCall(f"{model.kind.folder} have no field '{name}'", _closest(name, fields))
    markers = model.model_fields[attribute_of(name)].metadata
    return next((marker for marker in markers if isinstance(marker, Relation)), None)


def _grouped(view: Renderer, kind: str, found: list[Entry], by: str) -> list[tuple[Entry | str, tuple[Entry, ...]]]:
    """Entries under each of those that the field `by` names, or under each of its words: then each entry once, under its first."""
    relation = _relation(KINDS[kind], by)
    named = {entry.id: _as_tuple(getattr(entry, attribute_of(by))) for entry in found}
    if relation and relation.to:
        groups = [(head, tuple(entry for entry in found if head.id in named[entry.id])) for head in view.playbook.of_kind(relation.to)]
        return [group for group in groups if group[1]]
    if by not in _words_to_group_by(KINDS[kind]):
        raise InvalidCall(f"'{by}' makes no groups", _closest(by, _words_to_group_by(KINDS[kind]) + _named_kinds(KINDS[kind])))
    return grouped(found, lambda entry: next(iter(named[entry.id]), ""))


def _words_to_group_by(model: type[Entry]) -> tuple[str, ...]:
    """Fields that hold a word of a fixed list, and the tags."""
    return (
        "tags",
        *(name for name, field in field_names(model).items() if get_origin(field.annotation) is Literal and name not in ("status", "mark")),
    )


def _named_kinds(model: type[Entry]) -> tuple[str, ...]:
    """Fields that name entries of one kind."""
    return tuple(name for name in field_names(model) if (relation := _relation(model, name)) and relation.to)


def _as_tuple(value: Any) -> tuple:
    return value if isinstance(value, tuple) else (value,)


def _approach_page(view: Renderer) -> ApproachFrontMatter:
    page = view.playbook.pages.get(view.page_file)
    if not isinstance(page, ApproachFrontMatter):
        raise InvalidCall("this page has no front matter of the approach", "use it in pages under docs/approach/")
    return page


def _other_approach_pages(view: Renderer) -> list[tuple[str, ApproachFrontMatter]]:
    """(address, front matter) of the other pages of the approach, by weight."""
    pages = [
        (path.removeprefix("docs/").removesuffix(".md") + "/", page)
        for path, page in view.playbook.pages.items()
        if isinstance(page, ApproachFrontMatter) and path != view.page_file
    ]
    return sorted(pages, key=lambda item: item[1].weight)
