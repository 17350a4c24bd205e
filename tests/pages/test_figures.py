"""Figures, dates and periods as people read them."""

from __future__ import annotations

import pytest

from macros.pages.figures import Owned
from macros.schema.kinds import KINDS
from macros.schema.parts import Figure, Period
from macros.text.formats import format_date, format_figure, format_period, format_value

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (30000, "£", "£30,000"),
        (999_999, "£", "£999,999"),
        (1_000_000, "£", "£1 million"),
        (47_800_000, "£", "£47.8 million"),
        (250_000, "£", "£250,000"),
        (1_200_000_000, "£", "£1.2 billion"),
        (5.5, "$", "$5.5"),
        (61, "%", "61%"),
        (0.25, "%", "0.25%"),
        (1850, "people", "1,850 people"),
        (3_700_000, "businesses", "3.7 million businesses"),
        (3_712_345, "businesses", "3,712,345 businesses"),
        (100, "cases a week", "100 cases a week"),
        (0, "people", "0 people"),
        (-0.0, "people", "0 people"),
        (0.004, "%", "0.004%"),
        (1e-11, "%", "0.00000000001%"),
        (-5_000_000, "£", "−£5 million"),
        (-3, "%", "−3%"),
    ],
)
def test_a_value_with_its_unit(value: float, unit: str, shown: str) -> None:
    assert format_value(value, unit) == shown


@pytest.mark.parametrize(("bound", "shown"), [(None, "£30,000"), ("about", "about £30,000"), ("over", "over £30,000"), ("up to", "up to £30,000")])
def test_a_figure_says_how_exact_it_is(bound: str | None, shown: str) -> None:
    assert format_figure(figure(bound=bound)) == shown


@pytest.mark.parametrize(("number", "month"), list(enumerate(MONTHS, 1)))
def test_a_date_names_its_month(number: int, month: str) -> None:
    assert format_date(f"2001-{number:02}-07") == f"7 {month} 2001"
    assert format_date(f"2001-{number:02}") == f"{month} 2001"


def test_a_year_alone_is_a_year() -> None:
    assert format_date("2001") == "2001"


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ({"from": "1997", "to": "2007"}, "1997 to 2007"),
        ({"from": "1999-04", "to": "2002-03-31"}, "April 1999 to 31 March 2002"),
        ({"from": "2013"}, "from 2013"),
        ({"from": "2011", "known_until": "2015"}, "2011, last reported in 2015"),
        ({"known_from": "1997", "known_until": "2001"}, "by 1997, last reported in 2001"),
        ({"known_from": "1997", "to": "2001"}, "by 1997, until 2001"),
        ({"known_from": "1997"}, "by 1997"),
        ({"known_from": "2016", "known_until": "2016"}, "running in 2016"),
        ({"from": "2016", "to": "2016"}, "2016"),
    ],
)
def test_a_period_says_what_is_known(period: dict[str, str], shown: str) -> None:
    assert format_period(Period.model_validate(period)) == shown


@pytest.mark.parametrize(
    ("when", "year"), [(None, None), ("a week", None), ("May 2015", 2015), ("April 1999 to March 2002", 2002), ("2003-04", 2003)]
)
def test_a_figure_is_sorted_by_the_last_year_that_it_names(when: str | None, year: int | None) -> None:
    assert Owned(KINDS["stages"].model_construct(), figure(when=when)).year == year


def figure(**fields: object) -> Figure:
    return Figure.model_validate({"source": "nao", "at": "para 9", "name": "cost", "value": 30000, "unit": "£", "measures": "A cost"} | fields)
