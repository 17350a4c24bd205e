"""The other playbooks that this one links to: the schema of `playbook_data/playbooks.yml`.

`OtherPlaybooks` is the model. Any site that publishes a Sphinx inventory counts as a playbook here.
"""

from __future__ import annotations

from typing import Annotated

from macros.schema.fields import One, PlainText, says
from macros.schema.parts import Part
from macros.schema.patterns import A_SITE_OUTSIDE, AN_INVENTORY

INVENTORY = "objects.inv"
"""Where a site publishes its inventory, below its address."""
EXAMPLE = {"prefix": "nz", "title": "Aotearoa service playbook", "address": "https://playbook.example.org/"}


class OtherPlaybook(Part):
    """A playbook of another site, or any site with an inventory."""

    prefix: Annotated[One, says("What ids of its pages begin with here, followed by a colon.", "nz")]
    title: Annotated[PlainText, says("Its name, which readers see beside links to it.", "Aotearoa service playbook", max_length=90)]
    address: Annotated[
        PlainText, A_SITE_OUTSIDE, says("The address of its first page, with a / at its end.", "https://playbook.example.org/", max_length=200)
    ]
    inventory: Annotated[
        PlainText, AN_INVENTORY, says("Where its inventory is, below its address or as a whole address.", "en/objects.inv", max_length=200)
    ] = INVENTORY


class OtherPlaybooks(Part):
    """The whole file."""

    playbooks: Annotated[
        tuple[OtherPlaybook, ...],
        says("Each other playbook, or other site with a Sphinx inventory, that this one links to.", [EXAMPLE], min_length=1),
    ]
