"""The verdict on an address, from how it answered. Nothing here uses the network: the caller says how to ask.

Takes an address and a function that asks it. Returns `ok`, `moved`, `dead`, `unknown` or `skipped`, with the reason in words.

What cannot be reached is `unknown`, not `dead`: the network may be down, or the site may turn programs away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from itertools import takewhile
from urllib.parse import urljoin

from macros.playbook.urls import host_of

RESULTS = ("dead", "moved", "unknown", "skipped", "ok")
"""In the order of a report: what somebody must correct comes first."""
MOST_REDIRECTS = 10
FOR_GOOD = frozenset({301, 308})
FOR_NOW = frozenset({302, 303, 307})
GONE = frozenset({404, 410})
TURNED_AWAY = frozenset({401, 402, 403, 405, 406, 418, 429, 451, 999})
"""What sites answer to programs, though a person may see the page."""
EXAMPLE_HOSTS = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test")
"""Names that lead nowhere by design: RFC 2606 and RFC 6761."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address answered: its status, and the address that it sends on to."""

    address: str
    status: int
    location: str = ""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why there is no answer from an address; `final` if asking in another way cannot help."""

    address: str
    reason: str
    final: bool = False


Fetch = Callable[[str, str], Answer | NoAnswer]
"""From a method (`HEAD` or `GET`) and an address to what came back. Never raises."""
Trail = tuple[Answer | NoAnswer, ...]
"""The answers on the way from an address to where its redirects end."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of `address`. `now` is where it moved to."""

    address: str
    result: str
    reason: str = ""
    now: str = ""


def check_link(address: str, ask: Fetch) -> Verdict:
    """The verdict on `address`. Some sites know no HEAD, so GET has the last word; `dead` needs two of those."""
    if is_example(address):
        return Verdict(address, "skipped", "an address for examples, which leads nowhere by design")
    trail = follow(address, "HEAD", ask)
    if not _settles(trail[-1]):
        trail = follow(address, "GET", ask)
    if _is_gone(trail[-1]):
        trail = follow(address, "GET", ask)
    return judge(address, trail)


def follow(address: str, method: str, ask: Fetch) -> Trail:
    """Every answer from `address` to where its redirects end, go round or go on for too long."""
    trail: list[Answer | NoAnswer] = []
    seen: set[str] = set()
    while address not in seen and len(seen) <= MOST_REDIRECTS:
        seen.add(address)
        trail.append(ask(method, address))
        last = trail[-1]
        if isinstance(last, NoAnswer) or last.status not in FOR_GOOD | FOR_NOW or not last.location:
            return tuple(trail)
        address = next_address(last)
    why = "its redirects go round in a circle" if address in seen else f"it redirects more than {MOST_REDIRECTS} times"
    return (*trail, NoAnswer(address, why))


def next_address(answer: Answer) -> str:
    """The address that an answer sends on to, whole and without the part after `#`."""
    try:
        return without_anchor(urljoin(answer.address, answer.location))
    except ValueError:
        return answer.location


def judge(address: str, trail: Trail) -> Verdict:
    """The verdict on `address`, from the last trail that was followed from it."""
    end = trail[-1]
    via = f" after a redirect to {end.address}" if end.address != address else ""
    if isinstance(end, NoAnswer):
        return Verdict(address, "unknown", f"{end.reason}{via}")
    if _is_gone(end):
        return Verdict(address, "dead", f"{_status(end.status)}, asked twice{via}")
    if not 200 <= end.status < 300:
        return Verdict(address, "unknown", f"{_status(end.status)}{via}{_guess(end.status)}")
    if trail[0].status in FOR_GOOD:
        return Verdict(address, "moved", "moved for good", _new_home(trail))
    return Verdict(address, "ok")


def without_anchor(address: str) -> str:
    """The address of the whole page: the part after `#` is never sent."""
    return address.partition("#")[0]


def is_example(address: str) -> bool:
    """Whether an address is reserved, so that no site can have it."""
    host = host_of(address)
    return any(host == name or host.endswith(f".{name}") for name in EXAMPLE_HOSTS)


def nothing_answers(verdicts: Iterable[Verdict]) -> bool:
    """Whether no address gave a conclusive answer: then the fault is probably here, not there."""
    asked = [verdict for verdict in verdicts if verdict.result != "skipped"]
    return bool(asked) and all(verdict.result == "unknown" for verdict in asked)


def _settles(end: Answer | NoAnswer) -> bool:
    """Whether nothing can be learnt by asking again with GET."""
    return end.final if isinstance(end, NoAnswer) else 200 <= end.status < 300


def _is_gone(end: Answer | NoAnswer) -> bool:
    return isinstance(end, Answer) and end.status in GONE


def _new_home(trail: Trail) -> str:
    """Where the permanent redirects lead. A temporary redirect after them may lead elsewhere tomorrow."""
    moves = tuple(takewhile(lambda answer: answer.status in FOR_GOOD, trail))
    return next_address(moves[-1])


def _status(status: int) -> str:
    try:
        return f"it answers {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"it answers {status}"


def _guess(status: int) -> str:
    if status in TURNED_AWAY:
        return "; sites answer so to programs: look at it yourself"
    return "; the fault may pass" if status >= 500 else ""
