"""What a release holds besides its entries: `playbook_data/releases/<version>.json`, next to the entries' `<version>.jsonl`.

`write_manifest` and `read_manifest` convert between a `Manifest` and the bytes of that file. Its digests reveal an edited line: a
release is a promise, and is never edited.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError

from macros.problems.problem import Problem, file_problem
from macros.releases.damage import restore, stand_in_problem
from macros.releases.record import PageRecord
from macros.schema.parts import FullDate
from macros.schema.patterns import PAGE_ADDRESS
from macros.yamlfile.finding import show_path

FORMAT = 1
"""Grows when an older program would misread the file; not when a key is added that it may ignore."""
Digest = Annotated[StrictStr, Field(pattern=r"^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class AnchorPart(_Part):
    """What an anchor belongs to: an entry, or a section or figure of it; or a heading, below those that it stands under."""

    entry: StrictStr = ""
    part: StrictStr = ""
    heading: tuple[StrictStr, ...] = ()


class RecordedPage(PageRecord):
    """A page as a release keeps it."""

    url: Annotated[StrictStr, Field(pattern=rf"^$|{PAGE_ADDRESS}")]
    parts: dict[str, AnchorPart] = Field(default_factory=dict)
    """What each anchor belongs to; releases that were made before the finished pages were read have none."""


class PreviousRelease(_Part):
    """The previous release and the digest of its manifest, so that no release can disappear from the middle."""

    version: StrictStr
    sha256: Digest


class Manifest(_Part):
    """Everything that a release records besides its entries. `entries` is the SHA-256 digest of the file that holds those."""

    format: StrictInt
    version: StrictStr
    date: FullDate
    why: StrictStr = ""
    after: PreviousRelease | None = None
    entries: Digest
    facts: dict[str, Any]
    pages: tuple[RecordedPage, ...]
    files: tuple[StrictStr, ...] = ()


def write_manifest(manifest: Manifest) -> bytes:
    """Returns the bytes of the file: one line for each page, so that a reviewer sees which one changed."""
    values = manifest.model_dump(mode="json", exclude={"pages"})
    pages = ",\n".join(f"    {_json(_page_values(page))}" for page in manifest.pages)
    head = "".join(f"  {_json(name)}: {_json(value)},\n" for name, value in values.items())
    return f'{{\n{head}  "pages": [\n{pages}\n  ]\n}}\n'.encode()


def _page_values(page: RecordedPage) -> dict[str, Any]:
    """A page without what is empty."""
    values = {name: value for name, value in page.model_dump(mode="json").items() if value or name == "url"}
    if page.parts:
        values["parts"] = {anchor: {name: value for name, value in part.items() if value} for anchor, part in values["parts"].items()}
    return values


def read_manifest(file: str, data: bytes, *, version: str) -> Manifest | Problem:
    """Returns the manifest of the release `version`, or the problem with its file."""
    if stand_in := stand_in_problem(file, data, version):
        return stand_in
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return file_problem(file, "release-facts", "it is not JSON", restore(file))
    form = value.get("format") if isinstance(value, dict) else None
    if isinstance(form, int) and form > FORMAT:
        message = f"this release was written by a newer version of this program: its format is {form}, and the newest known here is {FORMAT}"
        return file_problem(file, "release-newer", message, "update the program: `git pull`, then `make site`")
    try:
        manifest = Manifest.model_validate(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = f"'{show_path(detail['loc'])}'" if detail["loc"] else "what it holds"
        return file_problem(
            file, "release-facts", f"{where} is {'missing' if detail['type'] == 'missing' else 'not what a release holds there'}", restore(file)
        )
    if manifest.version != version:
        return file_problem(file, "release-facts", f"it says that it is release '{manifest.version}'", restore(file))
    return manifest


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
