"""`playbook rename`: a new id for an entry, in its file and wherever it is named."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import click

from macros.authoring.dry_run import problems_after
from macros.authoring.editor_schemas import IDS_FILE, ids_file
from macros.authoring.ids import titles_of, used_ids
from macros.authoring.rename.plan import Renaming, entry_to_rename, plan_renaming, require_free
from macros.cli.command import Command
from macros.cli.loading import load
from macros.cli.parameters import EntryId
from macros.cli.terminal import watched
from macros.files.layout import DOCS
from macros.files.read import read_bytes, read_files
from macros.files.transaction import FileChange, make_changes
from macros.playbook.playbook import Playbook
from macros.problems.problem import printable, short
from macros.problems.user_error import InvalidPlaybook

EXAMPLES = (
    ("playbook rename data-sharing sharing-data", "The barrier's file gets another name, and everything that names the barrier is mended."),
    ("playbook rename data-sharing sharing-data --dry-run", "Only show what would change, as a diff."),
)
ALSO_READ = ("mkdocs.yml", "*.md", "overrides/**/*.html", "docs/**/*.html", "docs/**/*.js", "docs/**/*.svg", "docs/**/*.json", "docs/**/*.yml")
"""Files that are never changed: places in them that have the old id are told."""
HISTORY = ("CHANGELOG.md",)
MOST_SHOWN = 200
"""Lines of one sort."""
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command("rename", cls=Command, examples=EXAMPLES)
@click.argument("old", type=EntryId())
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Change nothing, and show what would change.")
@click.pass_obj
def command(root: Path, old: str, new: str, dry_run: bool) -> None:
    """Give the entry OLD the id NEW.

    Moves its file, and mends every relation, link and macro that names it. Comments and layout stay. OLD is kept under
    `formerly`: links to the old address lead to the entry, and no other takes its id. Places in code and in plain words are left as they are, and listed.

    All files change together or none does, also where the command is stopped halfway.
    """
    plan = _plan(root, old, new)
    if dry_run:
        click.echo("".join(_diff(plan)), nl=False)
    else:
        make_changes(root, plan.changes, watch=partial(watched, doing="Writing"))
    click.echo(_shown(_report(plan, old, new, dry_run=dry_run)), err=dry_run)


def _shown(lines: Iterable[str]) -> str:
    return "\n".join(printable(line) for line in lines)


def _plan(root: Path, old: str, new: str) -> Renaming:
    """The rename, if the playbook has no problems before and after it."""
    playbook = load(root)
    files, _ = read_files(root)
    pages = dict(_read(root, (root / DOCS).rglob("*.md")))
    others = dict(_read(root, (file for pattern in ALSO_READ for file in root.glob(pattern) if file.name not in HISTORY)))
    require_free(entry_to_rename(playbook, old), new, taken=used_ids(root), pages=pages)
    plan = plan_renaming(playbook, watched(files, doing="Renaming"), pages, others, old=old, new=new)
    plan = replace(plan, changes=(*plan.changes, *_suggestions(root, playbook, old, new)))
    if problems := problems_after(root, plan.changes, watch=watched):
        raise InvalidPlaybook(problems, "the playbook would have problems afterwards, so nothing is changed")
    return plan


def _suggestions(root: Path, playbook: Playbook, old: str, new: str) -> Iterator[FileChange]:
    """The ids that editors suggest, where this playbook keeps a list of them."""
    before = read_bytes(root, IDS_FILE) if (root / IDS_FILE).exists() else None
    if isinstance(before, bytes):
        titles = {
            kind: {new if id == old else id: title for id, title in known.items()} for kind, known in titles_of(playbook.entries.values()).items()
        }
        yield FileChange(IDS_FILE, before, ids_file(titles))


def _read(root: Path, files: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for file in sorted(files):
        path = file.relative_to(root).as_posix()
        data = read_bytes(root, path)
        if isinstance(data, bytes):
            yield path, data


def _report(plan: Renaming, old: str, new: str, *, dry_run: bool) -> Iterator[str]:
    would = "would be " if dry_run else ""
    yield f"{would}moved   {plan.moved_from} to {plan.moved_to}"
    yield from _first([f"{would}mended  {path} ({_count(places, 'place')})" for path, places in plan.mended.items()], "files")
    if plan.leftovers:
        yield f"left    {_count(len(plan.leftovers), 'line')} that may be code, history or plain words; look at each:"
        lines = (f"{mention.file}:{mention.line}:{mention.column}: {short(mention.text.strip(), 90)}" for mention in plan.leftovers)
        yield from _first([f"        {line}" for line in lines], "lines")
    if dry_run:
        yield "nothing is changed: this was a dry run"
    else:
        yield f"'{old}' is '{new}' now and keeps its old id under `formerly`: links to the old address lead to it, and no other entry takes it. Next: playbook check"


def _first(lines: Sequence[str], what: str) -> Iterator[str]:
    yield from islice(lines, MOST_SHOWN)
    if len(lines) > MOST_SHOWN:
        yield f"        and {len(lines) - MOST_SHOWN:,} {what} more"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _diff(plan: Renaming) -> Iterator[str]:
    """The changes as git shows them, so that `git apply` takes them too."""
    old = {change.path: change.old for change in plan.changes}
    for change in plan.changes:
        if change.new is None:
            continue
        before = change.like or change.path
        yield from _file_diff(before, change.path, (old[before] or b"").decode(), change.new.decode())


def _file_diff(before: str, after: str, old: str, new: str) -> Iterator[str]:
    yield click.style(f"diff --git a/{before} b/{after}", bold=True) + "\n"
    if before != after:
        yield f"rename from {before}\nrename to {after}\n"
    for line in difflib.unified_diff(_lines(old), _lines(new), f"a/{before}", f"b/{after}"):
        bare = line.rstrip("\r\n")
        end = line[len(bare) :] if line.endswith("\n") else "\n\\ No newline at end of file\n"
        yield click.style(printable(bare), fg=_COLOURS.get(line[0])) + end


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
