"""One table of what has moved, for every host: pages that stand in for those that are gone, rules for hosts that have some.

Enters: the table: from each old address to the new one, in one step. Leaves: files. A host with rules answers before any page is read;
elsewhere the page at the old address is the one at the new address, so that every anchor in it works without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.pages.renderer import environment
from macros.playbook import urls
from macros.text.markdown import escape_html

RULES = "_redirects"
NGINX = "redirects.nginx.conf"
SCRIPT = "assets/js/new-address.js"
_TOP = "<!--/playbook:banner-->"
"""Where a page may be told of above its text."""
_HEAD = re.compile(r"<head\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address, and the one to go to: for good, or for as long as that is the latest version."""

    old: str
    new: str
    for_good: bool = True

    @property
    def status(self) -> int:
        """What a server answers."""
        return 301 if self.for_good else 302


def redirects_of(moved: Mapping[str, str], under: str = "") -> tuple[Redirect, ...]:
    """The table of one version of the site; `under` is its folder: `1.1/`."""
    return tuple(Redirect(f"{under}{old}", f"{under}{new}") for old, new in moved.items())


def stand_in(html: str, redirect: Redirect, *, above: str = "") -> str:
    """The page at the new address as it is served at the old one.

    Its links count from the new address. With scripts, the browser goes there and takes the anchor along; `above` is the
    way from the new address to the top of its version, where that script is. Without, the reader is told of a move.
    """
    base = escape_html(urls.relative(redirect.new, redirect.old))
    script = f'<script src="{escape_html(above + SCRIPT)}"></script>'
    html = _HEAD.sub(lambda head: f'{head[0]}<base href="{base}">{script}', html, count=1)
    is_same_page = redirect.new.endswith(f"/{redirect.old}") or not redirect.old
    return html if is_same_page else html.replace(_TOP, _TOP + str(environment().get_template("_moved.html.jinja").render()), 1)


def rules_file(table: Iterable[Redirect], prefix: str = "/") -> bytes:
    """`_redirects`, as Netlify, Cloudflare Pages and GitLab Pages read it. `prefix` is the path of the site: `/` or `/playbook/`."""
    lines = [f"{prefix}{row.old} {prefix}{row.new} {row.status}" for row in table]
    return "\n".join(["# Made by the build: what has moved, and where to. The browser keeps the part after #.", *lines, ""]).encode()


def nginx_file(table: Iterable[Redirect], prefix: str = "/") -> bytes:
    """A map for nginx, with what to write beside it."""
    head = (
        "# Made by the build: what has moved, and where to. The browser keeps the part after #.\n"
        "# Include this file in the block `http`, then write into the block `server`:\n"
        "#   if ($playbook_moved_for_good) { return 301 $playbook_moved_for_good$is_args$args; }\n"
        "#   if ($playbook_moved_today) { return 302 $playbook_moved_today$is_args$args; }\n"
    )
    table = tuple(table)
    maps = [_map("playbook_moved_for_good", table, prefix, for_good=True), _map("playbook_moved_today", table, prefix, for_good=False)]
    return (head + "\n".join(maps)).encode()


def _map(variable: str, table: Iterable[Redirect], prefix: str, *, for_good: bool) -> str:
    rows = [f"  {prefix}{row.old} {prefix}{row.new};\n" for row in table if row.for_good is for_good]
    longest = max((len(row) for row in rows), default=0)
    size = "" if longest < 50 else "map_hash_bucket_size 512;\n" if for_good else ""
    return f'{size}map $uri ${variable} {{\n  default "";\n{"".join(rows)}}}\n'
