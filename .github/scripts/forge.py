"""The part of GitHub's API that the workflows need, with Python alone: nothing is installed where a token is.

Enters: what a workflow's environment says (the API's address, the repository, the token). Leaves: what GitHub answers.
"""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

BOT = "github-actions[bot]"
"""Who speaks with a workflow's own token."""
LONGEST = 65_000
"""Characters of an issue or a comment; GitHub takes 65,536."""
A_PAGE = 100
MOST_PAGES = 50


class InvalidPlaybook(Exception):
    """GitHub did not do what it was asked."""


def ask(method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """What GitHub answers to a question about this repository. `path` begins after `/repos/OWNER/NAME`.

    Raises: InvalidPlaybook.
    """
    address = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}{path}"
    headers = {
        "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
        "Content-Type": "application/json",
        "User-Agent": "playbook-workflows",
    }
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        said = error.read(500).decode("utf-8", "replace")
        raise InvalidPlaybook(f"{method} {path}: {error.code} {error.reason}\n{said}") from None
    except OSError as error:
        raise InvalidPlaybook(f"{method} {path}: {error}") from None


def ask_all(path: str, **query: str | int) -> Iterator[dict[str, Any]]:
    """Every item of a list, page after page."""
    for page in range(1, MOST_PAGES + 1):
        items = ask("GET", f"{path}?{urlencode({**query, 'per_page': A_PAGE, 'page': page})}")
        yield from items
        if len(items) < A_PAGE:
            return


def is_own(item: dict[str, Any], marker: str) -> bool:
    """Whether an issue or a comment is ours: anybody can write our marker, but not as the bot."""
    return item["user"]["login"] == BOT and marker in (item["body"] or "")


def cut(text: str, most: int) -> str:
    """`text` up to a number of characters, ending with a whole line, and saying so."""
    if len(text) <= most:
        return text
    note = "\n\n(The rest does not fit here: see the run.)\n"
    kept = text[: most - len(note)]
    return (kept[: kept.rindex("\n")] if "\n" in kept else kept) + note


def defused(text: str) -> str:
    """Text that anybody may have written, for a place where the bot says it.

    It calls nobody, shows no picture, hides nothing, and has no tags but those that fold and mark words. What is taken from
    a character is its meaning, by an invisible one after it: it looks the same, also in code.
    """
    text = re.sub(
        r"[^\n\t\x20-\x7e\xa0-\U0010ffff]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n")
    )
    text = re.sub(r"@(?=\w)", "@\N{WORD JOINER}", text)
    text = re.sub(r"!(?=\[)", "!\N{WORD JOINER}", text)
    return re.sub(r"<(?!/?(?:details|summary|ins|del|b|i|em|strong|code|sub|sup|br|kbd)\s*/?>)(?=[a-zA-Z/!?])", "<\N{WORD JOINER}", text)
