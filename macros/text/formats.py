"""Figures and dates as people read them.

Enters: a value and its unit. Leaves: `£30,000`, `61%`, `£1.2 billion`, `over 30 funds`.
"""

from __future__ import annotations

import calendar

from macros.schema.parts import Figure, Period

_MILLION = 1_000_000
_BILLION = 1_000_000_000


def show_figure(figure: Figure) -> str:
    """The figure's value with its unit and bound."""
    shown = show_value(figure.value, figure.unit)
    return f"{figure.bound} {shown}" if figure.bound else shown


def show_value(value: float, unit: str) -> str:
    """`value` in words that a person can say: thousands are separated, large sums of money are in millions or billions."""
    if value < 0:
        return f"−{show_value(-value, unit)}"
    if unit == "£" and value >= _BILLION:
        return f"£{_short(value / _BILLION)} billion"
    if unit == "£" and value >= _MILLION:
        return f"£{_short(value / _MILLION)} million"
    number = _short(value)
    if unit in ("£", "$", "€"):
        return f"{unit}{number}"
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def _short(value: float) -> str:
    decimals = 2 if value >= 0.01 else 6
    return f"{value:,.{decimals}f}".rstrip("0").rstrip(".")


def show_date(iso: str) -> str:
    """`2001-12-07` as `7 December 2001`; less where less is known."""
    year, *rest = iso.split("-")
    month = f"{calendar.month_name[int(rest[0])]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"


def show_period(period: Period) -> str:
    """`1997 to 2007`; where the source gives no beginning or no end, the dates between which it tells of it."""
    begin, end = period.from_ or period.known_from or "", period.to or period.known_until or ""
    if begin == end:
        return show_date(begin) if period.from_ and period.to else f"running in {show_date(begin)}"
    first = show_date(begin) if period.from_ else f"by {show_date(begin)}"
    if not end:
        return f"from {first}" if period.from_ else first
    if period.to:
        return f"{first} to {show_date(end)}" if period.from_ else f"{first}, until {show_date(end)}"
    return f"{first}, still running in {show_date(end)}"
