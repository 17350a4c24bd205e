"""What people type on the command line: kinds, ids, days."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from macros.files.layout import DATA, find_root
from macros.problems.closest import did_you_mean
from macros.problems.problem import printable
from macros.schema.kinds import KINDS


class KindName(click.ParamType):
    """A kind, by the name of its folder or of one of its entries: `open-questions`, `open question`."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind's folder. If there is no such kind, the error suggests the closest one."""
        names = {name: folder for folder, model in KINDS.items() for name in (folder, _in_folders(model.kind.one))}
        typed = _in_folders(str(value))
        if typed not in names:
            guess = did_you_mean(typed, names, f"the kinds are {', '.join(KINDS)}")
            self.fail(f"there is no kind '{printable(str(value))}'; {guess}", param, ctx)
        return names[typed]

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's own
        """The kinds, each with the sentence that opens its list."""
        return [CompletionItem(folder, help=model.kind.intro) for folder, model in KINDS.items() if folder.startswith(incomplete.lower())]


class EntryIdType(click.ParamType):
    """The id of an entry. Any text is taken, so that the command can name the closest id."""

    name = "id"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's own
        """The ids that begin so, each with its title: from the names of the files, so that a playbook with problems has them too."""
        folder = ctx.parent and ctx.parent.params.get("folder")
        root = find_root(folder) if folder else None
        return (
            [CompletionItem(file.stem, help=_title_in(file)) for file in _files_of_entries(root) if file.stem.startswith(incomplete)] if root else []
        )


class Day(click.ParamType):
    """A day, as year-month-day."""

    name = "date"

    def convert(self, value: str | datetime.date, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """A day as a person types it."""
        try:
            return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{printable(str(value))}' is not a date; write it as year-month-day, such as 2026-11-20", param, ctx)


def _in_folders(name: str) -> str:
    return name.strip().lower().replace(" ", "-").replace("_", "-")


def _files_of_entries(root: Path) -> list[Path]:
    return sorted((file for folder in KINDS for file in root.glob(f"{DATA}/{folder}/*.yml")), key=lambda file: file.stem)


def _title_in(file: Path) -> str | None:
    """The title, as far as it can be seen without reading the file as YAML."""
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            found = re.search(r"^title: *(.+?) *$", opened.read(2000), re.MULTILINE)
    except OSError:
        return None
    return printable(found[1].strip("\"'")) if found else None
