"""Ways to break a file: its bytes, its lines, its values, its size.

Takes a file and a random number generator. Returns a file that is worse; the same numbers break it in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from macros.files.layout import LARGEST_FILE
from tests.fuzz.seeds import REPEATED, TOKENS, Seed, seeds

Mutation = Callable[[Random, bytes], bytes]
_VALUE = re.compile(rb"(?<=: )[^\n]+|(?<=- )[^\n]+")
LINE_ENDS = (b"\r\n", b"\r", b"\x0b", "\x85".encode(), "\u2028".encode(), b"\n\n", b"", b" \n", b"\t\n", b"#\n", b" # x\n")
QUOTES = (
    b"'%s'",
    b'"%s"',
    b"'%s",
    b'"%s',
    b"%s'",
    b"[%s]",
    b"{%s}",
    b"[%s",
    b"|\n  %s",
    b">-\n    %s",
    b"- %s",
    b"!%s",
    b"*%s",
    b"&%s",
    b"`%s`",
    b"%s: %s",
    b"%s #%s",
)


def case(seed: int, number: int) -> Seed:
    """The case of that number: which file of the playbook is broken, and what it holds."""
    random = Random(f"{seed}:{number}")  # noqa: S311 - cases, not secrets
    path, data = random.choice(seeds())
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5, 9))):
        data = random.choices(MUTATIONS, WEIGHTS)[0](random, data)
    return path, data[: LARGEST_FILE + 1000]


def _flip(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + bytes([random.randrange(256)]) + data[at + random.randrange(2) :]


def _insert(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(TOKENS) + data[at:]


def _insert_at_line(random: Random, data: bytes) -> bytes:
    """A piece at the beginning of a line, behind its spaces, or behind its colon: where YAML looks for signs."""
    places = [found.end() for found in re.finditer(rb"(?m)^ *(?:- )?|: ?", data)]
    at = random.choice(places)
    return data[:at] + random.choice(TOKENS) + data[at:]


def _delete(random: Random, data: bytes) -> bytes:
    start, end = _stretch(random, data)
    return data[:start] + data[end:]


def _cut(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return random.choice((data[:at], data[at:]))


def _repeat(random: Random, data: bytes) -> bytes:
    start, end = _stretch(random, data)
    return data[:end] + data[start:end] * random.choice((1, 1, 2, 10, 100)) + data[end:]


def _splice(random: Random, data: bytes) -> bytes:
    _, other = random.choice(seeds())
    start, end = _stretch(random, other, longest=400)
    at = random.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at + random.choice((0, end - start)) :]


def _swap_lines(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def _repeat_line(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    number = random.randrange(len(lines))
    return b"\n".join(lines[:number] + lines[number : number + 1] * random.choice((0, 2, 2, 50)) + lines[number + 1 :])


def _indent(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    start = random.randrange(len(lines))
    step = random.choice((b" ", b"  ", b"   ", b"\t", b" \t", b"\xc2\xa0", b"- ", b"> ", b"-", b"+"))
    for number in range(start, min(len(lines), start + random.choice((1, 1, 2, 5, 99)))):
        lines[number] = lines[number][random.randrange(1, 4) :] if random.random() < 0.4 else step + lines[number]
    return b"\n".join(lines)


def _quote(random: Random, data: bytes) -> bytes:
    values = [*_VALUE.finditer(data)]
    if not values:
        return _insert(random, data)
    value = random.choice(values)
    return data[: value.start()] + random.choice(QUOTES).replace(b"%s", value[0]) + data[value.end() :]


def _replace(random: Random, data: bytes) -> bytes:
    values = [*_VALUE.finditer(data)]
    if not values:
        return _insert(random, data)
    value = random.choice(values)
    return data[: value.start()] + random.choice((random.choice(TOKENS), random.choice(values)[0])) + data[value.end() :]


def _end_lines(random: Random, data: bytes) -> bytes:
    end = random.choice(LINE_ENDS)
    if random.random() < 0.5:
        return data.replace(b"\n", end)
    return b"".join(line + (end if random.random() < 0.2 else b"\n") for line in data.split(b"\n"))


def _random_bytes(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.randbytes(random.choice((1, 3, 30, 3000))) + data[at:]


def _flood(random: Random, data: bytes) -> bytes:
    """One piece, thousands of times: in a text below `|`, in a value, or anywhere."""
    piece = random.choice(REPEATED)
    many = piece * (random.choice((100, 5_000, 60_000, LARGEST_FILE - 2_000, LARGEST_FILE)) // len(piece))
    places = [found.start() for found in _VALUE.finditer(data)] or [0]
    at = random.choice((random.choice(places), random.randrange(len(data) + 1)))
    opening = random.choice((b"", b"", b"|\n  ", b">\n  ", b'"', b"'", b"[ ", b"|\n  [ "))
    return data[:at] + opening + many + random.choice((b"", b"\n")) + data[at:]


def _nest(random: Random, data: bytes) -> bytes:
    depth = random.choice((20, 29, 30, 31, 32, 200, 5_000))
    opening, closing = random.choice(((b"[", b"]"), (b"{a: ", b"}"), (b"[{a: ", b"}]"), (b"- ", b""), (b"? ", b"")))
    nested = opening * depth + b"x" + closing * random.choice((depth, depth, depth - 1, 0))
    lines = b"".join(b"%s%s\n" % (b" " * level, random.choice((b"a:", b"-", b"? a"))) for level in range(min(depth, 500)))
    return data + b"deep: " + nested + b"\n" if random.random() < 0.6 else data + b"deep:\n" + lines


def _many_fields(random: Random, data: bytes) -> bytes:
    number = random.choice((10, 300, 9_000))
    form = random.choice((b"f%d: x\n", b"f: %d\n", b"- f%d\n", b"? f%d\n", b"f%d: [[x%d\n", b'"f%d": \'\n', b"&f%d f%d: *f%d\n"))
    return data + b"".join(form.replace(b"%d", b"%d" % n) for n in range(number))


def _stretch(random: Random, data: bytes, longest: int = 60) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randrange(1, longest))


MUTATIONS: tuple[Mutation, ...] = (
    _flip, _insert, _insert_at_line, _delete, _cut, _repeat, _splice, _swap_lines, _repeat_line, _indent, _quote, _replace, _end_lines,
    _random_bytes, _flood, _nest, _many_fields,
)  # fmt: skip
WEIGHTS = (6, 14, 16, 6, 2, 3, 6, 3, 3, 8, 10, 8, 3, 1, 2, 1, 1)
"""How often each is taken: most files stay small, so that thousands are read in minutes."""
