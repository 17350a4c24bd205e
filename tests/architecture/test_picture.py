"""The picture and the tables of the architecture page are true."""

from __future__ import annotations

import re

from tests.architecture.picture import FILE, WAYS, draw, layers
from tests.support.sites import PROJECT

PAGE = (PROJECT / "docs/contribute/architecture.md").read_text("utf-8")


def test_the_picture_shows_the_contract() -> None:
    assert FILE.read_text("utf-8") == draw(), "draw it again: make architecture"


def test_the_ways_pass_packages_that_exist_in_the_order_that_the_page_tells() -> None:
    parts = re.findall(r"^## The way of .*?(?=^## )", PAGE, re.MULTILINE | re.DOTALL)
    assert [tuple(re.findall(r"^\d\. `(\w+)`", part, re.MULTILINE)) for part in parts] == [way.stops for way in WAYS]
    assert {stop for way in WAYS for stop in way.stops} <= {*layers()}


def test_every_place_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`((?:macros|docs|playbook_data)/[^`]*)`", PAGE))
    assert [path for path in sorted(named) if not (PROJECT / path).exists()] == []
