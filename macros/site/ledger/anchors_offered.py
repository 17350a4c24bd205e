"""Anchors that a page has otherwise than the check finds in its file, so that nobody could hold a release to them.

`anchor_warnings` takes the anchors that are known of a page, and those that the rendered page has. It yields warnings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from macros.problems.problem import Problem, file_problem, short
from macros.text.page_reading import OF_EXTENSIONS
from macros.yamlfile.source import HIDDEN

_OUT_OF_REACH = re.compile(rf"\s|{HIDDEN.pattern}")


def anchor_warnings(url: str, file: str, known: Collection[str], offered: Collection[str]) -> Iterator[Problem]:
    """Yields the anchors that the check finds in the file of a page and the page does not offer, and the other way round."""
    for problem in (*_unkept(url, file, {*known} - {*offered}), *_unforeseen(url, file, {*offered} - {*known})):
        yield replace(problem, severity="warning")


def _unkept(url: str, file: str, anchors: Collection[str]) -> Iterator[Problem]:
    help = "write the heading on a line of its own, outside HTML such as <details>, with an anchor of its own: { #name }"
    for anchor in sorted(anchors):
        message = f"a release would promise /{url}#{anchor}, and the built page has no such anchor"
        yield file_problem(file, "anchor-unkept", message, help)


def _unforeseen(url: str, file: str, anchors: Collection[str]) -> Iterator[Problem]:
    for anchor in sorted(anchor for anchor in anchors if not anchor.startswith(OF_EXTENSIONS)):
        if not anchor or _OUT_OF_REACH.search(anchor):
            message = f"the built page /{url} has the anchor '{short(anchor)}', which no link can lead to"
            yield file_problem(file, "not-an-anchor", message, "write letters, digits, hyphens and underscores between the quotes of `id`")
        else:
            message = f"the built page /{url} has the anchor #{short(anchor)}, and the check cannot find it in the file"
            help = f'write it into the text of the page, outside calls and loops: {{ #{anchor} }} after a heading, or id="{anchor}" in HTML'
            yield file_problem(file, "anchor-unforeseen", message, help)
