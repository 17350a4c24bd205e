"""How far the version number must move: major where a link may break, minor where something is new, patch for wording.

`version_step_of` takes the changes and returns the step and the reasons for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros.releases.diff.model import VERSION_STEPS, EntryChange, FieldChange, PageChange, VersionStep


def version_step_of(entries: Iterable[EntryChange], settings: Iterable[FieldChange], pages: Iterable[PageChange]) -> VersionStep:
    """Returns the largest step that any change calls for, with every reason for that step."""
    asked: dict[str, list[str]] = {step: [] for step in VERSION_STEPS}
    for change in entries:
        for step, reason in _entry_reasons(change):
            asked[step].append(reason)
    for page in pages:
        for step, reason in _page_reasons(page):
            asked[step].append(reason)
    if any(True for _ in settings):
        asked["patch"].append("the playbook's own facts changed")
    name = next((step for step in reversed(VERSION_STEPS) if asked[step]), "none")
    return VersionStep(name, tuple(asked[name]))


def _entry_reasons(change: EntryChange) -> Iterator[tuple[str, str]]:
    change_types = set(change.change_types)
    if "removed" in change_types:
        into = f" and became part of {change.replaced_by[0].id}" if change.replaced_by else ": its file was removed"
        yield "major", f"{change.place} is gone{into}"
    elif "withdrawn" in change_types and "added" not in change_types:
        yield "major", f"{change.place} was withdrawn"
    elif "added" in change_types:
        yield "minor", f"{change.place} was added"
    else:
        yield from _anchor_changes(change.place, change)
        for change_type, words in _MINOR.items():
            if change_type in change_types:
                yield "minor", words.format(change=change)
    if change_types & {"reworded", "figures", "relations", "sorted", "reviewed"}:
        yield "patch", f"{change.place} was {'reworded' if 'reworded' in change_types else 'changed'}"


_MINOR = {
    "returned": "{change.place} is no longer withdrawn",
    "published": "{change.place} is no longer a draft",
    "unpublished": "{change.place} is a draft again",
    "renamed": "{change.place} was called {change.former_place}",
}


def _page_reasons(page: PageChange) -> Iterator[tuple[str, str]]:
    if page.change_type in ("removed", "withdrawn"):
        yield "major", f"the page /{page.url} {'is gone' if page.change_type == 'removed' else 'was withdrawn'}"
    elif page.change_type == "added":
        yield "minor", f"the page /{page.url} was added"
    else:
        yield from _anchor_changes(f"the page /{page.url}", page)
        if page.former_url:
            yield "minor", f"the page /{page.url} was /{page.former_url}"
        yield "patch", f"the page /{page.url} was changed"


def _anchor_changes(place: str, change: EntryChange | PageChange) -> Iterator[tuple[str, str]]:
    if gone := ", ".join(f"#{anchor}" for anchor in change.anchors_gone):
        yield "major", f"{place} lost {gone}"
    if moved := ", ".join(f"#{anchor} to {'' if '#' in now else '#'}{now}" for anchor, now in change.anchors_moved):
        yield "minor", f"{place} moved {moved}"
    if new := ", ".join(f"#{anchor}" for anchor in change.anchors_new):
        yield "minor", f"{place} has the new {new}"
