"""Python imports this before all else: from then on, every folder lists what is in it from Z to A, as another disk may do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Self

_listdir, _scandir = os.listdir, os.scandir


def listdir(*path: object) -> list[str]:
    return sorted(_listdir(*path), reverse=True)


class _Rows(Iterator):
    def __init__(self, rows: list[os.DirEntry]) -> None:
        self.rows = iter(rows)

    def __next__(self) -> os.DirEntry:
        return next(self.rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """All has been read already."""


def scandir(*path: object) -> _Rows:
    with _scandir(*path) as rows:
        return _Rows(sorted(rows, key=lambda row: row.name, reverse=True))


os.listdir, os.scandir = listdir, scandir
