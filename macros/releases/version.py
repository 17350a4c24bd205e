"""Version numbers that speak to readers: major where a link may lead to another thing, minor where something is new, patch for wording.

Enters: text as people type it. Leaves: a Version, how far it lies from another, and the folder that it is published in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """`1.4.2`: major, minor, patch."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:  # noqa: D105
        return f"{self.major}.{self.minor}.{self.patch}"

    def next(self, step: str) -> Version:
        """The number that a step leads to: `1.4.2` and `minor` make `1.5.0`."""
        if step == "major":
            return Version(self.major + 1, 0, 0)
        return Version(self.major, self.minor + 1, 0) if step == "minor" else Version(self.major, self.minor, self.patch + 1)

    def step_to(self, other: Version) -> str:
        """How far a later version is from this one: `major`, `minor` or `patch`."""
        if other.major != self.major:
            return "major"
        return "minor" if other.minor != self.minor else "patch"


def parse_version(text: str) -> Version | None:
    """`text` as a version, or None; a number in front has no zeros, so that no two texts are the same version."""
    found = _FORM.fullmatch(text)
    return Version(*map(int, found.groups())) if found else None


def numbers_of(version: str) -> tuple[int, ...]:
    """The three numbers of a release's name; `1.4` is `1.4.0`."""
    numbers = [int(number) for number in version.split(".")]
    return (*numbers, 0, 0, 0)[:3]


def folder_of(version: str) -> str:
    """Where a release is published: `1.4.2` in `1.4`. A patch changes words alone, so that it takes the place of what it mends."""
    major, minor, _ = numbers_of(version)
    return f"{major}.{minor}"
