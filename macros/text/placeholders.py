"""What marks a text as unfinished. Gives regular expressions."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\b(?:TODO|TBC|TBD|FIXME|XXX)\b|\blorem ipsum\b", re.IGNORECASE)
PLACEHOLDER_LINK = re.compile(r"(?:https?://)?(?:url|link|todo|tbc|tbd|#|(?:www\.)?example\.(?:com|org|net)/?)", re.IGNORECASE)
