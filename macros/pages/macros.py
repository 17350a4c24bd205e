"""The macros that pages may call, whatever the kinds of the playbook are; and the table that joins them to those of its kinds.

Each takes a Renderer and what the page wrote, and returns Markdown headings and finished HTML.
They raise `InvalidCall` if the page asks for something that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import Any

from markupsafe import Markup

from macros.files.layout import DOCS
from macros.pages.calls import EntryId, InvalidCall, Word, closest_hint, entry_called, one_of, outside_called
from macros.pages.catalogue import catalogue_of
from macros.pages.cuts import cut, figure_list, list_page_at
from macros.pages.directory import directory_of
from macros.pages.feedback import missing_words_link
from macros.pages.figures import figures_of
from macros.pages.lab.macros import LAB_MACROS
from macros.pages.relation_map import draw_map
from macros.pages.renderer import Renderer
from macros.playbook.a_to_z import PROMISED_LETTERS
from macros.playbook.long_lists import MOST_ROWS, grouped_by_words, shares, words_to_group_by
from macros.playbook.passages import closest_passage, passage_of
from macros.problems.problem import short
from macros.releases.past import page_records
from macros.schema.entry import Entry
from macros.schema.field_tables import ALL_KINDS, TABLES, field_rows
from macros.schema.fields import Relation
from macros.schema.introspect import attribute_of, fields_of
from macros.schema.kinds import KINDS
from macros.schema.parts import Citation
from macros.text.markdown import escape_html, link_html

_FEW_CHANGES = 4
"""Changed entries that the home page names."""
SHOWS = ("rows", "cards", "signs", "links", "full")


def link(view: Renderer, id: EntryId, label: str | None = None) -> Markup:
    """A link to an entry, or to a page of another playbook: its title, or `label`."""
    if page := outside_called(view, id):
        return link_html(page.address, label if label and label.strip() else page.title, outside=True)
    entry = entry_called(view, id)
    if label is None and view.mark_of(entry):
        return view.render("_call_link.md.jinja", entry=entry)
    return Markup(f'<a href="{escape_html(view.href(entry))}">{escape_html(label if label and label.strip() else entry.known_as)}</a>')


def entry(view: Renderer, id: EntryId, show: Word = "card", level: int = 2) -> Markup:
    """One entry: as a `card`, or in `full` with headings of depth `level`."""
    found = entry_called(view, id)
    one_of("show", show, ("card", "full"))
    return view.render("_call_entries.md.jinja", groups=[(None, (found,))], show="cards" if show == "card" else show, level=_level(level), cut=None)


def entries(
    view: Renderer, kind: Word, show: Word = "rows", group_by: str | None = None, first: int | None = None, level: int = 2, **filters: str
) -> Markup:
    """The entries of a kind that fit all `filters` (`pillar="focus-on-delivery"`), or the `first` of them.

    `show` is `rows` (title and summary), `cards`, `signs` (what you would see leads to its entry), `links` or `full`.
    `group_by` is a field that names other entries, or one that holds a word of a fixed list, or `tags`.
    Signs without groups come from each tag in turn, so that the `first` few are from as many tags as there are.
    """
    one_of("kind", kind, tuple(KINDS))
    one_of("show", show, SHOWS)
    if show == "signs" and "signs" not in KINDS[kind].model_fields:
        suited = [folder for folder, model in KINDS.items() if "signs" in model.model_fields]
        raise InvalidCall(f"{kind} have no signs", f"`signs` suits {', '.join(suited)}")
    _check_filters(view, kind, filters)
    found = [entry for entry in view.playbook.of_kind(kind) if _fits(entry, filters)]
    found = (_in_turn(grouped_by_words(view.playbook, kind, "tags", found)) if show == "signs" and not group_by else found)[: _number(first)]
    groups = _grouped(view, kind, found, group_by) if group_by else [(None, tuple(found))]
    groups, rest = cut(view, kind, groups, group_by or "", total=len(found), is_filtered=bool(filters))
    return view.render("_call_entries.md.jinja", groups=groups, show=show, level=_level(level), cut=rest)


def figure(view: Renderer, id: EntryId, name: str) -> Markup:
    """One figure of an entry, with what it measures and its source."""
    owner = entry_called(view, id)
    figures = {each.name: each for each in getattr(owner, "figures", ())}
    if name not in figures:
        raise InvalidCall(f"'{id}' has no figure '{short(name)}'", closest_hint(name, figures) if figures else f"'{id}' has no figures at all")
    return view.render("_call_figure.md.jinja", entry=owner, figure=figures[name])


def cite(view: Renderer, source: EntryId, at: str) -> Markup:
    """Where a statement comes from: a source's title and the place in it."""
    places = tuple(passage.at for passage in entry_called(view, source, kind="sources").passages)
    if not at.strip():
        raise InvalidCall("a citation says where in the source", 'write cite("ifg", "Challenge 4")')
    if places and passage_of(at, places) is None:
        raise InvalidCall(f"'{source}' has no place '{short(at)}'", closest_passage(at, source, places))
    return view.render("_call_cite.md.jinja", cited=Citation(source=source, at=at))


def figure_table(view: Renderer) -> Markup:
    """Every figure of the playbook, with what it measures, when, and its source."""
    whole = figure_list(view.playbook)
    return view.render("_call_figure_table.md.jinja", figures=figures_of(view.playbook)[:MOST_ROWS], page=whole.page(1) if whole else None)


def source_accounts(view: Renderer) -> Markup:
    """Each source: what it is, what was taken from it, how it became entries, and which entries cite each of its parts."""
    sources = view.playbook.of_kind("sources")
    return view.render("_call_source_accounts.md.jinja", sources=sources[:MOST_ROWS], total=len(sources))


def relation_map(view: Renderer) -> Markup:
    """The entries of the kinds that are on the map in columns, with the strands between them, and the same as a table."""
    drawn = draw_map(view.playbook)
    return view.render("_call_relation_map.md.jinja", columns=drawn.columns, linked=drawn.linked)


def fields(view: Renderer, kind: Word) -> Markup:
    """The fields of a kind as a table, those of all `"kinds"`, those that `"every"` entry has, or those of `"playbook"`: playbook.yml."""
    one_of("kind", kind, (*TABLES, ALL_KINDS))
    if kind == ALL_KINDS:
        return Markup().join(view.render("_fields_of_kind.md.jinja", kind=model.kind, rows=field_rows(folder)) for folder, model in KINDS.items())
    return view.render("_call_fields.md.jinja", table=kind, rows=field_rows(kind))


def entry_page(view: Renderer, id: EntryId) -> Markup:
    """The body of an entry's own page."""
    return view.entry_page(entry_called(view, id))


def kind_page(view: Renderer, kind: Word) -> Markup:
    """The body of a kind's list."""
    one_of("kind", kind, tuple(KINDS))
    return view.kind_page(kind)


def list_part(view: Renderer, address: str) -> Markup:
    """The body of a page that shows a further part of a list: what the generated ones call."""
    page = list_page_at(view.playbook, address)
    if page is None:
        raise InvalidCall(f"no list goes on at /{address}", "take the call out")
    index = view.playbook.long_lists.kinds.get(address.partition("/")[0]) if page.of.rows == "entries" else None
    return view.render("_list_part.md.jinja", page=page, index=index)


def directory(view: Renderer) -> Markup:
    """Every page that readers may want, in groups, each with what it holds; the page that calls it is left out if it is `/more/`."""
    pages = catalogue_of(view.playbook, page_records(view.playbook.written)).by_url.values()
    return view.render("_call_directory.md.jinja", shelves=directory_of(pages, view.playbook))


def latest_changes(view: Renderer) -> Markup:
    """The newest release, why it was made, and a few of the entries that it changed. Where nobody knows of releases, nothing."""
    latest = view.history.latest if view.history else None
    if latest is None:
        return Markup()
    events = [event for _, events in latest.groups for event in events]
    return view.render("_call_latest_changes.md.jinja", release=latest, events=events[:_FEW_CHANGES], total=len(events))


def changes(view: Renderer) -> Markup:
    """Every release and what it changed: what the page on changes calls. Where nobody knows of releases, nothing."""
    if view.history is None:
        return Markup()
    return view.render("_call_changes.md.jinja", history=view.history)


def search_page(view: Renderer) -> Markup:
    """The form that searches, and the lists for those whose browser cannot: what the page of the search calls."""
    kinds = [model.kind for model in view.playbook.kinds if view.playbook.is_listed(model.kind.folder)]
    starts = f"{DOCS}/start.md" in view.playbook.written
    return view.render("_call_search.md.jinja", kinds=kinds, starts=starts, mail=missing_words_link(view.playbook.settings))


def index_page(view: Renderer) -> Markup:
    """The index from A to Z, or the way to each letter where it is too long for one page: what its page calls."""
    return view.render("_call_index.md.jinja", letters=view.playbook.lookups, lists=view.playbook.long_lists.letters, promised=PROMISED_LETTERS)


def comparison(view: Renderer, version: str) -> Markup:
    """What a release changed against the one before, word by word."""
    release = next((each for each in view.history.releases if each.diff and each.version == version), None)
    if release is None:
        versions = [each.version for each in view.history.releases if each.diff]
        raise InvalidCall(
            f"no release '{version}' followed another one", closest_hint(version, versions) if versions else "make a second release first"
        )
    shown = shares([len(events) for _, events in release.groups])
    groups = [(heading, events[:some], len(events)) for (heading, events), some in zip(release.groups, shown, strict=True)]
    return view.render("_call_comparison.md.jinja", release=release, groups=groups)


def withdrawal(view: Renderer, address: str) -> Markup:
    """When and why a page was taken away, and what takes its place."""
    gone = next((page for page in view.playbook.settings.withdrawn_pages if page.address == address), None)
    if gone is None:
        raise InvalidCall(f"no page was withdrawn from /{address}", "list it under `withdrawn_pages:` in playbook_data/playbook.yml")
    titles = catalogue_of(view.playbook, page_records(view.playbook.written)).titles if gone.page else {}
    return view.render("_withdrawal.md.jinja", gone=gone, title=titles.get(gone.page or "", f"/{gone.page}"))


MACROS: dict[str, Callable[..., Markup]] = {
    function.__name__: function
    for function in (
        link,
        entry,
        entries,
        figure,
        figure_table,
        cite,
        source_accounts,
        relation_map,
        fields,
        directory,
        latest_changes,
        changes,
    )
} | LAB_MACROS
"""What pages written by hand may call."""


def _number(value: Any) -> int | None:
    if value is not None and (type(value) is not int or value < 1):
        raise InvalidCall(f"`first` is {short(repr(value))}", "write a number, such as first=10, or leave it out for all")
    return value


def _level(value: Any) -> int:
    if type(value) is not int or value not in (2, 3, 4):
        raise InvalidCall(f"`level` is {short(repr(value))}", "write 2, 3 or 4: the depth of the headings")
    return value


def _fits(entry: Entry, filters: Mapping[str, str]) -> bool:
    return all(wanted in _as_tuple(getattr(entry, attribute_of(name))) for name, wanted in filters.items())


def _check_filters(view: Renderer, kind: str, filters: Mapping[str, str]) -> None:
    """A filter names a field, and an entry or a word that its field can hold: a slip would make an empty list that nobody notices."""
    for name, wanted in filters.items():
        if relation := _relation(KINDS[kind], name):
            entry_called(view, wanted, kind=relation.to)
        elif name in words_to_group_by(kind):
            held = (_as_tuple(getattr(entry, name)) for entry in view.playbook.of_kind(kind))
            one_of(name, wanted, tuple(dict.fromkeys(word for words in held for word in words)))
        elif choices := fields_of(KINDS[kind])[name].choices:
            one_of(name, wanted, tuple(choices))


def _relation(model: type[Entry], name: str) -> Relation | None:
    fields = fields_of(model)
    if name not in fields:
        raise InvalidCall(f"{model.kind.folder} have no field '{name}'", closest_hint(name, fields))
    return fields[name].relation


def _grouped(view: Renderer, kind: str, found: list[Entry], by: str) -> list[tuple[Entry | str, tuple[Entry, ...]]]:
    """Entries under each of those that the field `by` names, or under each of its words: then each entry once, under its first."""
    relation = _relation(KINDS[kind], by)
    named = {entry.id: _as_tuple(getattr(entry, attribute_of(by))) for entry in found}
    if relation and relation.to:
        under: dict[str, list[Entry]] = {}
        for entry in found:
            for id in dict.fromkeys(named[entry.id]):
                under.setdefault(id, []).append(entry)
        return [(head, tuple(under[head.id])) for head in view.playbook.of_kind(relation.to) if head.id in under]
    if by not in words_to_group_by(kind):
        raise InvalidCall(f"'{by}' makes no groups", closest_hint(by, words_to_group_by(kind) + _named_kinds(KINDS[kind])))
    return grouped_by_words(view.playbook, kind, by, found)


def _in_turn(groups: list[tuple[Entry | str, tuple[Entry, ...]]]) -> list[Entry]:
    """The first entry of each group, then the second of each, and so on; each once, however many groups it is in."""
    rounds = zip_longest(*(entries for _, entries in groups))
    return list({entry.id: entry for each in rounds for entry in each if entry is not None}.values())


def _named_kinds(model: type[Entry]) -> tuple[str, ...]:
    """Fields that name entries of one kind."""
    return tuple(name for name, field in fields_of(model).items() if field.relation and field.relation.to)


def _as_tuple(value: Any) -> tuple:
    return value if isinstance(value, tuple) else (value,)
