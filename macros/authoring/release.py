"""A release: what is recorded when the playbook is released, and what may prevent it.

Takes the playbook's folder and the number of the release. Returns the files to write, all at once. Raises UserError.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from macros.authoring.change_log import change_log_with
from macros.authoring.committed import require_committed, require_not_ignored
from macros.authoring.finished_site import finished_offers
from macros.authoring.release_number import release_day, release_number
from macros.files.journal import digest
from macros.files.layout import CHANGE_LOG, MANIFEST_ENDING, RELEASE_ENDING, RELEASES
from macros.files.transaction import FileChange
from macros.playbook.playbook import Playbook
from macros.playbook.review_dates import today_anywhere
from macros.problems.problem import printable, short
from macros.problems.user_error import InvalidPlaybook, UserError, with_outcome
from macros.releases.diff.model import Diff
from macros.releases.diff.rows import grouped_entries
from macros.releases.manifest import FORMAT, Manifest, PreviousRelease, write_manifest
from macros.releases.snapshot import write_lines
from macros.releases.store import Release
from macros.releases.version import Version, folder_of
from macros.schema.patterns import PAGE_ADDRESS
from macros.site.ledger.check import ledger_problems
from macros.site.ledger.ledger import Ledger, read_ledger
from macros.site.ledger.recorded import pages_to_record
from macros.site.offers import Offer
from macros.yamlfile.source import HIDDEN

_HALF = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes on the command line that are not UTF-8."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The files of a release; `diff` is what it changes, None for the first one."""

    changes: tuple[FileChange, ...]
    entries: int
    diff: Diff | None


def prepare_release(root: Path, playbook: Playbook, number: str, *, on: date | None = None, why: str = "", site: Path | None = None) -> Recording:
    """The release `number` of the playbook in `root`, which keeps all promises, is committed, and builds; `site` is what it was built to before.

    Raises: UserError; InvalidPlaybook with every promise that is not kept.
    """
    ledger = read_ledger(root, playbook)
    if problems := ledger_problems(ledger):
        raise InvalidPlaybook(problems, "the playbook does not keep what its releases promised")
    with with_outcome("nothing is recorded"):
        why = _required_reason(why)
        require_committed(root)
        _require_lasting_addresses(ledger)
        version = release_number(ledger, number)
        require_not_ignored(root, _files_of(version))
        day = release_day(ledger, on, today=datetime.now().astimezone().date(), last_day=today_anywhere())
        return plan_release(root, ledger, version, on=day, why=why, offers=finished_offers(root, ledger, site))


def plan_release(root: Path, ledger: Ledger, version: Version, *, on: date, offers: Mapping[str, Offer], why: str = "") -> Recording:
    """What it takes to record the playbook as it is now; `offers` is what each finished page offers, by address."""
    current = ledger.current
    pending = current.history.pending
    diff = pending.diff if pending else None
    lines = "".join(write_lines(current.snapshot.records.values())).encode()
    manifest = Manifest(
        format=FORMAT, version=str(version), date=on.isoformat(), why=why, after=_after(root, ledger.store.latest), entries=digest(lines),
        facts=dict(current.snapshot.settings or {}), pages=pages_to_record(ledger, offers), files=current.promised_files(),
    )  # fmt: skip
    changes = [FileChange(path, None, data) for path, data in zip(_files_of(version), (lines, write_manifest(manifest)), strict=True)]
    return Recording((*changes, *_change_log(root, version, on, why, diff)), len(current.snapshot.records), diff)


def _files_of(version: Version) -> tuple[str, ...]:
    return tuple(f"{RELEASES}/{version}{ending}" for ending in (RELEASE_ENDING, MANIFEST_ENDING))


def _required_reason(typed: str) -> str:
    """What was typed, on one line. A feed, and every release after this one, must be able to hold it."""
    why = " ".join(typed.split())
    odd = HIDDEN.search(why)
    if odd or _HALF.search(why):
        told = f"holds a character that cannot be shown: U+{ord(odd[0]):04X}" if odd else "is not in UTF-8"
        raise UserError(f"the reason {told}", "type what stands after --why again")
    return why


def _after(root: Path, latest: Release | None) -> PreviousRelease | None:
    if not latest or not latest.manifest:
        return None
    return PreviousRelease(version=latest.version, sha256=digest((root / f"{RELEASES}/{latest.version}{MANIFEST_ENDING}").read_bytes()))


def _require_lasting_addresses(ledger: Ledger) -> None:
    """The links between pages would fail too, and say it less clearly."""
    odd = next((url for url in ledger.current.pages if url and not re.match(PAGE_ADDRESS, url)), None)
    if odd is not None:
        help = "use letters, digits, hyphens and dots in the names of the files in docs/"
        raise UserError(f"the page at /{short(odd)} has an address that cannot be promised", help)


def _change_log(root: Path, version: Version, on: date, why: str, diff: Diff | None) -> Iterator[FileChange]:
    """A playbook without a change log gets none."""
    file = root / CHANGE_LOG
    if file.is_file() and not file.is_symlink():
        old = file.read_bytes()
        if old.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            raise UserError(f"{CHANGE_LOG} is in UTF-16, so nothing can be added to it", "save it in UTF-8, and commit that")
        yield FileChange(CHANGE_LOG, old, change_log_with(old, str(version), on=on, why=why, diff=diff))


def release_as_text(plan: Recording, version: str, *, dry_run: bool, way: str = "") -> str:
    """What was recorded, or would be, and what to do next; `way` is the command that leads to the playbook's folder, if one is needed."""
    return "\n".join(map(printable, _report(plan, version, dry_run=dry_run, way=way)))


def _report(plan: Recording, version: str, *, dry_run: bool, way: str) -> list[str]:
    would = "would record" if dry_run else "recorded"
    counts = [f"{heading.lower()}: {len(changes)}" for heading, changes in grouped_entries(plan.diff.entries if plan.diff else ())]
    lines = [f"{would} release {version}: {plan.entries} entries{'; ' if counts else ''}{', '.join(counts)}"]
    lines += [f"  {'new' if change.old is None else 'changed'}  {change.path}" for change in plan.changes]
    if dry_run:
        return [*lines, "nothing is written: this was a dry run"]
    files = " ".join(change.path for change in plan.changes)
    tag = f'{way}git add {files} && git commit -m "Release {version}" && git tag v{version}'
    return [*lines, f"Next: {tag}", f"Then publish it in /{folder_of(version)}/ and /latest/: make publish"]
