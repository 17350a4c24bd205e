"""Rules between the other playbooks that `playbooks.yml` names, and for ids that name their pages.

Each function takes values as YAML gives them and returns findings. Values of the wrong type are reported by `fields.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.playbook.elsewhere import Elsewhere
from macros.problems.problem import short
from macros.schema.introspect import Field
from macros.schema.kinds import KINDS
from macros.schema.patterns import AN_ID_ANYWHERE, SCHEMES, split_outside
from macros.yamlfile.finding import Finding
from macros.yamlfile.source import FieldPath


def other_playbooks_findings(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """Each prefix belongs to one playbook, and is nothing else that may stand in front of a colon or in an address."""
    rows = raw.get("playbooks")
    seen: set[str] = set()
    for index, row in enumerate(rows) if isinstance(rows, list) else ():
        prefix = row.get("prefix") if isinstance(row, dict) else None
        if not isinstance(prefix, str):
            continue
        path = ("playbooks", index, "prefix")
        if prefix in seen:
            yield Finding(
                path, "prefix-taken", f"the prefix '{short(prefix)}' stands above already", "give each playbook its own, or keep one of the two"
            )
        elif prefix in KINDS:
            yield Finding(path, "prefix-taken", f"'{prefix}' is a kind of this playbook", "choose another prefix, such as the name of the country")
        elif prefix in SCHEMES:
            yield Finding(path, "prefix-taken", f"'{prefix}:' begins addresses", "choose another prefix, such as the name of the country")
        seen.add(prefix)


def outside_finding(field: Field, path: FieldPath, id: str, elsewhere: Elsewhere) -> Finding | None:
    """What is wrong with an id that names a page of another playbook, in a relation or in a text."""
    if field.relation and field.pattern is not AN_ID_ANYWHERE:
        return Finding(
            path, "not-an-id", f"'{short(id)}' names a page of another playbook", f"link to it in a text, with [[{id}]]; name an entry here"
        )
    wrong = elsewhere.why_not(id)
    return Finding(path, rule=wrong.rule, message=wrong.message, help=wrong.help) if wrong else None


def names_outside(id: str, elsewhere: Elsewhere) -> bool:
    """Whether an id names a page of another playbook: a colon without one may be a slip in an id of this playbook."""
    found = split_outside(id)
    return bool(found) and (found[0] in elsewhere.playbooks or found[0] not in KINDS)
