"""A release: what is recorded when the playbook is released, and what may prevent it.

Takes a Ledger and the number of the release. Returns the files to write, all at once. Raises UserError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from macros.files.git import ask_git, error_text, run_git
from macros.files.journal import digest
from macros.files.layout import CHANGE_LOG, MANIFEST_ENDING, RELEASE_ENDING, RELEASES, SETTINGS_FILE
from macros.files.transaction import FileChange
from macros.playbook.playbook import Playbook
from macros.problems.problem import printable, short
from macros.problems.user_error import InvalidPlaybook, UserError, with_outcome
from macros.releases.diff.model import VERSION_STEPS, Diff
from macros.releases.diff.rows import grouped_entries
from macros.releases.manifest import FORMAT, Manifest, PreviousRelease, RecordedPage, write_manifest
from macros.releases.snapshot import write_lines
from macros.releases.version import Version, folder_of, numbers_of, parse_version
from macros.site.ledger.check import ledger_problems
from macros.site.ledger.current import CurrentSite
from macros.site.ledger.ledger import Ledger, read_ledger
from macros.text.forge_markdown import escape_markdown
from macros.text.formats import format_date

MOST_REASONS = 12
MOST_FILES = 10
UNRELEASED = re.compile(r"^## \[?Unreleased\]?[ \t]*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recording:
    """The files of a release; `diff` is what it changes, None for the first one."""

    changes: tuple[FileChange, ...]
    entries: int
    diff: Diff | None


def prepare_release(root: Path, playbook: Playbook, number: str, *, on: date, why: str = "") -> Recording:
    """The release `number` of the playbook in `root`, which keeps all promises and is committed.

    Raises: UserError; InvalidPlaybook with every promise that is not kept.
    """
    ledger = read_ledger(root, playbook)
    if problems := ledger_problems(ledger):
        raise InvalidPlaybook(problems, "the playbook does not keep what its releases promised")
    with with_outcome("nothing is recorded"):
        require_committed(root)
        return plan_release(root, ledger, number, on=on, why=why)


def plan_release(root: Path, ledger: Ledger, number: str, *, on: date, why: str = "") -> Recording:
    """What it takes to release the playbook as it is now under `number`."""
    version = _good_number(ledger, number)
    current = ledger.current
    pending = current.history.pending
    diff = pending.diff if pending else None
    if ledger.store.latest:
        _require_step(ledger.store.latest.version, version, diff)
    lines = "".join(write_lines(current.snapshot.records.values())).encode()
    manifest = write_manifest(_manifest(root, ledger, version, lines, on.isoformat(), " ".join(why.split())))
    files = [(RELEASE_ENDING, lines), (MANIFEST_ENDING, manifest)]
    changes = [FileChange(f"{RELEASES}/{version}{ending}", None, data) for ending, data in files]
    return Recording((*changes, *_change_log(root, version, on, why, diff)), len(current.snapshot.records), diff)


def _good_number(ledger: Ledger, number: str) -> Version:
    version, latest = parse_version(number), ledger.store.latest
    if version is None:
        near = _near(number, latest.version if latest else "0.0.0")
        raise UserError(f"'{short(number)}' is not a version", f"write three numbers, such as {near}: major.minor.patch")
    taken = next((each.version for each in ledger.store.releases if numbers_of(each.version) == numbers_of(number)), None)
    if taken:
        raise UserError(f"release {taken} exists already", f"a release is never made twice; the next ones are {_next_ones(latest.version)}")
    if latest and numbers_of(number) < numbers_of(latest.version):
        raise UserError(f"{version} comes before {latest.version}, the latest release", f"the next ones are {_next_ones(latest.version)}")
    return version


def _near(number: str, latest: str) -> Version:
    """The version that `number` was meant to be, if it comes after the latest one; else one that does."""
    digits = [int(digits[:6]) for digits in re.findall(r"\d+", number)]
    meant, last = Version(*(*digits, 0, 0, 0)[:3]), Version(*numbers_of(latest))
    return meant if meant > last else last.next("minor" if last.major else "major")


def _next_ones(latest: str) -> str:
    version = Version(*numbers_of(latest))
    patch, minor, major = (version.next(step) for step in ("patch", "minor", "major"))
    return f"{patch} (words), {minor} (something new) and {major} (something gone)"


def _require_step(latest: str, version: Version, diff: Diff | None) -> None:
    if diff is None:
        raise UserError(f"nothing has changed since release {latest}", "there is nothing to release")
    before = Version(*numbers_of(latest))
    asked, given = diff.step, before.step_to(version)
    if VERSION_STEPS.index(given) < VERSION_STEPS.index(asked.name):
        reasons = [f"  {reason}" for reason in asked.reasons[:MOST_REASONS]]
        reasons += [f"  and {len(asked.reasons) - MOST_REASONS} more"] if len(asked.reasons) > MOST_REASONS else []
        message = f"{version} is too small a step from {latest}: what changed asks for a {asked.name} one\n" + "\n".join(reasons)
        raise UserError(message, f"release {before.next(asked.name)}, or take back what asks for it")


def _manifest(root: Path, ledger: Ledger, version: Version, lines: bytes, day: str, why: str) -> Manifest:
    latest = ledger.store.latest
    before = None
    if latest and latest.manifest:
        before = PreviousRelease(version=latest.version, sha256=digest((root / f"{RELEASES}/{latest.version}{MANIFEST_ENDING}").read_bytes()))
    pages = _pages(ledger.current)
    settings = dict(ledger.current.snapshot.settings or {})
    files = ledger.current.files()
    return Manifest(
        format=FORMAT, version=str(version), date=day, why=why, after=before, entries=digest(lines), facts=settings, pages=pages, files=files
    )  # fmt: skip


def _pages(current: CurrentSite) -> tuple[RecordedPage, ...]:
    try:
        return current.pages_to_record()
    except ValidationError as error:
        address = str(error.errors(include_url=False)[0]["input"])
        help = "use letters, digits, hyphens and dots in the names of the files in docs/"
        raise UserError(f"the page at /{short(address)} has an address that cannot be promised", help) from None


def _change_log(root: Path, version: Version, on: date, why: str, diff: Diff | None) -> Iterator[FileChange]:
    """The change log with a heading for the release above what was waiting for one; a playbook without a change log gets none."""
    file = root / CHANGE_LOG
    if not file.is_file() or file.is_symlink():
        return
    old = file.read_bytes()
    text = old.decode("utf-8", "replace")
    section = "\n\n".join(filter(None, (f"## {version}, {format_date(on.isoformat())}", " ".join(why.split()), _changed_entries(diff))))
    waiting = UNRELEASED.search(text)
    if waiting:
        text = f"{text[: waiting.end()]}\n\n{section}{text[waiting.end() :]}"
    else:
        first = re.search(r"^## ", text, re.MULTILINE)
        at = first.start() if first else len(text)
        text = f"{text[:at].rstrip()}\n\n{section}\n\n{text[at:]}"
    yield FileChange(CHANGE_LOG, old, f"{text.rstrip()}\n".encode())


def _changed_entries(diff: Diff | None) -> str:
    """What changed in the entries, by meaning, a line for each type of change."""
    groups = grouped_entries(diff.entries) if diff else ()
    rows = (f"- {heading}: {'; '.join(f'{escape_markdown(change.title)} (`{change.place}`)' for change in changes)}." for heading, changes in groups)
    return "\n".join(("### Entries", "", *rows)) if groups else ""


def require_committed(root: Path) -> None:
    """All files of the playbook are as git has them.

    Raises: UserError.
    """
    done = run_git(root, "status", "--porcelain", "--untracked-files=all", "--", ".")
    if done.returncode:
        raise UserError(f"a release needs a git repository, so that it can be found again: {error_text(done.stderr)}", "make one with `git init`")
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if lines:
        shown = [f"  {line}" for line in lines[:MOST_FILES]] + ([f"  and {len(lines) - MOST_FILES} more"] if len(lines) > MOST_FILES else [])
        listed = "\n".join(shown)
        raise UserError(f"there are changes that are not committed\n{listed}", "commit or discard them")
    if run_git(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        raise UserError("the repository has no commits yet", "commit the playbook first")
    ask_git(root, "ls-files", "--error-unmatch", "--", SETTINGS_FILE)


def release_as_text(playbook: Playbook, plan: Recording, version: str, *, dry_run: bool) -> str:
    """What was recorded, or would be, and what to do next."""
    return "\n".join(map(printable, _report(playbook, plan, version, dry_run=dry_run))).rstrip("\n")


def _report(playbook: Playbook, plan: Recording, version: str, *, dry_run: bool) -> list[str]:
    would = "would record" if dry_run else "recorded"
    counts = [f"{heading.lower()}: {len(changes)}" for heading, changes in grouped_entries(plan.diff.entries if plan.diff else ())]
    lines = [f"{would} release {version}: {plan.entries} entries{'; ' if counts else ''}{', '.join(counts)}"]
    lines += [f"  {'new' if change.old is None else 'changed'}  {change.path}" for change in plan.changes]
    if dry_run:
        return [*lines, "nothing is written: this was a dry run"]
    files = " ".join(change.path for change in plan.changes)
    tag = f'git add {files} && git commit -m "Release {version}" && git tag v{version}'
    return [
        *lines,
        f"Next: {tag}",
        f"Then publish it in /{folder_of(version)}/ and /latest/: make publish" if playbook.settings.state != "archived" else "",
    ]
