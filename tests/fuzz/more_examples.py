"""A plugin of pytest for `make fuzz`: the tests that are made for any example run with twenty times as many, which the seed chooses."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

TIMES = 20


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps those tests alone."""
    items[:] = [item for item in items if isinstance(item, pytest.Function) and hasattr(item.function, "hypothesis")]
    for test in {item.function for item in items}:
        few = test._hypothesis_internal_use_settings  # Hypothesis has no other way to change what a test has set
        more = settings(few, max_examples=few.max_examples * TIMES, derandomize=False, suppress_health_check=[*HealthCheck])
        test._hypothesis_internal_use_settings = more
