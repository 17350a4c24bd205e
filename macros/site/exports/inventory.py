"""`objects.inv`: what the playbook calls its pages and their parts, as Sphinx, MkDocs, Quarto and other playbooks link by name.

`objects_inv` takes a `Published` and returns the file, in version 2 of the format. Each name stands in the domain `playbook`, and once more as
`std:label`, which every client knows. A former name is a label alone, and leads to where its thing is now. Pages that are no entries are `std:doc`,
and the headings of those written by hand are labels: `about/linking#moves`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from macros.playbook.anchors import anchors_of_passages
from macros.playbook.passages import PASSAGE_PREFIX
from macros.playbook.urls import entry_url
from macros.schema.entry import Entry
from macros.schema.parts import HISTORY, Figure, Passage
from macros.schema.sections import sections_of
from macros.site.exports.published import Published
from macros.site.exports.tables import words
from macros.site.ledger.kept_anchors import promised_anchors
from macros.site.ledger.ledger import FIGURE_PREFIX, AnchorAlias, AnchorNotice
from macros.text.heading_anchors import headings_in
from macros.text.page_source import CALL

_DOMAIN = "playbook"
_PREFIXES = {FIGURE_PREFIX: "figure", PASSAGE_PREFIX: "passage"}


@dataclass(frozen=True, slots=True)
class _Named:
    """Something with a name. `role` is the one in the domain of playbooks; empty for a former name."""

    name: str
    place: str
    title: str
    role: str = ""


def objects_inv(published: Published) -> bytes:
    """Returns the inventory; its rows are in the order of their names, so that the same playbook makes the same bytes."""
    named = [*_entries(published), *_former(published), *_headings(published)]
    rows = {(each.name, f"{_DOMAIN}:{each.role}"): each for each in named if each.role}
    rows |= {(each.name, "std:label"): each for each in reversed(named)}
    rows |= {(each.name, "std:doc"): each for each in _pages(published)}
    return _written(published, ((name, role, each) for (name, role), each in sorted(rows.items())))


def _written(published: Published, rows: Iterable[tuple[str, str, _Named]]) -> bytes:
    """The file, with each name, its domain and role, and what it names."""
    import sphobjinv  # noqa: PLC0415 - it takes a moment, and only a build writes the file

    inventory = sphobjinv.Inventory()
    inventory.project = _one_line(published.playbook.settings.title)
    inventory.version = published.release.version if published.release else ""
    for name, whole_role, each in rows:
        domain, role = whole_role.split(":")
        said = {"priority": "1", "uri": each.place, "dispname": _one_line(each.title)}
        inventory.objects.append(sphobjinv.DataObjStr(name=name, domain=domain, role=role, **said))
    return sphobjinv.compress(inventory.data_file())


def _entries(published: Published) -> Iterator[_Named]:
    """Each entry and each part of its page that a release would promise, by the address of the part without its kind: `data-sharing#why`."""
    for entry in published.playbook.entries.values():
        url = entry_url(entry)
        yield _Named(entry.id, url, entry.full_title, entry.kind.one.lower().replace(" ", "-"))
        titles = _titles(published, entry)
        for anchor in published.playbook.anchors_of(entry):
            role = next((role for prefix, role in _PREFIXES.items() if anchor.startswith(prefix)), "section")
            yield _Named(f"{entry.id}#{anchor}", f"{url}#{anchor}", _title(entry, titles, anchor), role)


def _former(published: Published) -> Iterator[_Named]:
    """Each name that an entry or a part of it had, also that of a part of a renamed entry; what is gone leads to the page that says so."""
    ledger, playbook = published.ledger, published.playbook
    for url, entry in ledger.current.entries.items():
        there, titles = frozenset(playbook.anchors_of(entry)), _titles(published, entry)
        for old in entry.formerly:
            yield _Named(old, url, entry.full_title)
            yield from (_Named(f"{old}#{anchor}", f"{url}#{anchor}", _title(entry, titles, anchor)) for anchor in sorted(there))
        for anchor in promised_anchors(url, ledger):
            outcome = None if anchor in there else ledger.anchor_outcome(url, anchor, there)
            if outcome:
                yield from (_Named(f"{id}#{anchor}", _way(outcome, url), entry.full_title) for id in (entry.id, *entry.formerly))


def _way(outcome: AnchorAlias | AnchorNotice, url: str) -> str:
    if isinstance(outcome, AnchorAlias):
        return f"{url}#{outcome.to}"
    return f"{entry_url(outcome.entry)}#{outcome.anchor}".removesuffix("#") if outcome.entry else url


def _pages(published: Published) -> Iterator[_Named]:
    """Each page that is no entry's, by its address without the last slash, and by those that it had; the home page is `index`."""
    current = published.ledger.current
    for url, title in current.pages.items():
        if current.catalogue.by_url[url].kind not in ("comparison", "part"):
            yield from (_Named(_page_name(old), url or "./", title) for old in published.former_addresses.get(url, ()))
            yield _Named(_page_name(url), url or "./", title)


def _headings(published: Published) -> Iterator[_Named]:
    """Each heading of a page written by hand, below the title, by the name of the page and the anchor; and each anchor that such a page had."""
    ledger, current = published.ledger, published.ledger.current
    for page in (page for page in current.catalogue.by_url.values() if page.kind == "written"):
        source, title = published.playbook.written[page.path], current.pages[page.url]
        names = [_page_name(url) for url in (page.url, *published.former_addresses.get(page.url, ()))]
        headings = (each for each in headings_in(source.prose, source.text) if each.level > 1 and CALL not in each.anchor)
        places = {each.anchor: (f"{page.url}#{each.anchor}", f"{title}: {each.words}") for each in headings}
        for anchor in current.former_anchors(page.url):
            if (outcome := ledger.anchor_outcome(page.url, anchor, ())) and anchor not in current.written_anchors(page.url):
                places[anchor] = (_way(outcome, page.url), title)
        yield from (_Named(f"{name}#{anchor}", *said) for anchor, said in places.items() for name in names)


def _page_name(url: str) -> str:
    return url.rstrip("/") or "index"


def _title(entry: Entry, titles: Mapping[str, str], anchor: str) -> str:
    """What others call a part of an entry's page."""
    return f"{entry.full_title}: {titles.get(anchor, anchor.replace('-', ' '))}"


def _titles(published: Published, entry: Entry) -> Mapping[str, str]:
    """What readers call the sections, figures and passages on an entry's page, by anchor."""
    figures: tuple[Figure, ...] = getattr(entry, "figures", ())
    passages: tuple[Passage, ...] = getattr(entry, "passages", ())
    anchors = anchors_of_passages(entry)
    sections = (HISTORY, *published.playbook.backlinks.get(entry.id, ()), *sections_of(type(entry)).values())
    return {
        **{section.anchor: section.heading for section in sections},
        **{f"{FIGURE_PREFIX}{figure.name}": words(published.playbook, figure.measures) for figure in figures},
        **{anchors[passage.at]: f"{passage.about} ({passage.at})" for passage in passages},
    }


def _one_line(text: str) -> str:
    """A title as a row holds it, and `-` would mean that there is none."""
    return " ".join(text.split()).removeprefix("-").strip() or "?"
