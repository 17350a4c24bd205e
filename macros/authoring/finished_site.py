"""The finished site that a release is made from: what its pages offer is what is promised.

`finished_offers` takes the playbook's folder, its ledger and the folder of a site, if there is one. It returns what each page offers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from macros.engines.mkdocs.strict_build import build_strictly
from macros.problems.problem import with_warnings
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.site.built_from import is_built_from
from macros.site.ledger.check_built import offer_warnings
from macros.site.ledger.ledger import Ledger
from macros.site.offers import Offer, read_offers


def finished_offers(root: Path, ledger: Ledger, site: Path | None = None) -> Mapping[str, Offer]:
    """Returns what each page of the site offers, by address: of the one in the folder `site`, or of one that is built now.

    Raises: UserError if it cannot be built or read, or was built from other files; InvalidPlaybook if a page offers what the check does not foresee.
    """
    try:
        return _read(ledger, _required(root, site)) if site is not None else _built(root, ledger)
    except OSError as error:
        raise UserError(
            f"{error.filename or root}: {(error.strerror or 'it cannot be read').lower()}", "make room, or give yourself the right"
        ) from None
    except UnicodeDecodeError:
        raise UserError(f"a page in {site or 'the site'} is not in UTF-8", "build the site again, with `make site`, or leave out --site") from None


def _built(root: Path, ledger: Ledger) -> Mapping[str, Offer]:
    with tempfile.TemporaryDirectory(prefix="playbook-release-") as folder:
        built = Path(folder) / "site"
        build_strictly(root, built)
        return _read(ledger, built)


def _required(root: Path, site: Path) -> Path:
    if not site.is_dir():
        raise UserError(f"there is no folder {site}", "build the site first, with `make site`, or leave out --site")
    if not is_built_from(site, root):
        raise UserError(f"the site in {site} was built from other files than those here", "build it again, with `make site`, or leave out --site")
    return site


def _read(ledger: Ledger, site: Path) -> Mapping[str, Offer]:
    addresses = (*ledger.current.entries, *ledger.current.pages)
    offers = read_offers(site, addresses)
    lost = next((url for url in addresses if url not in offers), None)
    if lost is not None:
        raise UserError(f"the site lacks the page /{lost}", "build the site again, with `make site`, or leave out --site")
    if found := with_warnings((), offer_warnings(ledger, offers), strict=True):
        raise InvalidPlaybook(found, "the finished pages differ from what the check finds in the files; nothing is recorded")
    return offers
