"""What a page shows of entries that are too many for it, and where the rest is.

`cut` takes entries in groups and returns them with at most MOST_ROWS rows in all, and a `Cut` that says how many there are and links on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from macros.pages.figures import figures_of
from macros.pages.renderer import Renderer
from macros.playbook import urls
from macros.playbook.long_lists import MOST_ROWS, KindList, ListPage, LongList, shares
from macros.playbook.playbook import Playbook
from macros.schema.entry import Entry
from macros.schema.introspect import fields_of
from macros.schema.kind import Kind
from macros.schema.kinds import KINDS

Groups = Sequence[tuple[Entry | str | None, tuple[Entry, ...]]]
_FIGURES = "figures/"


@dataclass(frozen=True, slots=True)
class GroupCut:
    """A group of which a page shows only `shown` entries: how many it has, and the address where all are, if there is one."""

    shown: int
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A list of which a page shows `shown` of `total` rows. `index` has the rest; the page of the kind's own list leads into it (`is_home`)."""

    kind: Kind
    index: KindList
    shown: int
    total: int
    is_home: bool
    groups: tuple[GroupCut | None, ...]


def cut(view: Renderer, kind: str, groups: Groups, by: str, *, total: int, is_filtered: bool) -> tuple[Groups, Cut | None]:
    """Returns `groups`, made by the field `by` if there is one, as far as a page shows them; no Cut if it shows them whole."""
    if total <= MOST_ROWS:
        return groups, None
    index = view.playbook.long_lists.kinds[kind]
    kept = groups[:MOST_ROWS]
    shown = [(head, entries[:share]) for (head, entries), share in zip(kept, shares([len(entries) for _, entries in kept]), strict=True)]
    urls_of = [_url_of_group(index, kind, by, head) for head, _ in kept]
    pieces = zip(kept, shown, urls_of, strict=True)
    cuts = tuple(GroupCut(len(some), len(its), url) if by and len(some) < len(its) else None for (_, its), (_, some), url in pieces)
    is_home = view.page_url == urls.kind_url(kind) and not is_filtered
    return shown, Cut(KINDS[kind].kind, index, sum(len(entries) for _, entries in shown), total, is_home, cuts)


def _url_of_group(index: KindList, kind: str, by: str, head: Entry | str | None) -> str:
    """Where all entries of a group are: on pages of their own, or on the page of the entry that heads it."""
    if isinstance(head, Entry):
        back = fields_of(KINDS[kind])[by].relation.back
        return f"{urls.entry_url(head)}#{back.anchor}" if back else ""
    words: Mapping[str, LongList] = index.groups.get(by, {})
    return words[head].first if head in words else ""


def figure_list(playbook: Playbook) -> LongList | None:
    """The table of all figures, if it needs several pages: it begins on the page written by hand that calls it."""
    home = next((urls.page_url(path) for path, page in playbook.written.items() if "figure_table" in page.text), None)
    figures = figures_of(playbook) if home is not None else ()
    below, above = f"{_FIGURES}{urls.LIST_FOLDER}/", ((home, "Figures"),) if home else ()
    return LongList("Figures", "Figures", figures, home or "", below, above, "figures") if len(figures) > MOST_ROWS else None


def list_page_at(playbook: Playbook, address: str) -> ListPage | None:
    """The page at an address that shows a further part of a list."""
    figures = figure_list(playbook) if address.startswith(_FIGURES) else None
    return playbook.long_lists.pages.get(address) or next((page for page in (figures.own_pages if figures else ()) if page.url == address), None)


def list_pages(playbook: Playbook) -> Mapping[str, ListPage]:
    """Every page that shows a further part of a list, by its address."""
    figures = figure_list(playbook)
    return {**playbook.long_lists.pages, **({page.url: page for page in figures.own_pages} if figures else {})}
