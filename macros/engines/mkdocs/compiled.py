"""Keeps the theme's templates compiled while a preview runs: MkDocs reads and compiles them anew for each build."""

from __future__ import annotations

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from macros.files.memo import Memory


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


def keep_compiled(env: Environment) -> None:
    """Has the environment take templates from the builds before, where they are the same."""
    env.bytecode_cache = _compiled
