"""Rules between the sites that `inbound.yml` names: each stands there once, and so does each of its links.

`inbound_findings` takes values as YAML gives them and yields findings. Values of the wrong type are reported by `fields.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.problems.problem import short
from macros.schema.patterns import odd_character
from macros.yamlfile.finding import Finding
from macros.yamlfile.source import FieldPath


def inbound_findings(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """Yields each site that is named twice, and each link that a site has twice."""
    addresses: set[str] = set()
    for index, row in enumerate(_list(raw.get("sites"))):
        if not isinstance(row, dict):
            continue
        address = row.get("address")
        if isinstance(address, str) and _as_one(address) in addresses:
            help = "put all of its links below one of the two"
            yield Finding(("sites", index, "address"), "repeated", f"'{short(address)}' stands above already", help)
        addresses.add(_as_one(str(address)))
        yield from _twice(("sites", index, "links"), row.get("links"))
    yield from _twice(("earlier_sites",), raw.get("earlier_sites"))


def _twice(path: FieldPath, links: Any) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, link in enumerate(_list(links)):
        if isinstance(link, str) and (why := odd_character(link)):
            yield Finding((*path, index), "hidden-character", "this address holds a character that nobody sees", why)
        elif isinstance(link, str) and link in seen:
            yield Finding((*path, index), "repeated", f"'{short(link)}' stands here twice", "keep one")
        seen.add(str(link))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _as_one(address: str) -> str:
    """An address without what makes no difference: its scheme, its capital letters and the slash at its end."""
    return address.partition("://")[2].rstrip("/").casefold()
