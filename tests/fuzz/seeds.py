"""What broken files are made from.

Takes the playbooks of this repository and the specs of its problems. Returns files, and pieces that YAML and Markdown stumble over.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tests.support.playbooks import BASE

PROJECT = Path(__file__).parent.parent.parent
SPECS = PROJECT / "tests" / "specs" / "problems"
_BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<how>yaml|markdown|escaped) (?P<path>.*)\n(?P<content>(?s:.*?))^(?P=fence)$", re.MULTILINE)

_READ = re.compile(r"playbook_data/(?:[a-z-]+/)?[a-z][a-z0-9-]*\.yml|docs/.*\.md")
"""Files that the check opens."""

Seed = tuple[str, bytes]
"""A file's path in the playbook, and its bytes."""

TOKENS: tuple[bytes, ...] = tuple(
    token if isinstance(token, bytes) else token.encode("utf-8", "surrogatepass")
    for token in (
        *("&a ", "*a", "*a ", "&a &b ", "<<: ", "<<: *a\n", "!", "! ", "!!", "!t ", "!!str ", "!!python/object:os.system ", "!<x> ", "!e!x "),
        *("%YAML 1.2\n", "%YAML 9.9\n", "%TAG ! x:\n", "%x\n", "---\n", "--- ", "...\n", "\n---\n", "\n...\n", "- ", "-", "- - - ", "? ", "?", ": ", ":", "::"),
        *("|", ">", "|-\n", ">-\n", "|2-\n", ">+\n", "|9\n", "|0\n", "| x\n", ">\n\n\n", "|+\n  x\n\n\n", "[", "]", "{", "}", ",", "[]", "{}", "[,]", "{a: }", "{[a]: b}"),
        *("'", '"', "''", '""', "'''", "\\", "\\x", "\\u", "\\ud800", "\\U00110000", '"\\0"', '"\\e[31m"', "\\\n", "“", "”", "‘", "’", "—", "–", "•", "…"),
        *("#", " #", "# ", "\n#", "@", "`", "%", "=", "~", "null", "yes", "no", "on", "off", "true", "1.10", "010", "0x", "0o7", "1_0", "1:30", "1e400", ".nan", "-.inf"),
        *("2026-13-01", "2026-02-30", "2026-01-01 10:00:00 +99:99", "0001-01-01", "99999-01-01", "9" * 400, "0x" + "F" * 4000, "1" + ":59" * 300),
        *("\t", "\n", "\r", "\r\n", "\n\n\n", "  ", "    ", " ", "\n ", "\n\t", "\x85", "\u2028", "\u2029", "\0", "\x07", "\x1b[2J", "\x7f", "\x9b", "\ufeff", "\ufffe"),
        *("\u202e", "\u2066", "\u200b", "\u200d", "\xad", "\xa0", "\u3000", "é", "e\u0301", "😀", "👩‍👩‍👧", "ﷺ", "\ud800", "\udfff", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
        *("[[", "]]", "[[nao]]", "[[nao|x]]", "[[x|y]]", "[[|]]", "[[]]", "[](", "![", "[x](javascript:1)", "[x](url)", "[x](<", "[x]: y\n", "<b>", "<!--", "<a@b.org>"),
        *("# ", "\n===\n", "**", "__", "_*_", "~~~\n", "```\n", "|a|b|\n|-|-|\n", "> ", "1. ", "* ", "{{ x }}", "{% x %}", "&#0;", "&amp;", "&#x202e;", "TODO", "TBC", "lorem ipsum"),
        *("title: ", "summary: x\n", "sources: [{source: nao, at: x}]\n", "see: [nao]\n", "reviewed: {on: 2026-01-01, by: delivery-team, outcome: x}\n", "id: x\n"),
        *("status: withdrawn\n", "reason: x\n", "formerly: [nao]\n", "formerly: [an-older-id]\n", "replaced_by: ", "order: ", "tags: [", "url: javascript:1\n", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> main\n"),
    )
)  # fmt: skip
"""What YAML, Markdown and this program may stumble over."""

REPEATED = (
    *(b"*", b"[", b"`", b"|", b">", b"_", b"(", b"<", b"&", b"#", b"\\", b"'", b'"', b"-", b":", b"{", b"]", b"!", b"~", b" ", b"\t", b"\n", b"\r", b"\xc2\xa0", b"x"),
    *(b"- ", b"? ", b": ", b"a: ", b"a: b\n", b"[a, ", b"{a: ", b"[[", b"[[a|", b"[[nao]] ", b"![[", b"[a](", b"[x](javascript:1) ", b"*_a ", b"**a", b"`a`", b"|-", b"|a", b"\n> ", b"\n- ", b"\n  "),
    *(b"''", b'""', b"\\n", b"\\x", b"&#x", b"&a ", b"*a ", b"!t ", b"<<: ", b"#\n", b"---\n", b"...\n", b"%x\n", b"TODO ", b"<a ", b"</", b"1. ", b"1:", b"9", b"\xf0\x9f\x98\x80", b"\xff", b"[`", b"](", b"<!--"),
)  # fmt: skip
"""What is slow, or deep, where it stands thousands of times."""


@cache
def seeds() -> tuple[Seed, ...]:
    """Files that are whole, and files that are broken in every way that a spec tells of."""
    real = [(path.relative_to(PROJECT).as_posix(), path.read_bytes()) for path in sorted((PROJECT / "playbook_data").glob("*/*.yml"))]
    specs = [seed for spec in sorted(SPECS.glob("*.md")) for seed in _told(spec.read_text("utf-8"))]
    base = [(path, content.encode()) for path, content in BASE.items()]
    return tuple(real + specs + base * (1 + len(real) // len(base)))


def _told(spec: str) -> list[Seed]:
    return [(block["path"], _bytes(block["how"], block["content"])) for block in _BLOCK.finditer(spec) if _READ.fullmatch(block["path"])]


def _bytes(how: str, content: str) -> bytes:
    return content.encode("latin-1").decode("unicode_escape").encode("latin-1") if how == "escaped" else content.encode()
