"""The tags that a playbook lists: their headings have anchors of their own, and every tag of an entry is one of them.

`check_tags` takes files that were checked for themselves. Returns problems at the list of tags, and at each tag that is not in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from macros.files.layout import SETTINGS_FILE
from macros.playbook.anchors import group_anchor
from macros.playbook.checks.file import Checked
from macros.playbook.names import folded_title
from macros.playbook.relations import OTHERS
from macros.problems.closest import closest, listed
from macros.problems.problem import Problem, short
from macros.schema.patterns import slug_of
from macros.schema.settings import Settings
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import FieldPath
from macros.yamlfile.writer import quote_value


def check_tags(checked: Iterable[Checked], ids: Collection[str]) -> Iterator[Problem]:
    """Tags that the playbook does not list, and those of its list that cannot be headings. A list that cannot be read judges nothing."""
    checked = tuple(checked)
    settings = next((item for item in checked if item.model is Settings), None)
    if settings is None or not isinstance(settings.raw.get("tags", []), list):
        return
    tags = [tag for tag in settings.raw.get("tags", []) if isinstance(tag, str)]
    yield from (locate(settings.source, finding) for finding in _listed_findings(tags, ids))
    used = [(item, path, tag) for item in checked for path, tag in _tags_of(item)]
    if used and not settings.raw.get("tags"):
        yield locate(settings.source, _no_list(used[0][0].source.file, [tag for _, _, tag in used]))
        return
    for item, path, tag in used:
        is_first = item.raw["tags"].index(tag) == path[-1]
        if finding := _unlisted(path, tag, tags) if is_first else Finding(path, "repeated", f"'{short(tag)}' stands here twice", "keep one"):
            yield locate(item.source, finding)


def _no_list(file: str, tags: Sequence[str]) -> Finding:
    """A playbook without tags whose entries have some, such as the one in `file`: they are told once, with all of them."""
    help = f"list those that entries may have, in the order of lists: `tags: {quote_value([*dict.fromkeys(tags)])}`"
    return Finding((), "missing-field", f"'tags' is missing, and entries have tags: {file} is one", help)


def _tags_of(item: Checked) -> Iterator[tuple[FieldPath, str]]:
    """The tags of an entry that has any, each with its place; what is no text is told elsewhere."""
    tags = item.raw.get("tags") if item.is_entry else None
    return ((("tags", index), tag) for index, tag in enumerate(tags if isinstance(tags, list) else ()) if isinstance(tag, str) and tag.strip())


def _listed_findings(tags: Sequence[str], ids: Collection[str]) -> Iterator[Finding]:
    """Tags whose headings would have no anchor, or that of something else."""
    taken: dict[str, str] = {group_anchor(OTHERS): "the heading of entries without a tag"}
    for index, tag in enumerate(tags):
        anchor = group_anchor(tag)
        owner = taken.get(anchor) or (f"the entry '{anchor}'" if anchor in ids else "")
        if not slug_of(tag):
            yield Finding(("tags", index), "tag-anchor", f"'{short(tag)}' makes no anchor for its heading", "add a word with letters from a to z")
        elif owner:
            yield Finding(
                ("tags", index), "tag-anchor", f"'{short(tag)}' would have the same anchor as {owner}: #{anchor}", "choose other words for it"
            )
        taken.setdefault(anchor, f"'{short(tag)}'")


def _unlisted(path: FieldPath, tag: str, tags: Sequence[str]) -> Finding | None:
    if tag in tags:
        return None
    by_fold: Mapping[str, str] = {folded_title(known): known for known in tags}
    near = by_fold.get(folded_title(tag)) or closest(tag, tags)
    where = f"add it to the `tags` of {SETTINGS_FILE} if it is new"
    help = f"did you mean `{quote_value(near)}`? Otherwise, {where}" if near else f"the tags are {listed(map(quote_value, tags))}; {where}"
    return Finding(path, "unknown-tag", f"there is no tag '{short(tag)}'", help)
