"""Figures as people read them.

Enters: a value and its unit. Leaves: `£30,000`, `61%`, `£1.2 billion`, `over 30 funds`.
"""

from __future__ import annotations

import calendar

from macros.kinds import Figure

_MILLION = 1_000_000
_BILLION = 1_000_000_000


def show_figure(figure: Figure) -> str:
    """The figure's value with its unit and bound."""
    shown = show_value(figure.value, figure.unit)
    return f"{figure.bound} {shown}" if figure.bound else shown


def show_value(value: float, unit: str) -> str:
    """`value` in words that a person can say: thousands are separated, large sums of money are in millions or billions."""
    if unit == "£" and value >= _BILLION:
        return f"£{_short(value / _BILLION)} billion"
    if unit == "£" and value >= _MILLION:
        return f"£{_short(value / _MILLION)} million"
    number = _short(value)
    if unit in ("£", "$", "€"):
        return f"{unit}{number}"
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def _short(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def show_date(iso: str) -> str:
    """`2001-12-07` as `7 December 2001`; less where less is known."""
    year, *rest = iso.split("-")
    month = f"{calendar.month_name[int(rest[0]) - 1]} " if rest else ""
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    return f"{day}{month}{year}"
