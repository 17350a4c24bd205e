"""Inventories of other playbooks, as their sites publish them."""

from __future__ import annotations

import zlib

HEAD = b"# Sphinx inventory version 2\n# Project: Other\n# Version: 1.0\n# The remainder of this file is compressed using zlib.\n"
ROWS = b"""\
silos playbook:barrier 1 barriers/silos/ Agencies work in silos
silos std:label 1 barriers/silos/ Agencies work in silos
old-silos std:label 1 barriers/silos/ Agencies work in silos
trust playbook:insight 1 insights/trust/ Trust grows where people meet
"""
"""Of a playbook in which a barrier was renamed."""


def inventory_of(rows: bytes = ROWS) -> bytes:
    """An inventory with these rows, one on each line: `name domain:role priority address title`."""
    return HEAD + zlib.compress(rows, 9)


OTHERS = {
    "playbook_data/playbooks.yml": """\
playbooks:
  - prefix: nz
    title: Aotearoa <playbook>
    address: https://playbook.example.nz/
""",
    "playbook_data/inventories/nz.inv": inventory_of(),
}
"""The files of a playbook that links to another one."""
