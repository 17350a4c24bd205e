"""What the exports are made of: the playbook with its releases, and the URLs under which others find it.

A `Published` takes a ledger and the URL of the site; each export takes a `Published`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from macros.playbook.playbook import Playbook
from macros.playbook.urls import LATEST_FOLDER
from macros.releases.history import ReleaseHistory
from macros.releases.version import folder_of
from macros.site.ledger.ledger import Ledger


@dataclass(frozen=True)
class Published:
    """The playbook as a site has it. `address` is the URL of the newest version with its final `/`; empty if it is not known."""

    ledger: Ledger
    address: str = ""

    @property
    def playbook(self) -> Playbook:
        """The entries, the settings and the pages written by hand."""
        return self.ledger.current.playbook

    @cached_property
    def release(self) -> ReleaseHistory | None:
        """The newest release."""
        return self.ledger.current.history.latest

    @property
    def whole(self) -> str:
        """The URL above all versions; empty if it is not known."""
        return self.address.removesuffix(f"{LATEST_FOLDER}/")

    def url(self, path: str) -> str:
        """Returns the URL that shows `path` in the newest version: `https://example.org/barriers/data-sharing/`; from the top of the host if that is not known."""
        return f"{self.address or '/'}{quote(path, safe='/#')}"

    def pinned_url(self, path: str) -> str | None:
        """Returns the URL of the page at `path` in the newest release, which keeps its words but for corrections; None if that lacks the page."""
        if self.release is None or not self.is_released(path.partition("#")[0]):
            return None
        return f"{self.whole or '/'}{folder_of(self.release.version)}/{quote(path, safe='/#')}"

    def is_released(self, url: str) -> bool:
        """Returns whether the newest release has the page at `url`."""
        promise = self.ledger.promises.get(url)
        return bool(promise and self.release and promise.version == self.release.version)
