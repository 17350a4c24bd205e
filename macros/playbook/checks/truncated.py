"""Text that YAML reads as less than it is: cut off by a `#`, or two items of a list that run together.

Each function returns findings at the words that a reader would not get as they were meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from macros.schema.filled import Filled
from macros.yamlfile.finding import Finding
from macros.yamlfile.source import FieldPath, SourceText

_COMMENT = re.compile(r"[ \t]+(#[^\s#]\S*)")
"""A hash without a space after it. People who write a comment leave one."""
_ITEM = re.compile(r"[\n\r\x85\u2028\u2029][ \t]*(- )")


def truncated_texts(source: SourceText, filled: Iterable[Filled]) -> Iterator[Finding]:
    """Texts that end before a `#1`, which was meant to be part of them. Only files with a ` #` are searched."""
    for field, path, value in filled if " #" in source.text or "\t#" in source.text else ():
        node = source.node_at(path)
        if field.is_text and isinstance(value, str) and _is_bare(node) and (comment := _COMMENT.match(source.text, node.end_mark.index)):
            message = f"the text ends before '{comment[1]}', which YAML reads as a comment"
            yield Finding(path, "cut-off", message, "put the whole value in quotes; a comment has a space after its #")


def run_together(source: SourceText, path: FieldPath) -> Iterator[Finding]:
    """An item of a list that is part of the text at `path`, because its dash is too far to the right."""
    node = source.node_at(path)
    written = source.text[node.start_mark.index : node.end_mark.index]
    if _is_bare(node) and (item := _ITEM.search(written)):
        help = "begin each '- ' right below the one above it; a list inside a text stands below | and an empty line"
        before = written.count("- ", 0, item.start(1))
        yield Finding(path, "run-together", "an item of a list is read as part of the text before it", help, needle="- ", nth=before)


def _is_bare(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style
