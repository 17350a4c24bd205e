"""Are the anchors of a page those that its file shows? A release promises what the file shows, and readers get the page.

`anchor_warnings` takes the `CurrentSite`, the address of a page and the anchors that it has once it is rendered. It yields each difference.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from macros.playbook.urls import page_source
from macros.problems.problem import Problem, file_problem, short
from macros.site.ledger.current import CurrentSite

_SPACE = re.compile(r"\s")


def anchor_warnings(site: CurrentSite, url: str, anchors: Collection[str], *, of_text: Collection[str]) -> Iterator[Problem]:
    """Yields what the page at `url` has otherwise than its file says, once it is rendered and has `anchors`. Its text has those `of_text`."""
    known, there = {*of_text, *site.written_anchors(url)}, {*anchors}
    file = site.file_of(url) or page_source(url)
    for told in (*_unkept(file, url, known - there), *_unforeseen(file, url, there - known)):
        yield replace(told, severity="warning")


def _unkept(file: str, url: str, anchors: Collection[str]) -> Iterator[Problem]:
    help = "write the heading on a line of its own, with an anchor of its own: { #name }"
    for anchor in sorted(anchors):
        message = f"a release would promise /{url}#{anchor}, and the built page has no such anchor"
        yield file_problem(file, "anchor-unkept", message, help)


def _unforeseen(file: str, url: str, anchors: Collection[str]) -> Iterator[Problem]:
    for anchor in sorted(anchors):
        if not anchor or _SPACE.search(anchor):
            message = f"the built page /{url} has the anchor '{short(anchor)}', which no link can lead to"
            yield file_problem(file, "not-an-anchor", message, "write letters, digits, hyphens and underscores between the quotes of `id`")
        else:
            message = f"the built page /{url} has the anchor #{short(anchor)}, and the check cannot find it in the file"
            help = f'write it into the text of the page, outside calls and loops: {{ #{anchor} }} after a heading, or id="{anchor}" in HTML'
            yield file_problem(file, "anchor-unforeseen", message, help)
