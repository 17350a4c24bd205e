"""One entry at one time, in a form that a file can hold for as long as anybody links to it.

`new_record` takes the fields of an entry and returns a `Record`: its id, kind, address, anchors, fields and their fingerprint.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictStr

from macros.releases.fingerprint import fingerprint
from macros.schema.entry import Entry
from macros.schema.introspect import fields_of
from macros.schema.patterns import FINGERPRINT, LONGEST_SLUG, SLUG
from macros.schema.settings import Settings
from macros.text.heading_anchors import anchors_of_text

Id = Annotated[StrictStr, Field(pattern=SLUG, max_length=LONGEST_SLUG)]


class PageRecord(BaseModel):
    """A page that is no entry's at one time. `path`, `front` and `text` are those of its file, if it has one; `anchors` those that a release kept."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    url: StrictStr
    title: StrictStr
    anchors: tuple[StrictStr, ...] = ()
    path: StrictStr = ""
    front: dict[str, Any] = Field(default_factory=dict)
    text: StrictStr = ""

    @property
    def written_anchors(self) -> frozenset[str]:
        """The anchors in its text, without those that its macro calls add."""
        return anchors_of_text(self.text)


class Record(BaseModel):
    """One entry at one time. `fields` has the names that YAML uses, without empty ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    kind: Id
    url: Annotated[StrictStr, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+/$")]
    anchors: tuple[Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9-]*$")], ...]
    fields: dict[str, Any]
    fingerprint: Annotated[StrictStr, Field(pattern=FINGERPRINT)]

    @property
    def title(self) -> str:
        """What links to it say: its name if it has one, else its title."""
        return " ".join(str(self.fields.get("name", self.fields.get("title", self.id))).split())

    @property
    def status(self) -> str:
        """`current`, `draft` or `withdrawn`."""
        return str(self.fields.get("status", "current"))


def new_record(folder: str, id: str, fields: dict[str, Any], anchors: tuple[str, ...] = ()) -> Record:
    """Returns a record with the fingerprint of `fields`."""
    code = fingerprint(folder, fields)
    return Record.model_construct(id=id, kind=folder, url=f"{folder}/{id}/", anchors=anchors, fields=fields, fingerprint=code)


def entry_as_mapping(entry: Entry) -> dict[str, Any]:
    """Returns an entry's fields by the names that YAML uses, as values that JSON can hold."""
    values = _filled(entry)
    for field in fields_of(type(entry)).values() if entry.elsewhere else ():
        if outside := entry.elsewhere.get(field.attribute):
            values[field.name] = [*values.get(field.name, ()), *outside]
    return values


def settings_as_mapping(settings: Settings) -> dict[str, Any]:
    """Returns the playbook's facts in the same way: a field that a newer program knows is no change where nobody has filled it in."""
    return _filled(settings)


def _filled(model: BaseModel) -> dict[str, Any]:
    values = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: value for name, value in values.items() if value != []}
