"""The day of a build, which SOURCE_DATE_EPOCH can set: MkDocs reads it, and does not say what is wrong with it.

`require_date_of_build` raises UserError if it is no date.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from macros.problems.problem import printable, short
from macros.problems.user_error import UserError

VARIABLE = "SOURCE_DATE_EPOCH"


def require_date_of_build() -> None:
    """Raises: UserError, if the variable of the environment is set to what is no date."""
    given = os.environ.get(VARIABLE)
    try:
        datetime.fromtimestamp(0 if given is None else int(given), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"{VARIABLE} is '{printable(short(given or ''))}', which is no number of seconds since 1970"
        raise UserError(message, f"type: unset {VARIABLE}") from None
