"""The forms that a text may be required to have, each with the rule that it breaks otherwise and the words for it.

Whatever reports such a text asks its `Pattern`: the check, the schemas of editors and the documentation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from macros.problems.rules import ID_CHARACTERS
from macros.yamlfile.source import HIDDEN

SLUG = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"
"""An id: lower-case letters, digits and single hyphens, beginning with a letter."""
LONGEST_SLUG = 60
_HIDDEN = HIDDEN.pattern.strip("[]")
ANCHOR = rf"^[^\s#{_HIDDEN}](?:[^\n{_HIDDEN}]*[^\s{_HIDDEN}])?$"
"""The part of an address after its `#`: whatever a release may have published, so that each can be told of."""
LONGEST_ANCHOR = 1000
SCHEMES = ("http", "https", "mailto", "data", "javascript", "vbscript", "file", "ftp", "tel", "about", "blob")
"""What addresses begin with in front of their colon, so that no other playbook is called so."""
OUTSIDE_ID = rf"{SLUG[1:-1]}:[^\s\[\]|/][^\[\]|\n]*"
"""The id of a page of another playbook: the prefix of that playbook, a colon and its name there."""
LONGEST_OUTSIDE_ID = 300
_BEFORE_ANCHOR = r"^[\s#]+"
NEW_ANCHOR = r"\w[\w.:-]*"
"""What somebody may write as an anchor now: it stands in an address as it is, and needs no quotes anywhere."""
PAGE_ADDRESS = r"^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)+$"
"""The address of a page below that of the site, as a release can promise it on any disk and in any browser."""
FINGERPRINT = r"^[1-9]\d{0,2}:[0-9a-f]{8,64}$"
"""What an entry means, in short: the number of the algorithm, a colon, the first digits of a hash."""
_READ_AS_OTHERS = "\u2047-\u2049\u2100\u2101\u2105\u2106\u2a74\ufe13\ufe16\ufe55\ufe56\ufe5f\ufe6b\uff03\uff0f\uff1a\uff1f\uff20"
"""Characters that browsers read as `/`, `:`, `?`, `#` or `@`: in the name of a host they make an address that nothing can open."""
WEB_ADDRESS = rf'^https?://[^\s"<>/?#:%\[\]\\{_READ_AS_OTHERS}]+(?::[0-9]{{1,5}})?(?:[/?#][^\s"<>]*)?$'
"""A web address with the name of a host, which a browser can open."""
_HOST = rf"[^\s\"<>/?#:%@\[\]\\{_READ_AS_OTHERS}]+"
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file"""
_INVISIBLE = ("Zs", "Cf", "Cc")
"""Categories of Unicode that look like an ordinary space, or like nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """The form that a text must have, as a marker of its type.

    `message` is what the check says about a text of another form. `{found}` becomes the text, `{value}` the type of the value.
    `help` says what to write instead, or makes that from the text. `editor` is what an editor says.
    """

    regex: str
    rule: str
    message: str
    help: str | Callable[[str], str]
    editor: str

    def help_for(self, found: str) -> str:
        """What to write instead of `found`."""
        return self.help if isinstance(self.help, str) else self.help(found)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """The schema of the type, made to refuse what has another form."""
        schema = handler(source)
        text = schema
        while "schema" in text:
            text = text["schema"]
        text["pattern"] = self.regex
        return schema

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        """The keywords of JSON Schema that say the same."""
        return {**handler(core_schema), "pattern": self.regex, "patternErrorMessage": self.editor}


def slug_of(text: str, *, longest: int = LONGEST_SLUG) -> str:
    """Returns the id that `text` comes closest to, cut after `longest` characters; empty if it has no letter."""
    with_hyphens = re.sub("[\u00ad\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKD", text))
    plain = with_hyphens.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789")[:longest].strip("-")


def split_outside(id: str) -> tuple[str, str] | None:
    """Returns the prefix and the name in the id of a page of another playbook, such as `nz:silos`; None for any other text."""
    prefix, _, name = id.partition(":")
    return (prefix, name) if prefix not in SCHEMES and re.fullmatch(OUTSIDE_ID, id) else None


def is_device(name: str) -> bool:
    """Whether Windows takes `name`, with any ending, for a device and not for a file: `con`, `aux`, `lpt1`."""
    return bool(_DEVICE.fullmatch(name))


def odd_character(text: str) -> str:
    """Returns what to take out of a name that looks right and is not: an unusual space, or an invisible character."""
    found = next((char for char in text if char != " " and unicodedata.category(char) in _INVISIBLE), None)
    return f"there is an invisible character in it (U+{ord(found):04X}): write it again" if found else ""


def intended_id(text: str) -> str:
    """Returns the id that `text` names where it is written as a link, as an address or as a file; of any other text, what `slug_of` makes."""
    bare = re.sub(r"^\[\[|(\|.*)?\]\]$", "", text.strip())
    if " " in bare:
        return slug_of(bare)
    path = re.sub(r"/(index\.\w+)?$|\.(ya?ml|md|html?|json)$", "", re.sub("[#?].*", "", bare), flags=re.IGNORECASE)
    return slug_of(path.rpartition("/")[2])


def intended_ids(text: str) -> tuple[str, ...]:
    """Returns the ids that `text` names, if there are commas or semicolons between them; else one id, or none."""
    return tuple(filter(None, map(intended_id, re.split("[,;]", text.strip("[]() ")))))


def _id_help(found: str) -> str:
    if " - " in found:
        return "begin each '- ' right below the one above it"
    if len(ids := intended_ids(found)) > 1:
        return f"each id stands alone; in brackets, separate them with a comma: {', '.join(ids)}"
    return odd_character(found) or f"an id has {ID_CHARACTERS}, such as {intended_id(found) or 'data-sharing'}"


def _intended_address(text: str) -> str:
    """Returns the address that `text` names where it is written as a web address, as that of a version, or as the file of a page; else nothing."""
    path = re.sub(r"^\w+://[^/]*|[?#].*", "", text.strip())
    path = re.sub(r"(?:^|.*/)(?:latest|\d+\.\d+)/|(?:^|(?<=/))index\.\w+$|\.(?:html?|md)$", "", path, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode()
    names = (re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-") for name in plain.split("/"))
    return "" if re.search(r"\.\w+$", path) else "".join(f"{name}/" for name in names if name)


def _address_help(found: str) -> str:
    return f"write it from the top of the site, with a / only at its end, such as {_intended_address(found) or 'numbers/'}"


def _web_help(found: str) -> str:
    whole = "write it whole, beginning with https://"
    return f"{whole} and the name of the site" if found.startswith(("https://", "http://")) else whole


def _mail_help(found: str) -> str:
    inside = re.search(r"(?<![^\s<(:])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?![^\s>),;])", found)
    return f"write the address alone: {inside[0]}" if inside else "write name@host"


def _anchor_help(found: str) -> str:
    if hidden := HIDDEN.search(found):
        return f"there is an invisible character in it (U+{ord(hidden[0]):04X}): write it again"
    return f"write it without its #, such as {re.sub(_BEFORE_ANCHOR, '', found).strip() or 'figures'}"


def _site_help(found: str) -> str:
    """What to write for the address of a site: safe, whole, and with a slash at its end."""
    bare = re.sub(r"[?#].*$|(?<=/)[^/]*\.\w+$", "", re.sub(r"^\w+:/*", "", found.strip()))
    return f"write https://{bare.rstrip('/')}/" if "." in bare.partition("/")[0] else "write it whole, such as https://playbook.example.org/"


AN_ID = Pattern(SLUG, "not-an-id", "'{found}' cannot be an id", _id_help, f"An id has {ID_CHARACTERS}, and begins with a letter.")
AN_ID_ANYWHERE = Pattern(
    rf"^(?:{SLUG[1:-1]}|{OUTSIDE_ID})$",
    "not-an-id",
    "'{found}' cannot be an id",
    _id_help,
    f"{AN_ID.editor} One of another playbook begins with that playbook’s prefix, such as nz:silos.",
)
AN_ANCHOR = Pattern(
    ANCHOR,
    "not-an-anchor",
    "'{found}' cannot be an anchor",
    _anchor_help,
    "Write the anchor without its #.",
)
A_FINGERPRINT = Pattern(
    FINGERPRINT,
    "not-a-fingerprint",
    "'{found}' is not a fingerprint",
    "remove `seen:`, or let `playbook review` write it",
    "Leave fingerprints to `playbook review`, which writes them.",
)
A_FULL_DATE = Pattern(
    r"^\d{4}-\d\d-\d\d$",
    "not-a-date",
    "expected a full date, found {value}",
    "write year-month-day, such as 2026-11-20",
    "Write year-month-day, such as 2026-11-20.",
)
A_WEB_ADDRESS = Pattern(
    WEB_ADDRESS,
    "not-an-address",
    "'{found}' is not a web address",
    _web_help,
    "Write a web address whole, beginning with https://.",
)
A_MAIL_ADDRESS = Pattern(
    r"^[^\s@<>()\[\],;:#%/\\\"'?&]+@[^\s@<>()\[\],;:#%/\\\"'?&]+\.[^\s@<>()\[\],;:#%/\\\"'?&]+$",
    "not-an-address",
    "'{found}' is not an email address",
    _mail_help,
    "Write an email address: name@host.",
)
A_DOCS_FILE = Pattern(
    r"^[A-Za-z0-9][A-Za-z0-9._/-]*$",
    "not-a-file-name",
    "'{found}' is not a file inside docs/",
    "write its path from docs/, such as assets/approach/picture.svg",
    "Write the file's path from docs/, such as assets/approach/picture.svg.",
)
A_SITE_ADDRESS = Pattern(
    PAGE_ADDRESS,
    "not-an-address",
    "'{found}' is not an address in this site",
    _address_help,
    "Write the address from the top of the site, such as numbers/ or about/numbers/.",
)
A_SITE_OUTSIDE = Pattern(
    rf"^https://{_HOST}(?::[0-9]{{1,5}})?/(?:[A-Za-z0-9._~-]+/)*$",
    "not-an-address",
    "'{found}' is not the address of a site's first page",
    _site_help,
    "Write the address of the site’s first page, from https:// to a / at its end.",
)
A_SITE_BEFORE = Pattern(
    rf"^https?://{_HOST}(?::[0-9]{{1,5}})?/(?:[A-Za-z0-9._~-]+/)*$",
    A_SITE_OUTSIDE.rule,
    A_SITE_OUTSIDE.message,
    _site_help,
    A_SITE_OUTSIDE.editor,
)
AN_INVENTORY = Pattern(
    rf"^(?:https://{_HOST}(?::[0-9]{{1,5}})?/)?(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*[A-Za-z0-9_~-][A-Za-z0-9._~-]*$",
    "not-an-address",
    "'{found}' is not the address of an inventory",
    "write where it is below the address of the site, such as objects.inv, or a whole address that begins with https://",
    "Write where it is below the address of the site, such as objects.inv.",
)
