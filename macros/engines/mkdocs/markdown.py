"""Reads a page's Markdown as MkDocs renders it, with the extensions of mkdocs.yml.

`markdown_reader` takes the names of extensions and the options of each, and returns a function from Markdown to the links and anchors of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from macros.text.page_reading import NotRead, PageLink, Reading

_MARK = "markdown-link:"
"""In front of the address of each link that was written in Markdown, and not in HTML."""
_USUAL_OPTIONS: Mapping[str, Any] = {"toc": {"permalink": "#"}}


def markdown_reader(extensions: Iterable[str], options: Mapping[str, Any] | None = None) -> Callable[[str], Reading]:
    """Returns a function that reads Markdown; the library is loaded when it is called first. The function raises NotRead."""
    names = (*extensions,)
    made = []

    def read(text: str) -> Reading:
        if not made:
            made.append(_converter(names, _USUAL_OPTIONS if options is None else options))
        from macros.site.links import read_document  # noqa: PLC0415 - most checks render no page

        try:
            document = read_document(made[0](text))
        except Exception as error:
            raise NotRead(f"{type(error).__name__}: {error}") from error
        links = (PageLink(href.removeprefix(_MARK), in_markdown=href.startswith(_MARK), loads=href in document.loaded) for href in document.links)
        return Reading(tuple(links), document.anchors, document.repeated)

    return read


def _converter(names: tuple[str, ...], options: Mapping[str, Any]) -> Callable[[str], str]:
    from markdown import Markdown  # noqa: PLC0415 - most checks render no page
    from markdown.treeprocessors import Treeprocessor  # noqa: PLC0415

    class MarkLinks(Treeprocessor):
        """At the end, when only links written in Markdown are elements: HTML is put in later."""

        def run(self, root: Any) -> None:
            for element in root.iter():
                name = {"a": "href", "img": "src"}.get(element.tag)
                if name and "\x02" not in element.get(name, ""):  # which Markdown writes into mail addresses
                    element.set(name, f"{_MARK}{element.get(name, '')}")

    markdown = Markdown(extensions=[*names], extension_configs={name: {**options[name]} for name in names if options.get(name)})
    markdown.treeprocessors.register(MarkLinks(markdown), "mark links", 0)
    return lambda text: markdown.reset().convert(text)
