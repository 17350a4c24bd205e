"""What people do to a value that was right.

Takes valid fields. Returns the same fields with one thing done to them, or a few: nearly all are wrong.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from macros.yamlfile.source import FieldPath
from tests.support.strategies import GeneratedPlaybook, playbooks

OTHER_TYPES = (None, True, 7, 7.5, datetime.date(2026, 1, 1), [], {}, ["x"], {"x": "y"}, [["x"]], [None], [{}], "")
WRONG_TEXTS = (
    *("", "  ", "TODO", "Say who. TBC", "lorem ipsum", "x\x02y", "\x1b[2Jx", "a\u202eb", "\ufeff", "x" * 100_000, "# Heading", "Heading\n===", "![x](y.png)"),
    *("[x]()", "[](https://a.org)", "[x](url)", "[x](javascript:alert(1))", "[x](data:text/html,x)", "<javascript:x>", "[[unicorn]]", "[[]]", "[[a|]]", "[[a", "[[a]"),
)  # fmt: skip
"""Wrong as text of any field that holds Markdown; most are wrong as plain text or as an id too."""


@st.composite
def malformed_playbooks(draw: st.DrawFn) -> tuple[GeneratedPlaybook, str, bool]:
    """A playbook with something done to one of its files, the path of that file, and whether that is wrong for sure."""
    made = draw(playbooks())
    path = draw(st.sampled_from(sorted(made.files)))
    fields = copy.deepcopy(dict(made.files[path]))
    done = [_malform(draw, fields) for _ in range(draw(st.integers(1, 3)))]
    return GeneratedPlaybook({**made.files, path: fields}), path, done[-1] in ("unknown", "misspelt", "hidden")


def _malform(draw: st.DrawFn, fields: dict[str, Any]) -> str:
    """Do one thing to one place; returns what."""
    places = list(places_in(fields))
    path = draw(st.sampled_from(places)) if places else ()
    owner: Any = fields
    for step in path[:-1]:
        owner = owner[step]
    what = draw(st.sampled_from(("type", "text", "lost", "unknown", "misspelt", "twice", "id", "long", "hidden")))
    if what == "unknown" or not path:
        fields["colour"] = "red"
        return "unknown"
    if what == "misspelt" and isinstance(owner, dict):
        owner[f"{path[-1]}x"] = owner.pop(path[-1])
    elif what == "lost" and isinstance(owner, dict):
        del owner[path[-1]]
    elif what == "twice" and isinstance(owner, list):
        owner.append(copy.deepcopy(owner[path[-1]]))
    elif what == "id":
        owner[path[-1]] = draw(st.sampled_from(("unicorn", "Data Sharing", "nao", "shared-aims", "who-pays", "-x", "a" * 61, "it's-1", "a_b", "ä")))
    elif what == "long":
        owner[path[-1]] = "x" * 301
    elif what == "hidden":
        owner[path[-1]] = "x\x07"
    else:
        what = what if what == "text" else "type"
        owner[path[-1]] = copy.deepcopy(draw(st.sampled_from(WRONG_TEXTS if what == "text" else OTHER_TYPES)))
    return what


def places_in(value: Any, path: FieldPath = ()) -> Iterator[FieldPath]:
    """The path of each value inside `value`."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in steps:
        yield (*path, step)
        yield from places_in(item, (*path, step))
