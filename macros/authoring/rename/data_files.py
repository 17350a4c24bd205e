"""Where a YAML file names an entry: fields that hold ids, and links in its texts.

Takes a file that has no problems. Returns the edits that replace the old id with the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.playbook.checks.file import Checked
from macros.schema.fields import TextForm
from macros.schema.filled import values_in
from macros.schema.introspect import all_fields, fields_of
from macros.text.markdown import entry_links
from macros.yamlfile.editor import Edit, Splice, add_to_list, remove_from_list, replace_value
from macros.yamlfile.finding import CannotEdit, show_path
from macros.yamlfile.source import FieldPath

_NOBODY = "an-id-that-nobody-has"


def edits_for_new_id(checked: Checked, old: str, new: str) -> Iterator[Edit]:
    """An edit for each place that names `old`.

    Raises: CannotEdit if a link is written in a way that hides its id.
    """
    for field in all_fields(checked.model):
        for path, value in values_in(checked.raw, field.steps) if field.relation or field.is_prose else ():
            if field.relation and value == old:
                yield replace_value(checked.source, path, new)
            elif field.is_prose and isinstance(value, str) and (edit := _relinked(checked, field.form, path, value, old, new)):
                yield edit


def known_as(checked: Checked, old: str, new: str) -> list[Edit]:
    """The edits to the renamed entry itself: `old` becomes the last of its former ids. If `new` was a former id, it is removed from them."""
    had = list(checked.raw.get("formerly", ()))
    path, order = ("formerly",), tuple(fields_of(checked.model))
    if had and had[-1] == new:
        return [replace_value(checked.source, ("formerly", len(had) - 1), old)]
    before = [remove_from_list(checked.source, path, new)] if new in had else []
    return [*before, add_to_list(checked.source, path, old, order=order)]


def _relinked(checked: Checked, form: TextForm, path: FieldPath, value: str, old: str, new: str) -> Edit | None:
    """The text at `path` with its links leading to `new`. What looks like a link inside code is text, and stays."""
    if not any(id == old for id, _ in entry_links(value, form)):
        return None
    begins = re.compile(rf"\[\[[^\S\n]*({re.escape(old)})(?=[^\S\n]*(?:\]\]|\\?\|))")
    found_ids = list(begins.finditer(value))
    links = [number for number, found in enumerate(found_ids) if _is_link(value, form, found.span(1))]
    written = _as_written(checked, path, old)
    if len(written) != len(found_ids) or len(links) != sum(id == old for id, _ in entry_links(value, form)):
        raise CannotEdit(f"{checked.source.file}: a link in '{show_path(path)}' hides the id '{old}' from the eye; write it as [[{old}]]")
    for start, end in (found_ids[number].span(1) for number in reversed(links)):
        value = value[:start] + new + value[end:]
    return Edit(tuple(Splice(*written[number], new) for number in links), path, value)


def _is_link(value: str, form: TextForm, span: tuple[int, int]) -> bool:
    """Whether the id at `span` is that of a link: whether another id there would be found as one."""
    other = value[: span[0]] + _NOBODY + value[span[1] :]
    return any(id == _NOBODY for id, _ in entry_links(other, form))


def _as_written(checked: Checked, path: FieldPath, old: str) -> list[tuple[int, int]]:
    """Where the file has `[[old`, in the text at `path`. A line may be broken after the brackets, except in a text that keeps its lines."""
    node = checked.source.node_at(path)
    gap = r"[^\S\n]*" if getattr(node, "style", None) == "|" else r"\s*"
    begins = re.compile(rf"\[\[{gap}({re.escape(old)})(?={gap}(?:\]\]|\\{{0,2}}\|))")
    return [found.span(1) for found in begins.finditer(checked.source.text, node.start_mark.index, node.end_mark.index)]
