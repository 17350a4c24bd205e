"""What the check says of the links that other sites are known to have.

`inbound_problems` takes an `Inbound` and yields an error for each link that is broken, and a warning for each that leads to something withdrawn without a
successor. `inbound_notes` yields a note for each that still works and could be newer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from macros.files.layout import INBOUND_FILE, LARGEST_INBOUND, SETTINGS_FILE, SITE_SETTINGS
from macros.files.read import read_bytes
from macros.problems.problem import Problem, short
from macros.site.inbound.known import Inbound, InboundLink
from macros.site.ledger.ledger import Ledger
from macros.site.verify_links import LinkAnswer, Spot
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import SourceText, decode


def inbound_problems(inbound: Inbound) -> Iterator[Problem]:
    """Yields what must change: an error for each link that is broken, a warning for each whose target was withdrawn and has no successor."""
    if inbound.ledger.current.playbook.inbound.sites and not inbound.places:
        help = f"write the address as `site_url` in {SITE_SETTINGS}, or under `earlier_sites:` here"
        nowhere = Finding(("sites",), "inbound-elsewhere", "nobody says where this playbook is, so no link can be looked up", help)
        yield from _located(inbound, [nowhere], "error")
    yield from _located(inbound, (_broken(inbound, link) for link in inbound.links), "error")
    yield from _located(inbound, (_dead_end(inbound, link) for link in inbound.links), "warning")


def inbound_notes(inbound: Inbound) -> Iterator[Problem]:
    """Yields a note for each link that still works and could be newer: what it leads to has moved, or was withdrawn and replaced."""
    yield from _located(inbound, map(_moved, inbound.links), "note")


def _located(inbound: Inbound, findings: Iterable[Finding | None], severity: str) -> Iterator[Problem]:
    source: SourceText | None = None
    for finding in filter(None, findings):
        source = source or _source(inbound.ledger)
        yield replace(locate(source, finding), severity=severity)


def _source(ledger: Ledger) -> SourceText:
    data = read_bytes(ledger.current.root, INBOUND_FILE, most=LARGEST_INBOUND)
    source = decode(INBOUND_FILE, data) if isinstance(data, bytes) else data
    return source if isinstance(source, SourceText) else SourceText(INBOUND_FILE, "sites:")  # someone has just changed it


def _broken(inbound: Inbound, link: InboundLink) -> Finding | None:
    if link.answer is None or link.spot is None:
        help = "correct it; if the playbook was there before, write that address under `earlier_sites:`"
        return Finding(link.path, "inbound-elsewhere", f"this does not lead to this playbook, which is at {inbound.places[0]}", help)
    if link.answer.state != "unknown":
        return None
    message = f"{_title(link)} links here, and {_what_is_lost(inbound.ledger, link.spot, link.answer)}"
    return Finding(link.path, "inbound-broken", message, _how_to_mend(inbound.ledger, link.spot, link.answer))


def _dead_end(inbound: Inbound, link: InboundLink) -> Finding | None:
    if link.answer is None or link.spot is None or link.answer.state != "withdrawn" or link.answer.instead:
        return None
    file = inbound.ledger.current.file_of(link.spot.now or "")
    field = f"`entry:` or `page:` of its row in {SETTINGS_FILE}" if file == SETTINGS_FILE else f"`replaced_by:` in {file}"
    help = f"name what takes its place under {field}; if nothing does, tell that site, and take this line out"
    return Finding(link.path, "inbound-withdrawn", f"{_title(link)} links here, and this was withdrawn with nothing in its place", help)


def _moved(link: InboundLink) -> Finding | None:
    answer = link.answer
    if answer is None or not (answer.to or answer.instead):
        return None
    told = f"it leads on to {answer.to}" if answer.to else f"it was withdrawn, and leads readers to {' or '.join(answer.instead)}"
    return Finding(link.path, "inbound-moved", f"{_title(link)} links here, and {told}", "nothing is broken; tell that site when you can")


def _title(link: InboundLink) -> str:
    return short(link.site.title)


def _what_is_lost(ledger: Ledger, spot: Spot, answer: LinkAnswer) -> str:
    if spot.version or spot.now is not None:
        return answer.message
    promise = ledger.promises.get(spot.at)
    if promise:
        return f"release {promise.version} had this page, which leads nowhere now"
    return "there is no page at this address, nor did any release have one"


def _how_to_mend(ledger: Ledger, spot: Spot, answer: LinkAnswer) -> str:
    near = f"did you mean {answer.closest}? If not, " if answer.closest else ""
    if spot.version:
        return f"{near}write the version or the address as it was, because what a version holds stays as it is"
    if spot.now is None:
        keep = "name its id or address under `formerly:` of what takes its place, or bring it back with `status: withdrawn` and `replaced_by:`"
    elif file := ledger.current.file_of(spot.now):
        keep = f"bring that part back, or say under `former_anchors:` in {file} what became of it"
    else:
        keep = "bring that part back"
    return near + keep if near else f"correct it; if it was right, {keep}"
