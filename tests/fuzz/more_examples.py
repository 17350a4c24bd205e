"""A plugin of pytest for `make fuzz`: the tests that are made for any example run with more of them, which the seed chooses."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

CASES_A_TIME = 500
"""How many trials of `make fuzz` have each test run as often again as `make test` does."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--cases`, the number of trials that `make fuzz` makes."""
    parser.addoption("--cases", type=int, default=10_000)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keeps those tests alone."""
    times = max(1, config.getoption("--cases") // CASES_A_TIME)
    items[:] = [item for item in items if isinstance(item, pytest.Function) and hasattr(item.function, "hypothesis")]
    for test in {item.function for item in items}:
        few = test._hypothesis_internal_use_settings  # Hypothesis has no other way to change what a test has set
        more = settings(few, max_examples=few.max_examples * times, derandomize=False, suppress_health_check=[*HealthCheck])
        test._hypothesis_internal_use_settings = more
