"""The inventory of another site is read to the letter, and a hostile one costs nothing and leads nowhere.

Above: the rows of an inventory. Below: what is made of them, or why nothing is.
"""

from __future__ import annotations

import time
import tracemalloc
import zlib

import pytest
import sphobjinv

from macros.files.inventory import Inventory, Unusable, read_inventory
from tests.support.inventories import HEAD, inventory_of

ROWS = b"""\
silos playbook:barrier 1 barriers/silos/ Agencies work in silos
silos std:label 1 other/ Another page
old-silos std:label 1 barriers/silos/ Agencies work in silos
os py:module 0 library/os.html#module-$ -
os std:label -1 library/os.html#os os \xe2\x80\x94 Operating system
abstract base class std:term -1 glossary.html#term-abstract-base-class -
index std:doc -1  Welcome
"""


def read(rows: bytes) -> Inventory:
    found = read_inventory(inventory_of(rows))
    assert isinstance(found, Inventory)
    return found


def test_a_name_leads_where_most_would_expect() -> None:
    inventory = read(ROWS)
    places = {name: inventory.find(name).place for name in ("silos", "os", "py:module:os", "abstract base class", "index")}
    assert places == {
        "silos": "barriers/silos/",
        "os": "library/os.html#os",
        "py:module:os": "library/os.html#module-os",
        "abstract base class": "glossary.html#term-abstract-base-class",
        "index": "",
    }
    assert inventory.find("std:label:silos").place == "other/"
    assert inventory.find("Silos") is None


def test_a_title_that_is_left_out_is_the_name() -> None:
    assert [read(ROWS).find(name).title for name in ("py:module:os", "os", "abstract base class")] == [
        "os",
        "os — Operating system",
        "abstract base class",
    ]


def test_a_former_name_of_an_entry_is_told_from_its_name_of_today() -> None:
    inventory = read(ROWS)
    assert inventory.name_now(inventory.find("old-silos")) == "silos"
    assert [inventory.name_now(inventory.find(name)) for name in ("silos", "os", "index")] == [None, None, None]


def test_it_reads_what_the_library_reads() -> None:
    theirs = sphobjinv.Inventory(zlib=inventory_of(ROWS))
    assert [(row.name, row.role, row.place, row.title) for row in read(ROWS).rows] == [
        (each.name, f"{each.domain}:{each.role}", each.uri_expanded, each.dispname_expanded) for each in theirs.objects
    ]


def test_fifty_megabytes_in_fifty_thousand_bytes_are_refused_before_they_fill_the_memory() -> None:
    bomb = inventory_of(b"x" * 50_000_000)
    assert len(bomb) < 60_000
    tracemalloc.start()
    found = read_inventory(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, Unusable)
    assert found.rule == "too-large"
    assert peak < 30_000_000


def test_rows_that_a_careless_expression_would_chew_on_are_refused_at_once() -> None:
    start = time.process_time()
    for row in (b"a " * 900, b" " * 1900, b"a:b " * 450, b"a b:c 1" + b" " * 1900, b"x" * 1_000_000):
        found = read_inventory(inventory_of((row + b"\n") * 20))
        assert isinstance(found, Unusable)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "place",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "https://evil.example/", "//evil.example/",
        "/elsewhere/", "\\\\evil.example", "../up/", "a/../../up/", "a/%2E%2e/b", "a\\..\\b", "x:y",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_site(place: str) -> None:
    found = read_inventory(inventory_of(f"a std:label 1 {place} Title\n".encode()))
    assert isinstance(found, Unusable)
    assert found.rule == "inventory-address"


@pytest.mark.parametrize("place", ["a#b:c", "a/b?c=d:e", "c++.html#_CPPv4N3fooE", "a..b/", "#x", "%C3%A9.html"])
def test_odd_addresses_inside_the_site_are_right(place: str) -> None:
    assert read(f"a std:label 1 {place} Title\n".encode()).find("a").place == place


@pytest.mark.parametrize("sign", ["\x1b", "\u202e", "\x00", "\u2028", "\t"])
def test_no_row_has_a_sign_that_nobody_sees(sign: str) -> None:
    found = read_inventory(inventory_of(f"a std:label 1 a/ Ti{sign}tle\n".encode()))
    assert isinstance(found, Unusable)
    assert found.rule == "not-an-inventory"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is not the inventory of a site"),
        (HEAD, "its end is missing"),
        (HEAD + b"no zlib", "what is compressed in it cannot be unpacked"),
        (inventory_of()[:-9], "its end is missing"),
        (HEAD + zlib.compress(b"\xff\xfe"), "it is not text in UTF-8"),
        (inventory_of(b""), "it names nothing"),
        (HEAD.replace(b"version 2", b"version 1") + b"a mod b", "its format is version 1, and only version 2 is known"),
    ],
)
def test_what_is_no_inventory_is_told(data: bytes, said: str) -> None:
    assert read_inventory(data).message == said
