"""Every id that an entry or a page names: whether it exists, is of the right kind, and is not the entry itself.

`check_relations` takes files that were checked for themselves, and returns problems with what they name. Two files that claim the same are in
`clashes.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from macros.files.memo import Same, remembered
from macros.playbook.checks.file import Checked
from macros.playbook.checks.other_playbooks import names_outside, outside_finding
from macros.playbook.elsewhere import Elsewhere
from macros.playbook.names import EntryNames, Released, missing_entry, several_ids
from macros.problems.problem import Problem, short
from macros.schema.fields import Relation
from macros.schema.filled import Filled
from macros.schema.introspect import Field
from macros.schema.patterns import SLUG, odd_character
from macros.text.markdown import entry_links
from macros.text.refused import LINK_SCHEMES, as_in_a_cell
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import FieldPath
from macros.yamlfile.spans import in_brackets

_NO_ENTRY = frozenset(("none", "nil", "nothing", "n/a", "na", "-"))
"""What people write where nothing is to be named."""


def check_relations(checked: list[Checked], by_id: Mapping[str, Sequence[str]], released: Released, elsewhere: Elsewhere) -> list[Problem]:
    """What is wrong with the ids that files name; `by_id` has the paths of each id's files, and `released` those that releases have."""
    names = _names(checked, by_id, released)
    known = _known(tuple((id, *folders) for id, folders in names.folders.items()))
    wrong = (item for item in checked if not _is_right(item, known, names, elsewhere))
    return [locate(item.source, finding) for item in wrong for finding in _id_findings(item, names, elsewhere)]


@remembered(lambda ids: ids)
def _known(ids: tuple[tuple[str, ...], ...]) -> Same:
    """What stands for some ids with their folders: the same for the same ones."""
    return Same(ids)


@remembered(lambda item, known, _, elsewhere: (Same(item), known, Same(elsewhere)))
def _is_right(item: Checked, known: Same, names: EntryNames, elsewhere: Elsewhere) -> bool:  # noqa: ARG001 - the `known` ids stand for the names
    """Whether nothing is wrong with the ids that a file names, which depends on the ids that there are, and on nothing else of the names."""
    return next(_id_findings(item, names, elsewhere), None) is None


def _names(checked: Iterable[Checked], by_id: Mapping[str, Sequence[str]], released: Released) -> EntryNames:
    """What entries are called, as far as their files can be read."""
    entries = [item for item in checked if item.is_entry]
    former = {old: item.slug for item in entries for old in _texts(item.raw.get("formerly")) if item.slug in by_id}
    titles = [(text, item.slug) for item in entries for text in (item.raw.get("name"), item.raw.get("title")) if isinstance(text, str)]
    return EntryNames({id: [PurePosixPath(path).parent.name for path in paths] for id, paths in by_id.items()}, former, titles, released)


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _id_findings(item: Checked, names: EntryNames, elsewhere: Elsewhere) -> Iterator[Finding]:
    seen: set[tuple[FieldPath, str]] = set()
    for field, path, value in item.filled:
        if not isinstance(value, str):
            continue
        if field.relation:
            yield from filter(None, [_relation_finding(item, field, path, value, names, elsewhere)])
            if isinstance(path[-1], int) and (path[:-1], value) in seen:
                yield Finding(path, "repeated", f"'{short(value)}' stands here twice", "keep one")
            seen.add((path[:-1], value))
        elif field.is_prose and (links := entry_links(value, field.form)):
            yield from _link_findings(item, (field, path, value), links, names, elsewhere)


def _relation_finding(item: Checked, field: Field, path: FieldPath, value: str, names: EntryNames, elsewhere: Elsewhere) -> Finding | None:
    """What is wrong with an id in a typed field."""
    if value != item.slug and names.fits(value, field.relation.to):
        return None
    if names_outside(value, elsewhere):
        return outside_finding(field, path, value, elsewhere)
    return _none(field, path, value, names) or _one_id_each(item, field, path, value, names) or _misnamed(item, path, value, field.relation, names)


def _none(field: Field, path: FieldPath, value: str, names: EntryNames) -> Finding | None:
    """A word for no entry, where a field may be null or be left out."""
    if field.is_required or isinstance(path[-1], int) or value.casefold() not in _NO_ENTRY or names.fits(value, None):
        return None
    how = f"write `{field.name}: null`, or remove the field" if field.may_be_null else "remove the field"
    return Finding(path, "unknown-id", f"there is no entry '{short(value)}'", how)


def _misnamed(item: Checked, path: FieldPath, id: str, relation: Relation, names: EntryNames) -> Finding | None:
    return _reference_finding(path, id, item.slug, relation.to, names, beside=_beside(item, path))


def _beside(item: Checked, path: FieldPath) -> Sequence[Any]:
    """The list that holds the id at `path`; nothing where that stands alone."""
    if not isinstance(path[-1], int):
        return ()
    whole: Any = item.raw
    for step in path[:-1]:
        whole = whole[step]
    return whole if isinstance(whole, list) else ()


def _one_id_each(item: Checked, field: Field, path: FieldPath, value: str, names: EntryNames) -> Finding | None:
    """Several ids where one belongs."""
    ids = several_ids(names, value) if not re.fullmatch(SLUG, value) and " - " not in value else ()
    if not ids:
        return None
    if not field.is_list:
        help = f"this field names one entry: write one of {', '.join(ids)}"
    elif in_brackets(item.source, path) or not isinstance(path[-1], int):
        help = f"write a comma between them: {', '.join(ids)}"
    else:
        help = f"write each on a line that begins with '- ': {', '.join(ids)}"
    return Finding(path, "not-an-id", f"'{short(value)}' is more than one id", help)


def _link_findings(item: Checked, filled: Filled, links: Iterable[tuple[str, str]], names: EntryNames, elsewhere: Elsewhere) -> Iterator[Finding]:
    named: Counter[str] = Counter()
    field, path, text = filled
    for id, needle in links:
        outside = names_outside(id, elsewhere)
        if found := outside_finding(field, path, id, elsewhere) if outside else _reference_finding(path, id, item.slug, None, names):
            help = (not outside and _link_help(item, id, _label(text, needle), names)) or found.help
            yield replace(found, help=as_in_a_cell(help) if needle.endswith("\\|") else help, needle=needle, nth=named[needle])
        named[needle] += 1


def _label(text: str, needle: str) -> str:
    """The words of the link that begins with `needle`; empty if it has none."""
    return text.partition(needle)[2].partition("]]")[0] if needle.endswith("|") else ""


def _link_help(item: Checked, id: str, label: str, names: EntryNames) -> str:
    """What to write instead of a link, if that is not another id."""
    if label and names.fits(label.strip(), None):
        return f"the id comes first: write [[{label.strip()}|{id}]]"
    if id.startswith(LINK_SCHEMES):
        address, _, words = id.partition(" ")
        return f"write [{label or words.strip() or 'where it leads'}]({address})"
    if ids := several_ids(names, id):
        return f"write a link for each: {' '.join(f'[[{one}]]' for one in ids)}"
    return "write the words alone, without a link" if id == item.slug else ""


def _reference_finding(path: FieldPath, id: str, own: str, to: str | None, names: EntryNames, *, beside: Collection[Any] = ()) -> Finding | None:
    """What is wrong where the entry `own` names `id`; `beside` are the ids in its list."""
    if id == own:
        return Finding(path, "names-itself", f"'{id}' is this entry itself", "name another entry, or remove it")
    if names.fits(id, to):
        return None
    message, help = missing_entry(names, id, to, own=own, beside=beside)
    if id in names.folders:
        return Finding(path, "wrong-kind", f"'{id}' is one of the {names.folders[id][0]}, expected one of the {to}", help)
    if re.fullmatch(SLUG, id):
        return Finding(path, "unknown-id", message, help)
    return None if " - " in id or odd_character(id) else Finding(path, "not-an-id", f"'{short(id)}' cannot be an id", help)
