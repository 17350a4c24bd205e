"""The command line: thin commands round pure functions.

Exit codes: 0 fine, 1 the playbook has problems or no such entry, 2 the command was used wrongly.
"""

from __future__ import annotations

import json
import sys
from difflib import get_close_matches
from pathlib import Path

import click

from macros.completeness import gaps
from macros.exports import exports
from macros.files import find_root
from macros.graph import named_by
from macros.kinds import KINDS, Entry
from macros.models import field_names
from macros.playbook import Playbook, load_playbook, read_playbook
from macros.problems import FORMATS, Refused, printable, with_warnings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="Act on the playbook in this folder.")
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Check and read an approach playbook.

    Acts on the playbook of the current folder, or of its nearest parent that holds playbook_data/.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal that lacks a character shows a question mark
    root = find_root(folder)
    if root is None:
        raise click.UsageError(f"there is no playbook_data/ in {folder.resolve()} or above it; name the folder with -C")
    context.obj = root


@main.command()
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), default="text", show_default=True, help="For people, or for machines.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, form: str, strict: bool, paths: tuple[Path, ...]) -> None:
    """Show every problem of the data, or of the files and folders named by PATHS.

    Errors are wrong. Warnings tell of entries that lead nowhere or that nothing leads to; they are looked for
    where there are no errors.
    """
    root: Path = context.obj
    wanted = [_inside(root, context.parent.params["folder"] / path) for path in paths]
    playbook, problems = read_playbook(root)
    found = with_warnings(problems, gaps(playbook) if playbook else (), strict=strict)
    found = [p for p in found if not wanted or any(Path(p.location.file).is_relative_to(w) for w in wanted)]
    click.echo(FORMATS[form](found))
    context.exit(1 if any(problem.severity == "error" for problem in found) else 0)


@main.command("list")
@click.argument("kind", type=click.Choice(tuple(KINDS)), required=False, metavar="[KIND]")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_obj
def list_entries(root: Path, kind: str | None, as_json: bool) -> None:
    """List the entries, or those of one KIND: id, status where not current, title."""
    entries = [entry for entry in _load(root).entries.values() if kind in (None, entry.kind.folder)]
    if as_json:
        rows = [{"id": e.id, "kind": e.kind.folder, "title": e.title, "status": e.status, "file": e.file} for e in entries]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for folder in dict.fromkeys(entry.kind.folder for entry in entries):
        click.secho(folder, bold=True)
        for entry in (e for e in entries if e.kind.folder == folder):
            status = "" if entry.status == "current" else f"({entry.status}) "
            click.echo(f"  {entry.id:34} {status}{entry.title}")


@main.command()
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_obj
def show(root: Path, id: str, as_json: bool) -> None:
    """Show the entry ID with its relations both ways."""
    playbook = _load(root)
    entry = playbook.entries.get(id)
    if entry is None:
        near = get_close_matches(id, playbook.entries, n=1)
        guess = f"did you mean '{near[0]}'?" if near else "`playbook list` shows what there is"
        raise click.ClickException(f"there is no entry '{printable(id)}'; {guess}")
    facts = {
        "id": entry.id,
        "kind": entry.kind.folder,
        "file": entry.file,
        "fields": entry.model_dump(mode="json", by_alias=True, exclude_none=True),
        "names": _forward(playbook, entry),
        "named_by": _backward(playbook, entry),
    }
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2) if as_json else _as_text(entry, facts))


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def export(context: click.Context, folder: Path) -> None:
    """Write the data exports into DIR, without building the site.

    The same files stand beside the pages of the site.
    """
    for path, content in exports(_load(context.obj)).items():
        file = context.parent.params["folder"] / folder / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        except OSError as error:
            raise click.ClickException(f"cannot write {printable(str(file))}: {error.strerror}") from None
        click.echo(file)


def _forward(playbook: Playbook, entry: Entry) -> list[dict[str, str]]:
    ids = dict.fromkeys(id for id, _ in named_by(entry))
    return [{"id": id, "kind": playbook.entries[id].kind.folder, "title": playbook.entries[id].title} for id in ids]


def _backward(playbook: Playbook, entry: Entry) -> list[dict[str, str]]:
    sections = playbook.backlinks.get(entry.id, {}).items()
    return [{"id": e.id, "kind": e.kind.folder, "title": e.title, "as": section.heading} for section, named in sections for e in named]


def _as_text(entry: Entry, facts: dict) -> str:
    lines = [click.style(entry.title, bold=True), f"{entry.kind.one} · {entry.id} · {entry.file}", ""]
    for name in field_names(type(entry)):
        if name != "title" and (value := facts["fields"].get(name)):
            lines += _field_text(name, value)
    lines += ["", "Named by"] if facts["named_by"] else []
    lines += [f"  {row['as']}: {row['title']} ({row['id']})" for row in facts["named_by"]]
    return "\n".join(lines)


def _field_text(name: str, value: object) -> list[str]:
    if not isinstance(value, (list, dict)):
        return [f"{name}: {value}"]
    items = value if isinstance(value, list) else [value]
    shown = [" · ".join(f"{k} {v}" for k, v in item.items()) if isinstance(item, dict) else str(item) for item in items]
    return [f"{name}:", *(f"  - {' '.join(text.split())}" for text in shown)]


def _inside(root: Path, path: Path) -> Path:
    resolved = path.resolve()
    if not resolved.exists():
        raise click.UsageError(f"there is no file or folder '{path}'")
    if not resolved.is_relative_to(root):
        raise click.UsageError(f"'{path}' is not inside the playbook in {root}")
    return resolved.relative_to(root)


def _load(root: Path) -> Playbook:
    try:
        return load_playbook(root)
    except Refused as refused:
        raise click.ClickException(f"the playbook has problems\n{refused}") from None
