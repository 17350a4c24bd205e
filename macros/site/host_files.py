"""What a host is told beside redirects: the headers to send with each page, and that robots may read everything.

`headers_file` and `headers_nginx_file` return the headers in two forms. Each repeats the policy that every page states itself, and adds what only
a host can say: that no other site may show a page in a frame, that the site is reached by https alone, and that scripts of any other site may read
what is here. All of it is public, and no page depends on who asks. The cards of entries are made for frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.playbook.urls import CARDS

HEADERS_FILE = "_headers"
HEADERS_NGINX_FILE = "headers.nginx.conf"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'self'"
)
"""What a page may load and run, as each page and the host say it."""
HEADERS: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
}
_TYPES: Mapping[str, str] = {
    "text/html": "html htm",
    "text/css": "css",
    "text/javascript": "js mjs",
    "text/plain": "txt bib",
    "text/markdown": "md",
    "text/csv": "csv",
    "text/x-python": "py",
    "application/json": "json map",
    "application/xml": "xml",
    "application/manifest+json": "webmanifest",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/gzip": "gz",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg jpeg",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
    "image/x-icon": "ico",
    "font/woff2": "woff2",
    "font/woff": "woff",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
}
"""The endings of files by type. nginx knows neither Markdown nor tables, and takes either no types of its own or all of them."""
_IN_UTF_8 = ("text/css", "text/javascript", "text/plain", "text/markdown", "text/csv", "text/x-python", "application/json", "application/xml")
"""Besides HTML, what is text."""
NO_FRAMES = "frame-ancestors 'none'"
"""A second policy, which all pages have but the cards: hosts join two headers of one name, and browsers keep both policies."""
_MADE = "# Made by the build: "


def headers_file(urls: Iterable[str], prefix: str = "/", *, has_versions: bool = False) -> bytes:
    """Returns `_headers`, as Netlify and Cloudflare Pages read it, for a site with pages at `urls`.

    `prefix` is the path of the site: `/` or `/playbook/`. These hosts know no exception, so each folder but that of the cards is named: once for the
    top of the site, and once for all versions of a site that has them. Without versions, `:version` would be the folder of the cards.
    """
    rows = [f"  {name}: {value}" for name, value in HEADERS.items()]
    folders = sorted({url.partition("/")[0] for url in urls if "/" in url} - {CARDS.rstrip("/")})
    tops = ("", ":version/") if has_versions else ("",)
    unframed = ["404.html", *tops, *(f"{top}{folder}/*" for folder in folders for top in tops)]
    more = [line for path in unframed for line in (f"{prefix}{path}", f"  Content-Security-Policy: {NO_FRAMES}")]
    return "\n".join([f"{_MADE}what the host sends with each page.", f"{prefix}*", *rows, *more, ""]).encode()


def headers_nginx_file() -> bytes:
    """Returns the same for nginx; a comment in it says where it belongs."""
    rows = [f'set $playbook_framed "{NO_FRAMES}";', f'if ($uri ~ "/{CARDS}[^/]+/[^/]+/") {{ set $playbook_framed ""; }}']
    rows += [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    rows += ['add_header Content-Security-Policy "$playbook_framed" always;']
    types = [f"  {type} {endings};" for type, endings in _TYPES.items()]
    rows += ["charset utf-8;", f"charset_types {' '.join(_IN_UTF_8)};", "types {", *types, "}", "default_type application/octet-stream;"]
    return "\n".join(
        [f"{_MADE}what nginx sends with each page. Include this file in the block `server` or `location` of the site.", *rows, ""]
    ).encode()


def robots_file(address: str) -> bytes:
    """Returns `robots.txt` for a site at `address`, which may be unknown."""
    sitemap = f"\nSitemap: {address}sitemap.xml\n" if address else ""
    return f"{_MADE}robots may read everything.\nUser-agent: *\nAllow: /\n{sitemap}".encode()


def is_made_robots_file(content: bytes) -> bool:
    """Returns whether a build made it, and no person."""
    return content.startswith(_MADE.encode())
