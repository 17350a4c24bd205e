"""Says where the site is, and its digest: `python -m macros.engines.digest` ends `make site`; with a folder, it says the digest of that one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.engines.mkdocs.plan import settings_of_site
from macros.engines.mkdocs.site_folder import folder_of_site
from macros.problems.problem import printable
from macros.site.digest import site_digest


def digest_line(site: Path) -> str:
    """Returns the line that a person compares with that of another build."""
    return f"sha256 of the site: {site_digest(site)}"


def main(folder: str = "") -> None:
    """Prints the digest of `folder`; without one, of the site that the current folder is built to.

    Raises: SystemExit, if there is no such folder.
    """
    site = Path(folder) if folder else folder_of_site(Path(), settings_of_site(Path()))
    if not site.is_dir():
        sys.exit(f"there is no folder {printable(str(site))}")
    if not folder:
        click.echo(f"The site is in the folder {printable(str(site))}/. To look at it, type: make serve")
    click.echo(digest_line(site))


if __name__ == "__main__":
    main(*sys.argv[1:2])
