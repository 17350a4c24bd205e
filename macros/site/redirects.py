"""Redirects for every host: pages at old addresses, and rule files for hosts that support them.

Everything takes one table: from each old address straight to its current one. A host with rules answers before any page is read;
elsewhere the page at the old address is a copy of the new one, so that every anchor in it works without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.pages.renderer import environment
from macros.playbook import urls
from macros.text.markdown import escape_html

RULES_FILE = "_redirects"
NGINX_FILE = "redirects.nginx.conf"
SCRIPT = "assets/js/new-address.js"
_BANNER_END = "<!--/playbook:banner-->"
"""Where a notice may be inserted above the text."""
_HEAD = re.compile(r"<head\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and the one to go to.

    `is_permanent` if nothing can change that any more: a browser that was told so never asks again, and would go round in a circle once an
    entry has its old name back.
    """

    old: str
    new: str
    is_permanent: bool = False

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return 301 if self.is_permanent else 302


def redirects_of(moved: Mapping[str, str], under: str = "", *, is_permanent: bool = False) -> tuple[Redirect, ...]:
    """Returns the table of one version of the site; `under` is its folder: `1.1/`."""
    return tuple(Redirect(f"{under}{old}", f"{under}{new}", is_permanent) for old, new in moved.items())


def redirect_page(html: str, redirect: Redirect, *, above: str = "") -> str:
    """Returns the page at the new address as it is served at the old one.

    Its links are relative to the new address. With scripts, the browser goes there and keeps the anchor; `above` is the relative path from
    the new address to the top of its version, where that script is. Without scripts, a notice says that the page has moved.
    """
    base = escape_html(urls.relative(redirect.new, redirect.old))
    script = f'<script src="{escape_html(above + SCRIPT)}"></script>'
    html = _HEAD.sub(lambda head: f'{head[0]}<base href="{base}">{script}', html, count=1)
    is_same_page = redirect.new.endswith(f"/{redirect.old}") or not redirect.old
    return html if is_same_page else html.replace(_BANNER_END, _BANNER_END + str(environment().get_template("_moved.html.jinja").render()), 1)


def rules_file(table: Iterable[Redirect], prefix: str = "/") -> bytes:
    """Returns `_redirects`, as Netlify, Cloudflare Pages and GitLab Pages read it. `prefix` is the path of the site: `/` or `/playbook/`."""
    lines = [f"{prefix}{row.old} {prefix}{row.new} {row.status}" for row in table]
    return "\n".join(["# Made by the build: what has moved, and where to. The browser keeps the part after #.", *lines, ""]).encode()


def nginx_file(table: Iterable[Redirect], prefix: str = "/") -> bytes:
    """Returns a map for nginx; a comment in it says what to add to the configuration."""
    head = (
        "# Made by the build: what has moved, and where to. The browser keeps the part after #.\n"
        "# Include this file in the block `http`, then write into the block `server`:\n"
        "#   if ($playbook_moved_for_good) { return 301 $playbook_moved_for_good$is_args$args; }\n"
        "#   if ($playbook_moved_today) { return 302 $playbook_moved_today$is_args$args; }\n"
    )
    table = tuple(table)
    maps = [_map("playbook_moved_for_good", table, prefix, is_permanent=True), _map("playbook_moved_today", table, prefix, is_permanent=False)]
    return (head + "\n".join(maps)).encode()


def _map(variable: str, table: Iterable[Redirect], prefix: str, *, is_permanent: bool) -> str:
    rows = [f"  {prefix}{row.old} {prefix}{row.new};\n" for row in table if row.is_permanent is is_permanent]
    longest = max((len(row) for row in rows), default=0)
    size = "" if longest < 50 else "map_hash_bucket_size 512;\n" if is_permanent else ""
    return f'{size}map $uri ${variable} {{\n  default "";\n{"".join(rows)}}}\n'
