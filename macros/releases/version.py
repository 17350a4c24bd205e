"""Version numbers with a meaning for readers: major if a link may lead elsewhere, minor if something is new, patch for wording.

`parse_version` takes text and returns a `Version`; `folder_of` returns the folder that a release is published in.
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
        """Returns the version after a step: `1.4.2` and `minor` give `1.5.0`."""
        if step == "major":
            return Version(self.major + 1, 0, 0)
        return Version(self.major, self.minor + 1, 0) if step == "minor" else Version(self.major, self.minor, self.patch + 1)

    def step_to(self, other: Version) -> str:
        """Returns the step from this version to a later one: `major`, `minor` or `patch`."""
        if other.major != self.major:
            return "major"
        return "minor" if other.minor != self.minor else "patch"


def parse_version(text: str) -> Version | None:
    """Returns `text` as a version, or None. Numbers have no leading zeros, so that each version is written in one way only."""
    found = _FORM.fullmatch(text)
    return Version(*map(int, found.groups())) if found else None


def numbers_of(version: str) -> tuple[int, ...]:
    """Returns the three numbers of a release's name; `1.4` counts as `1.4.0`."""
    numbers = [int(number) for number in version.split(".")]
    return (*numbers, 0, 0, 0)[:3]


def folder_of(version: str) -> str:
    """Returns the folder of a release: `1.4` for `1.4.2`. A patch only changes wording, so it replaces the release that it corrects."""
    major, minor, _ = numbers_of(version)
    return f"{major}.{minor}"


def version_of_tag(name: str) -> str:
    """Returns the version in the name of a tag: `1.4.2` for `v1.4.2` or `refs/tags/v1.4.2`."""
    return name.strip().removeprefix("refs/tags/").removeprefix("v")
