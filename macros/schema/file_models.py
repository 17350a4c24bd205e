"""Which model each file of the data is read as."""

from __future__ import annotations

from macros.schema.inbound import InboundLinks
from macros.schema.kinds import KINDS
from macros.schema.other_playbooks import OtherPlaybooks
from macros.schema.parts import Part
from macros.schema.settings import Settings

TOP_MODELS: dict[str, type[Part]] = {"playbook": Settings, "playbooks": OtherPlaybooks, "inbound": InboundLinks}
"""The models of the files that lie beside the folders of the kinds, by their names without `.yml`."""


def model_of_file(folder: str, name: str) -> type[Part]:
    """Returns the model of the file `name` (without `.yml`) in `folder`, which is empty for a file beside the folders of the kinds."""
    return KINDS[folder] if folder in KINDS else TOP_MODELS[name]
