"""The anchors that the templates of this playbook's own macros give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any


def _of_approach_side(page: Any, others: Any, **_: Any) -> Iterator[str]:
    parts = {
        "media": page.media,
        "resources": page.resources or page.sources,
        "project": page.external_url,
        "other-phases": page.other_phases or others,
    }
    yield from (anchor for anchor, content in parts.items() if content)


LAB_OUTLINES: dict[str, Callable[..., Iterable[str]]] = {
    "_call_approach_head.md.jinja": lambda **_: (),
    "_call_pillars.md.jinja": lambda **_: (),
    "_call_approach_side.md.jinja": _of_approach_side,
    "_call_health_check.md.jinja": lambda groups, answers, **_: [question.id for _, questions in groups for question in questions] if answers else (),
    "_call_health_check_tools.md.jinja": lambda **_: (),
    "_call_timeline.md.jinja": lambda **_: ("timeline", "timeline-title", "timeline-text"),
    "_call_change_chart.md.jinja": lambda **_: ("changes",),
}
"""By the name of each template, from what it is rendered with."""
