"""A page that MkDocs does not build, so that links to it hold: the shell stands for it."""

from __future__ import annotations

from mkdocs.structure.files import File

from macros.pages.catalogue import Page


class LinkedFile(File):
    """The file of a page that is made of the shell. Links may lead to it; MkDocs neither reads nor writes it."""

    def __init__(self, page: Page, path: str, folder: str) -> None:
        super().__init__(path, None, folder, use_directory_urls=True, dest_uri=f"{page.url}index.html")

    def is_documentation_page(self) -> bool:
        """MkDocs builds documentation pages."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature is that of MkDocs
        """There is nothing to copy."""
