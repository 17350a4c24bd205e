"""The playbook's own facts: the schema of `playbook_data/playbook.yml`.

Enters: nothing. Leaves: one pydantic model.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from macros.fields import Line, PlainText, says
from macros.kinds import Part

WebAddress = Annotated[PlainText, Field(pattern=r"^https?://[^\s\"'<>]+$")]
MailAddress = Annotated[PlainText, Field(pattern=r"^[^\s@<>\"'?&]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&]+$")]


class Licence(Part):
    name: Annotated[PlainText, says("Its name.", "Creative Commons Attribution 4.0 International")]
    url: Annotated[WebAddress, says("Where its text can be read.")]


class Repository(Part):
    url: Annotated[WebAddress, says("Where the playbook's files are kept.", "https://github.com/a-lab/a-playbook")]
    branch: Annotated[PlainText, says("The branch that edits go to.")] = "main"


class Facts(Part):
    title: Annotated[PlainText, says("The name of the playbook.", max_length=90)]
    summary: Annotated[PlainText, says("What it is and for whom, in one sentence.", max_length=200)]
    lab: Annotated[PlainText, says("The lab that publishes it.")]
    licence: Annotated[Licence, says("What others may do with the content.")]
    contact: Annotated[MailAddress, says("The address that suggestions go to.")]
    repository: Annotated[Repository | None, says("Leave out where the files are not public.")] = None
    state: Annotated[Literal["active", "unmaintained", "archived"], says("Whether anybody looks after it.")] = "active"
    reason: Annotated[Line | None, says("Why it is unmaintained or archived.")] = None
    successor: Annotated[WebAddress | None, says("Where readers should go instead.")] = None
    review_every_months: Annotated[StrictInt, says("How long an entry may go without a look.", 12), Field(ge=1, le=120)] = 12
