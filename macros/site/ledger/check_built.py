"""Do the finished pages keep what was promised? The model may be wrong, the pages are what readers get.

Enters: a Ledger, and the anchors of each page of a built site. Leaves: problems, each at the file that its page was made from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from macros.problems.problem import Problem, file_problem
from macros.site.ledger.ledger import Ledger


def broken_in(ledger: Ledger, pages: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """What finished pages lack of what was promised: `pages` has the anchors of each page by its address, old addresses included."""
    for promise in ledger.promises.values():
        file = ledger.current.file_of(ledger.landing(promise.url) or "") or promise.file or f"docs/{promise.url}index.md"
        if promise.url not in pages:
            message = f"/{promise.url} was published in release {promise.version}, and the build has no page there"
            yield file_problem(file, "lost-page", message, "bring the page back, or say where it went under `formerly:` of what takes its place")
            continue
        for anchor, version in promise.anchors.items():
            if anchor not in pages[promise.url]:
                message = f"/{promise.url}#{anchor} was published in release {version}, and the finished page has no such anchor"
                yield file_problem(file, "lost-anchor", message, "say what became of it under `former_anchors:` of that page")


def not_to_be_promised(ledger: Ledger, pages: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Anchors that a release would promise and that the finished pages lack: where somebody wrote a page in a way that the model misreads."""
    for url in ledger.current.pages:
        for anchor in sorted(ledger.current.anchors(url) - {*pages.get(url, ())}) if url in pages else ():
            file = ledger.current.file_of(url) or f"docs/{url}index.md"
            message = f"a release would promise /{url}#{anchor}, and the finished page has no such anchor"
            help = "write the heading on a line of its own, with an anchor of its own: { #name }"
            yield replace(file_problem(file, "anchor-unkept", message, help), severity="warning")
