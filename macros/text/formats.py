"""Formats figures and dates as people read them: `£30,000`, `61%`, `£1.2 billion`, `over 30 funds`, `7 December 2001`."""

from __future__ import annotations

import calendar
from decimal import Decimal

from macros.schema.parts import Figure, Period

_MILLION = 1_000_000
_BILLION = 1_000_000_000
_ROUND = 10_000
"""What a count must be a multiple of, so that it stays exact in millions."""


def format_figure(figure: Figure) -> str:
    """Returns the figure's value with its unit and bound."""
    formatted = format_value(figure.value, figure.unit)
    return f"{figure.bound} {formatted}" if figure.bound else formatted


def format_value(value: float, unit: str) -> str:
    """Returns `value` with `unit`: thousands are separated, and what is larger is in millions, or in billions of pounds."""
    if value < 0:
        return f"−{format_value(-value, unit)}"
    if unit == "£" and value >= _BILLION:
        return f"£{_without_trailing_zeros(value / _BILLION)} billion"
    in_millions = value >= _MILLION and (unit == "£" or value % _ROUND == 0)
    number = f"{_without_trailing_zeros(value / _MILLION)} million" if in_millions else _without_trailing_zeros(value)
    if unit in ("£", "$", "€"):
        return f"{unit}{number}"
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def _without_trailing_zeros(value: float) -> str:
    if 0 < value < 0.01:
        return f"{Decimal(repr(value)):f}"  # rounded, it might be nothing
    return f"{abs(value):,.2f}".rstrip("0").rstrip(".")  # YAML has a zero below zero


def format_date(iso: str) -> str:
    """Returns `2001-12-07` as `7 December 2001`; a year or a month alone stays one."""
    year, *rest = iso.split("-")
    month = f"{calendar.month_name[int(rest[0])]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"


def format_period(period: Period) -> str:
    """Returns `1997 to 2007`; if the source gives no start or end, the dates between which it is known to have run."""
    begin, end = period.from_ or period.known_from or "", period.to or period.known_until or ""
    if begin == end:
        return format_date(begin) if period.from_ and period.to else f"running in {format_date(begin)}"
    first = format_date(begin) if period.from_ else f"by {format_date(begin)}"
    if not end:
        return f"from {first}" if period.from_ else first
    if period.to:
        return f"{first} to {format_date(end)}" if period.from_ else f"{first}, until {format_date(end)}"
    return f"{first}, last reported in {format_date(end)}"
