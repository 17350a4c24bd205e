"""The checked links as text for a person, as Markdown for an issue and as JSON for a program.

Takes verdicts, and the places of each address. Returns text.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from macros.authoring.linkcheck.find import LinkUse
from macros.authoring.linkcheck.verdict import RESULTS, Verdict, nothing_answers
from macros.problems.problem import printable
from macros.schema.settings import Repository
from macros.text.forge_markdown import escape_markdown

NETWORK_DOWN = "No address gave an answer that tells anything, so the network here may be down. Try again later."
VERDICT_HEADINGS = {
    "dead": ("Dead: nothing is there", "Look for where the page went, or take the link out and keep the source's name."),
    "moved": ("Moved: write the new address", "The old address still leads there, for how long nobody knows."),
    "unknown": ("Unknown: look at them yourself", "The site did not let a program in, or did not answer. That is no proof that the page is gone."),
    "skipped": ("Not asked", "Addresses for examples, which nobody can have."),
}
_KEPT = "%/:=&?~+!$,;'@-._#"


@dataclass(frozen=True, slots=True)
class LinkReport:
    """The verdict on one address, and every place that links to it."""

    verdict: Verdict
    places: tuple[LinkUse, ...]


def gather(verdicts: Iterable[Verdict], mentions: Iterable[LinkUse]) -> tuple[LinkReport, ...]:
    """Each verdict with its places: what somebody must correct comes first, then by the first place."""
    places: dict[str, list[LinkUse]] = defaultdict(list)
    for mention in mentions:
        places[mention.address].append(mention)
    found = (LinkReport(verdict, tuple(places[verdict.address])) for verdict in verdicts)
    return tuple(sorted(found, key=lambda one: (RESULTS.index(one.verdict.result), one.places)))


def links_as_text(found: Sequence[LinkReport], repository: Repository | None = None) -> str:  # noqa: ARG001 - all forms are called alike
    """For people: what to correct or to look at, each with its places; then a count."""
    lines = [line for one in found if one.verdict.result != "ok" for line in _text_lines(one)]
    return "\n".join([*lines, *([NETWORK_DOWN] if _is_network_down(found) else []), result_counts(found)])


def links_as_markdown(found: Sequence[LinkReport], repository: Repository | None = None) -> str:
    """For an issue: a heading for each result, the places as links to the lines in the repository."""
    parts = [NETWORK_DOWN] if _is_network_down(found) else []
    parts.append(f"{result_counts(found)}.")
    for result, (heading, advice) in VERDICT_HEADINGS.items():
        rows = [_markdown_row(one, repository) for one in found if one.verdict.result == result]
        parts += [f"### {heading}", advice, "\n".join(rows)] if rows else []
    return "\n\n".join(parts)


def links_as_json(found: Sequence[LinkReport], repository: Repository | None = None) -> str:  # noqa: ARG001 - all forms are called alike
    """For programs: a list of `{address, result, reason, now, places: [{file, line}]}`."""
    return json.dumps([_as_dict(one) for one in found], indent=2)


FORMATS = {"text": links_as_text, "markdown": links_as_markdown, "json": links_as_json}


def result_counts(found: Sequence[LinkReport]) -> str:
    """How many addresses, and what became of them: `3 addresses: 1 dead, 2 ok`."""
    by_result: Mapping[str, int] = Counter(one.verdict.result for one in found)
    noun = "address" if len(found) == 1 else "addresses"
    parts = [f"{by_result[result]} {result}" for result in RESULTS if by_result[result]]
    return f"{len(found)} {noun}: {', '.join(parts)}" if parts else "no link leads out of the playbook"


def _is_network_down(found: Iterable[LinkReport]) -> bool:
    return nothing_answers(one.verdict for one in found)


def _why(verdict: Verdict) -> str:
    return f"now at {verdict.now}" if verdict.now else verdict.reason


def _text_lines(one: LinkReport) -> list[str]:
    verdict = one.verdict
    places = [f"         {place.file}:{place.line}" for place in one.places]
    return [printable(line) for line in (f"{verdict.result:8} {verdict.address}", f"         {_why(verdict)}", *places)]


def _markdown_row(one: LinkReport, repository: Repository | None) -> str:
    verdict = one.verdict
    why = f"now at {_link(verdict.now)}" if verdict.now else escape_markdown(verdict.reason)
    places = ", ".join(_place(place, repository) for place in one.places)
    return f"- {_link(verdict.address)}: {why}. In {places}"


def _place(place: LinkUse, repository: Repository | None) -> str:
    name = f"`{place.file.replace('`', '')}:{place.line}`"
    if repository is None:
        return name
    branch, file = quote(repository.branch), quote(place.file)
    return f"[{name}]({repository.url.rstrip('/')}/blob/{branch}/{file}#L{place.line})"


def _link(address: str) -> str:
    """A link that shows its address, in which no character can end it or call anybody."""
    return f"<{quote(address, safe=_KEPT)}>"


def _as_dict(one: LinkReport) -> dict:
    verdict = one.verdict
    places = [{"file": place.file, "line": place.line} for place in one.places]
    return {"address": verdict.address, "result": verdict.result, "reason": verdict.reason, "now": verdict.now, "places": places}
