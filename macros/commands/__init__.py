"""The commands of `playbook`: one module each, thin, round a pure function. Here is what several of them need.

Enters: what a person typed. Leaves: the playbook and the entries that they mean, or a message that says what to type instead.
"""

from __future__ import annotations

import datetime
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from macros.files import DATA, find_root
from macros.kinds import KINDS, Entry
from macros.playbook import Playbook, load_playbook
from macros.problems import Refused, printable, show_text

PATIENCE = 1.0
"""Seconds before a terminal shows how far long work is."""
Item = TypeVar("Item")
Example = tuple[str, str]
"""What to type, and what it does."""


class Command(click.Command):
    """A command whose help ends in examples that work as they are typed.

    It acts on a playbook, and says how to name one where there is none; `anywhere`: it needs none.
    """

    def __init__(self, *arguments: Any, examples: tuple[Example, ...] = (), anywhere: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.examples = examples
        self.anywhere = anywhere

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """The examples, last in the help."""
        write_examples(formatter, "Examples", self.examples)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs it on the playbook that `-C` or the current folder names."""
        if ctx.obj is None and not self.anywhere:
            folder = ctx.parent.params["folder"].resolve()
            raise click.UsageError(f"there is no {DATA}/ in {folder} or above it; name the folder with -C")
        return super().invoke(ctx)


def format_option(forms: Iterable[str], what: str) -> Callable[[Any], Any]:
    """The option `--format`, which is handed to a command as `form`."""
    forms = tuple(forms)
    help = f"How {what} is shown: {', '.join(forms[:-1])} or {forms[-1]}."
    return click.option("--format", "form", metavar="FORMAT", type=click.Choice(forms), default=forms[0], show_default=True, help=help)


def write_examples(formatter: click.HelpFormatter, heading: str, examples: Iterable[Example]) -> None:
    """What to type on a line of its own, so that it can be copied; below it what that does."""
    with formatter.section(heading):
        for typed, does in examples:
            formatter.write(f"{'':{formatter.current_indent}}{typed}\n")
            with formatter.indentation(), formatter.indentation():
                formatter.write_text(does)


class KindName(click.ParamType):
    """A kind, by the name of its folder or of one of its entries: `open-questions`, `open question`."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind's folder; where there is none of that name, the closest one is told."""
        names = {name: folder for folder, model in KINDS.items() for name in (folder, _in_folders(model.kind.one))}
        typed = _in_folders(str(value))
        if typed not in names:
            near = get_close_matches(typed, names, n=1)
            guess = f"did you mean '{near[0]}'?" if near else f"the kinds are {', '.join(KINDS)}"
            self.fail(f"there is no kind '{printable(str(value))}'; {guess}", param, ctx)
        return names[typed]

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's own
        """The kinds, each with the sentence that opens its list."""
        return [CompletionItem(folder, help=model.kind.intro) for folder, model in KINDS.items() if folder.startswith(incomplete.lower())]


class EntryId(click.ParamType):
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
            self.fail(f"'{value}' is no day; write year-month-day, such as 2026-11-20", param, ctx)


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


def load(root: Path) -> Playbook:
    """The playbook in `root`; one with problems ends the command, and shows them all."""
    try:
        return load_playbook(root, watch=watched)
    except Refused as refused:
        raise click.ClickException(f"the playbook has problems\n{show_text(refused.problems, paint=painted)}") from None


def watched(files: Sequence[Item], *, doing: str = "Checking") -> Iterable[Item]:
    """`files` as they are; what takes longer than a second shows how far it is, on a terminal and nowhere else."""
    return _with_progress(files, doing) if sys.stderr.isatty() else files


def _with_progress(files: Sequence[Item], doing: str) -> Iterator[Item]:
    begun, bar = monotonic(), None
    try:
        for number, file in enumerate(files):
            if bar is None and monotonic() - begun > PATIENCE:
                bar = _progress_bar(doing, len(files), number)
            if bar is not None:
                bar.update()
            yield file
    finally:
        if bar is not None:
            bar.close()


def _progress_bar(doing: str, total: int, done: int) -> Any:
    from tqdm import tqdm  # noqa: PLC0415 - read where it is needed: most commands are done before

    form = "{desc} {percentage:3.0f}% |{bar:30}| {n_fmt} of {total_fmt} files"
    return tqdm(total=total, initial=done, desc=doing, file=sys.stderr, leave=False, dynamic_ncols=True, bar_format=form)


def colour_wanted() -> bool | None:
    """Whether the environment asks for colour or refuses it, as no-color.org has it; None leaves it to the terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def entry_called(playbook: Playbook, id: str) -> Entry:
    """The entry that a person named; where there is none, the closest one is told."""
    if id in playbook.entries:
        return playbook.entries[id]
    near = get_close_matches(id, playbook.entries, n=1)
    guess = f"did you mean '{near[0]}'?" if near else "`playbook list` shows what there is"
    raise click.ClickException(f"there is no entry '{printable(id)}'; {guess}")


STYLES = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "rule": {"dim": True},
    "caret": {"fg": "red"},
    "help": {"fg": "cyan"},
}
"""How a terminal shows the parts of a problem; colour never says what the words do not."""


def painted(part: str, text: str) -> str:
    """`text` in the colour of its part; where the output is no terminal, click takes the colour out again."""
    return click.style(text, **STYLES[part])


def from_folder(context: click.Context, path: Path) -> Path:
    """A path as it was typed, seen from the folder that `-C` names."""
    return context.parent.params["folder"] / path
