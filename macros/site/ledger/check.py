"""Does every promise hold? Each published address and anchor leads somewhere: to itself, to its successor, or to a note on its end.

`ledger_problems` takes a `Ledger` and returns problems, each at the file and line to correct. `check_built.py` asks the same of the
built pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from macros.files.layout import DATA, MANIFEST_ENDING, RELEASES, SETTINGS_FILE
from macros.files.read import read_bytes
from macros.playbook.checks.addresses import why_no_page
from macros.playbook.passages import PASSAGE_PREFIX
from macros.playbook.urls import entry_url, page_source
from macros.problems.closest import closest, did_you_mean, listed
from macros.problems.problem import Problem, file_problem, sort_problems
from macros.releases.record import Record, entry_as_mapping
from macros.schema.entry import Entry
from macros.schema.introspect import fields_of
from macros.schema.parts import HISTORY, FormerAnchor
from macros.schema.patterns import NEW_ANCHOR
from macros.site.ledger.current import CurrentSite
from macros.site.ledger.ledger import FIGURE_PREFIX, Ledger
from macros.site.ledger.moved_headings import moved_headings
from macros.site.ledger.promises import Promise
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import FieldPath, SourceText, decode
from macros.yamlfile.writer import quote_value

_OF_AN_ENTRY = "/{} is the address of an entry, and no page can take its place"
_MIN_SIMILARITY = 0.6
"""The share of words that two entries must have in common for one to be offered as the successor of the other."""


def ledger_problems(ledger: Ledger) -> tuple[Problem, ...]:
    """Returns every broken promise, every release that cannot be read, and every `former_anchors` that leads nowhere."""
    return sort_problems((*problems_but_of_pages(ledger), *problems_of_pages(ledger)))


def problems_but_of_pages(ledger: Ledger) -> tuple[Problem, ...]:
    """Those for which no page has to be rendered."""
    found = [*ledger.store.problems, *_lost_files(ledger), *_broken_former_addresses(ledger), *_taken_from_entries(ledger)]
    found += [*_broken_withdrawals(ledger), *_broken_former_anchors(ledger, ledger.current.entries)]
    for promise in ledger.promises.values():
        found += () if ledger.current_url(promise.url) in ledger.current.pages else _broken_promises(ledger, promise)
    return sort_problems(found)


def problems_of_pages(ledger: Ledger) -> tuple[Problem, ...]:
    """Those on lists and on pages written by hand, whose anchors show when they are rendered."""
    found = [*_broken_former_anchors(ledger, ledger.current.pages), *moved_headings(ledger)]
    for promise in ledger.promises.values():
        found += _broken_promises(ledger, promise) if ledger.current_url(promise.url) in ledger.current.pages else ()
    return sort_problems(found)


def _lost_files(ledger: Ledger) -> Iterator[Problem]:
    """Files that programs fetch, and that are no longer made."""
    made = {*ledger.current.promised_files()}
    promised = {path: release.version for release in ledger.store.releases if release.manifest for path in release.manifest.files}
    for path, version in promised.items():
        if path not in made:
            manifest = f"{RELEASES}/{version}{MANIFEST_ENDING}"
            message = f"/{path} was published in release {version}, and this program does not make that file"
            yield file_problem(manifest, "lost-page", message, "use a version that makes it, or bring it back in macros/site/exports/")


def _broken_promises(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    url = ledger.current_url(promise.url)
    if url is None:
        yield _lost_entry(ledger, promise) if promise.id else _lost_page(promise)
        return
    entry = ledger.current.entries.get(url)
    if url in ledger.current.withdrawn_pages or (entry and entry.status == "withdrawn") or (promise.id and not entry):
        return
    declared = ledger.current.former_anchors(url)
    for anchor, version in promise.anchors.items():
        if anchor in declared or (entry is None and ledger.is_list_anchor(anchor)) or ledger.current.has_anchor(url, anchor):
            continue
        yield _lost_anchor(ledger, replace(promise, version=version), url, anchor)


def _lost_entry(ledger: Ledger, promise: Promise) -> Problem:
    message = f"/{promise.url} was published in release {promise.version} and leads nowhere now"
    successor = _successor(ledger, promise)
    if successor:
        help = f"this entry may have taken the place of '{promise.id}': if so, add `formerly: [{promise.id}]` here; "
        return _field_problem(
            ledger, successor.file, "formerly", "lost-page", message, f"{help}if not, bring {promise.file} back with `status: withdrawn`"
        )
    help = (
        "bring the file back with `status: withdrawn`, a `reason:`, and `replaced_by:` if something takes its place; or, "
        f"if another entry is the same under another id, add `formerly: [{promise.id}]` to that one"
    )
    return file_problem(promise.file, "lost-page", message, help)


def _successor(ledger: Ledger, promise: Promise) -> Entry | None:
    """An entry that no release had yet and that has nearly the same words."""
    from macros.releases.diff.fields import as_text  # noqa: PLC0415 - few checks look for a successor
    from macros.releases.diff.word_diff import word_similarity  # noqa: PLC0415

    record: Record | None = promise.record
    fresh = [entry for entry in ledger.current.playbook.entries.values() if entry_url(entry) not in ledger.promises]
    likely = [(word_similarity(as_text(record.fields), as_text(entry_as_mapping(entry))), entry.id, entry) for entry in fresh] if record else []
    best = max(likely, default=None, key=lambda each: each[:2])
    return best[2] if best and best[0] >= _MIN_SIMILARITY else None


def _lost_page(promise: Promise) -> Problem:
    file = promise.file or page_source(promise.url)
    row = quote_value({"address": promise.url, "title": promise.page.title if promise.page else "…", "reason": "…", "on": "…"})
    help = (
        f"bring the page back; or add `formerly: [{promise.url}]` to the front matter of the page that takes its place; "
        f"or, to tell readers why it is gone, add to `withdrawn_pages:` in {SETTINGS_FILE} `- {row}`"
    )
    if not promise.url:
        help = "bring the page back, because a site begins with it"
    return file_problem(file, "lost-page", f"/{promise.url} was published in release {promise.version} and leads nowhere now", help)


def _lost_anchor(ledger: Ledger, promise: Promise, url: str, anchor: str) -> Problem:
    moved = "" if url == promise.url else f" (it leads to /{url} now)"
    message = f"/{promise.url}#{anchor}{_named(promise, anchor)} was published in release {promise.version}, and the page has no such anchor any more{moved}"
    fresh = [name for name in ledger.current.anchors(url) if name not in ledger.promised_anchors.get(url, {}) and name != HISTORY.anchor]
    near = fresh[0] if len(fresh) == 1 else (closest(anchor, sorted(fresh), cutoff=40) or "its-new-anchor")
    same, gone = (quote_value({"anchor": anchor, **told}) for told in ({"now": near}, {"reason": "…"}))
    declare = f"`- {same}` if that shows the same, or `- {gone}` if nothing does"
    file = ledger.current.file_of(url)
    if not file:
        help = f"write the page by hand, in {page_source(url)}, with a heading that has {{ #{anchor} }}"
        return file_problem(page_source(url), "lost-anchor", message, help)
    if file.startswith(f"{DATA}/"):
        field = _field_of(ledger.current.entries[url], anchor)
        return _field_problem(ledger, file, field, "lost-anchor", message, f"bring it back; or add to `former_anchors:` {declare}")
    bring_back = f"write {{ #{anchor} }} after the heading that shows the same; or " if re.fullmatch(NEW_ANCHOR, anchor) else ""
    help = f"{bring_back}add to `former_anchors:` above the page's text {declare}"
    return _field_problem(ledger, file, "former_anchors", "lost-anchor", message, help)


def _named(promise: Promise, anchor: str) -> str:
    """The heading that an anchor was in, where the release recorded it."""
    part = promise.page.parts.get(anchor) if promise.page else None
    return f" (“{' › '.join(part.heading)}”)" if part and part.heading else ""


def _field_of(entry: Entry, anchor: str) -> str:
    """The field whose section has the anchor."""
    fields = fields_of(type(entry)).values()
    for prefix, name in ((FIGURE_PREFIX, "figures"), (PASSAGE_PREFIX, "passages")):
        if anchor.startswith(prefix):
            return name
    return next((field.name for field in fields if field.section and field.section.anchor == anchor), "former_anchors")


def _broken_former_addresses(ledger: Ledger) -> Iterator[Problem]:
    """A former address must not be a page now, nor a former address of two pages: that is told at both."""
    current, claims = ledger.current, dict[str, list[tuple[str, int]]]()
    for url in current.pages:
        for number, old in enumerate(current.former_addresses(url)):
            claims.setdefault(old, []).append((current.file_of(url), number))
    for old, its in claims.items():
        for file, number in its:
            source, at = _read_source(ledger, file), ("formerly", number)
            other = next((each for each, _ in its if each != file), "")
            if old in current.pages or old in current.entries:
                yield locate(source, Finding(at, "formerly-living", f"/{old} is a page", "remove it, because links to it already lead there"))
            elif reason := why_no_page(old, current.static_files):
                message = f"no page can be at /{old}, because {reason}"
                yield locate(source, Finding(at, "address-taken", message, "correct it, or remove it"))
            elif other:
                help = "keep it in the page that took its place"
                yield locate(source, Finding(at, "formerly-taken", f"/{old} is among the former addresses of {other} too", help))


def _taken_from_entries(ledger: Ledger) -> Iterator[Problem]:
    """An address that an entry once had belongs to it for good: a page can neither stand there nor say that it took the entry's place."""
    for url, page in ledger.current.catalogue.by_url.items():
        if url in ledger.of_entries and page.kind == "written":
            yield file_problem(page.path, "formerly-living", _OF_AN_ENTRY.format(url), f"rename this file, {_back_to_its_entry(ledger, url)}")
    for file, at, url in _claimed_addresses(ledger.current):
        if url in ledger.of_entries and url not in ledger.current.entries:
            finding = Finding(at, "formerly-living", _OF_AN_ENTRY.format(url), f"remove it, {_back_to_its_entry(ledger, url)}")
            yield locate(_read_source(ledger, file), finding)


def _claimed_addresses(current: CurrentSite) -> Iterator[tuple[str, FieldPath, str]]:
    """(file, place in it, address) of each that is said to be a page no more; what is a page all the same is told elsewhere."""
    for url in current.pages:
        claimed = enumerate(current.former_addresses(url))
        yield from ((current.file_of(url), ("formerly", number), old) for number, old in claimed if old not in current.pages)
    for number, row in enumerate(current.playbook.settings.withdrawn_pages):
        yield SETTINGS_FILE, ("withdrawn_pages", number, "address"), row.address


def _back_to_its_entry(ledger: Ledger, url: str) -> str:
    id = ledger.of_entries[url]
    entry = ledger.current.playbook.once_called(id)
    if entry:
        return f"because links to it lead to {entry.file}"
    return f"and bring {DATA}/{url.rstrip('/')}.yml back with `status: withdrawn` and a `reason:`"


def _broken_withdrawals(ledger: Ledger) -> Iterator[Problem]:
    yield from (locate(_read_source(ledger, SETTINGS_FILE), finding) for finding in _withdrawal_findings(ledger.current))


def _withdrawal_findings(current: CurrentSite) -> Iterator[Finding]:
    """A page that is gone is not there, is told of once, and what takes its place is there."""
    there, told = {*current.entries, *current.pages} - {*current.withdrawn_pages}, set[str]()
    for number, row in enumerate(current.playbook.settings.withdrawn_pages):
        at = ("withdrawn_pages", number)
        if row.address in there:
            yield Finding((*at, "address"), "formerly-living", f"/{row.address} is a page", "remove this row, because links to it already lead there")
        elif reason := why_no_page(row.address, current.static_files):
            yield Finding((*at, "address"), "address-taken", f"no page can be at /{row.address}, because {reason}", "correct it, or remove this row")
        elif row.address in told:
            yield Finding((*at, "address"), "repeated", f"/{row.address} is in the list already", "keep the row that is right")
        if row.page and row.page not in there:
            help = did_you_mean(row.page, sorted(there), "write the address of a page of this site, or take the field out")
            yield Finding((*at, "page"), "unknown-address", f"there is no page /{row.page}", help)
        told.add(row.address)


def _broken_former_anchors(ledger: Ledger, pages: Iterable[str]) -> Iterator[Problem]:
    current = ledger.current
    for url in pages:
        for number, row in enumerate(current.former_anchors(url).values()):
            yield from (locate(_read_source(ledger, current.file_of(url)), finding) for finding in _row_findings(ledger, url, number, row))


def _row_findings(ledger: Ledger, url: str, number: int, row: FormerAnchor) -> Iterator[Finding]:
    current, at = ledger.current, ("former_anchors", number)
    if row.anchor in current.anchors(url):
        yield Finding(
            (*at, "anchor"),
            "anchor-still-there",
            f"the page has the anchor '{row.anchor}'",
            "remove this row, because links to it already lead there",
        )
    target = entry_url(current.playbook.entries[row.entry]) if row.entry else url
    there = current.anchors(target)
    if row.now and row.now not in there:
        later = _today(row.now, current.former_anchors(target), there)
        otherwise = f"its anchors are {listed(sorted(there))}"
        guess = f"did you mean '{later}'?" if later else did_you_mean(row.now, sorted(there), otherwise)
        yield Finding((*at, "now"), "unknown-anchor", f"{'that' if row.entry else 'the'} page has no anchor '{row.now}'", guess)


def _today(anchor: str, former: Mapping[str, FormerAnchor], there: Collection[str]) -> str:
    """The anchor that a former one leads to, over however many rows; empty if that is not there."""
    passed: set[str] = set()
    while anchor in former and anchor not in passed:
        passed.add(anchor)
        anchor = former[anchor].now or ""
    return anchor if anchor in there else ""


def _field_problem(ledger: Ledger, file: str, field: str, rule: str, message: str, help: str) -> Problem:
    """A problem at a field of a file, or at its first line if it lacks that field."""
    source = _read_source(ledger, file)
    has_it = source is not None and any(key.value == field for key, _ in getattr(source.root, "value", ()))
    return locate(source, Finding((field,), rule, message, help, key=True)) if has_it else file_problem(file, rule, message, help)


def _read_source(ledger: Ledger, file: str) -> SourceText | None:
    current = ledger.current
    if file in current.playbook.written:
        return current.playbook.written[file].front
    data = read_bytes(current.root, file)
    source = decode(file, data) if isinstance(data, bytes) else None
    return source if isinstance(source, SourceText) else None
