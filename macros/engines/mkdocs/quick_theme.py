"""Keeps a preview from compiling the theme's templates, and from looking through its fourteen thousand icons, anew for each build.

`make_quick` takes the theme of a build, before MkDocs asks it for its environment.
"""

from __future__ import annotations

from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket

from macros.files.memo import Memory, remembered


def make_quick(theme: Any) -> None:
    """Gives MkDocs an environment that keeps from the builds before what is the same."""
    made = theme.get_env

    def get_env() -> Environment:
        env = made()
        env.bytecode_cache = _compiled
        env.loader = _Loader(env.loader.searchpath)
        return env

    theme.get_env = get_env


class _Compiled(BytecodeCache):
    """Holds each template under a name, with a digest of its text: Jinja compares that."""

    def __init__(self) -> None:
        self._kept = Memory()

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.find(bucket.key)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept.put(bucket.key, bucket.bytecode_to_string())


_compiled = _Compiled()


class _Loader(FileSystemLoader):
    """Lists what MkDocs may copy into the site: nothing hidden, as are the icons."""

    def list_templates(self) -> list[str]:
        own, *installed = self.searchpath
        names = {*_listed(own), *(name for folder in installed for name in _listed_once(folder))}
        return sorted(names)


def _listed(folder: str) -> list[str]:
    return [name for name in FileSystemLoader(folder).list_templates() if not name.startswith(".")]


_listed_once = remembered(lambda folder: folder)(_listed)
"""For a folder of a package, which only a restart would see changed."""
