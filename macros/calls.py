"""The macros that pages written by hand may call.

Enters: a Renderer and what the page wrote. Leaves: Markdown headings and finished HTML.
Raises: WrongCall, where the page asks for what there is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from markupsafe import Markup

from macros.fields import Relation
from macros.kinds import KINDS, Citation, Entry
from macros.render import Renderer
from macros.shape import attribute_of, field_names
from macros.text import inert
from macros.written import ApproachPage

SHOWS = ("rows", "cards", "signs", "links", "full")


class WrongCall(Exception):
    """A macro cannot do what a page asks: what is wrong, and what to write instead."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def link(view: Renderer, id: str, label: str | None = None) -> Markup:
    """A link to an entry: its title, or `label`."""
    entry = _entry(view, id)
    if label is None and entry.kind.folder == "pillars":
        return view.render("_call_link.md.jinja", entry=entry)
    return Markup(f'<a href="{inert(view.href(entry))}">{inert(label or entry.title)}</a>')


def entry(view: Renderer, id: str, show: str = "card", level: int = 2) -> Markup:
    """One entry: as a `card`, or in `full` with headings of depth `level`."""
    found = _entry(view, id)
    _one_of("show", show, ("card", "full"))
    return view.render("_call_entries.md.jinja", groups=[(None, (found,))], show="cards" if show == "card" else show, level=_level(level))


def entries(view: Renderer, kind: str, show: str = "rows", group_by: str | None = None, level: int = 2, **filters: str) -> Markup:
    """The entries of a kind that fit all `filters` (`pillar="focus-on-delivery"`), grouped by a field that names others.

    `show` is `rows` (title and summary), `cards`, `signs` (each sign leads to its entry), `links` or `full`.
    """
    _one_of("kind", kind, tuple(KINDS))
    _one_of("show", show, SHOWS)
    if show == "signs" and "signs" not in KINDS[kind].model_fields:
        raise WrongCall(f"{kind} have no signs", "`signs` suits questions, barriers and pillars")
    found = [entry for entry in view.playbook.of_kind(kind) if _fits(view, entry, filters)]
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
        raise WrongCall(f"'{id}' has no figure '{name}'", _closest(name, figures) if figures else f"'{id}' has no figures at all")
    return view.render("_call_figure.md.jinja", entry=owner, figure=figures[name])


def cite(view: Renderer, source: str, at: str) -> Markup:
    """Where a statement comes from: a source's title and the place in it."""
    _entry(view, source, kind="sources")
    if not at.strip():
        raise WrongCall("a citation says where in the source", 'write cite("ifg", "Challenge 4")')
    return view.render("_call_cite.md.jinja", cited=Citation(source=source, at=at))


def pillars(view: Renderer, beam: str) -> Markup:
    """The pillars as one picture that is also a link to each; `beam` says what they carry together."""
    return view.render("_call_pillars.md.jinja", pillars=view.playbook.of_kind("pillars"), beam=beam)


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


MACROS: dict[str, Callable[..., Markup]] = {
    function.__name__: function for function in (link, entry, entries, health_check, figure, cite, pillars, approach_head, approach_side)
}
"""What pages written by hand may call."""
GENERATED_MACROS: dict[str, Callable[..., Markup]] = {function.__name__: function for function in (entry_page, kind_page)}
"""What generated pages call."""


def _entry(view: Renderer, id: Any, kind: str | None = None) -> Entry:
    known = view.playbook.entries
    if not isinstance(id, str):
        raise WrongCall(f"an id is text in quotes, found {id!r}", 'write it as "data-sharing"')
    if id in known and kind in (None, known[id].kind.folder):
        return known[id]
    fitting = [entry.id for entry in known.values() if kind in (None, entry.kind.folder)]
    if id not in known:
        raise WrongCall(f"there is no entry '{id}'", _closest(id, fitting))
    raise WrongCall(f"'{id}' is one of the {known[id].kind.folder}, expected one of the {kind}", _closest(id, fitting))


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise WrongCall(f"`{name}` is {value!r}", _closest(value, allowed))


def _level(value: Any) -> int:
    if value not in (2, 3, 4):
        raise WrongCall(f"`level` is {value!r}", "write 2, 3 or 4: the depth of the headings")
    return value


def _closest(value: Any, allowed: Iterable[str]) -> str:
    allowed = tuple(allowed)
    near = get_close_matches(str(value), allowed, n=1)
    return f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(allowed)}"


def _fits(view: Renderer, entry: Entry, filters: Mapping[str, str]) -> bool:
    for name, wanted in filters.items():
        relation = _relation(type(entry), name)
        if relation:
            _entry(view, wanted, kind=relation.to)
        value = getattr(entry, attribute_of(name))
        if wanted not in (value if isinstance(value, tuple) else (value,)):
            return False
    return True


def _relation(model: type[Entry], name: str) -> Relation | None:
    fields = field_names(model)
    if name not in fields:
        raise WrongCall(f"{model.kind.folder} have no field '{name}'", _closest(name, fields))
    markers = model.model_fields[attribute_of(name)].metadata
    return next((marker for marker in markers if isinstance(marker, Relation)), None)


def _grouped(view: Renderer, kind: str, found: list[Entry], by: str) -> list[tuple[Entry, tuple[Entry, ...]]]:
    relation = _relation(KINDS[kind], by)
    if not relation or not relation.to:
        named = [name for name in field_names(KINDS[kind]) if (r := _relation(KINDS[kind], name)) and r.to]
        raise WrongCall(f"'{by}' does not name other entries, so it makes no groups", _closest(by, named))
    groups = []
    for head in view.playbook.of_kind(relation.to):
        value = [(entry, getattr(entry, attribute_of(by))) for entry in found]
        members = tuple(entry for entry, ids in value if head.id in (ids if isinstance(ids, tuple) else (ids,)))
        groups.append((head, members))
    return [group for group in groups if group[1]]


def _approach_page(view: Renderer) -> ApproachPage:
    page = view.playbook.pages.get(view.page_file)
    if not isinstance(page, ApproachPage):
        raise WrongCall("this page has no front matter of the approach", "use it in pages under docs/approach/")
    return page


def _other_approach_pages(view: Renderer) -> list[tuple[str, ApproachPage]]:
    """(address, front matter) of the other pages of the approach, by weight."""
    pages = [
        (path.removeprefix("docs/").removesuffix(".md") + "/", page)
        for path, page in view.playbook.pages.items()
        if isinstance(page, ApproachPage) and path != view.page_file
    ]
    return sorted(pages, key=lambda item: item[1].weight)
