"""Runs `python -m mkdocs` and the like in a process of its own that is forked from a server, which has imported most of it.

Imports and compiled templates take most of the time that the build of a small site takes. The tests do not fork themselves, because they have threads.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, TemplateAssertionError
from jinja2.bccache import Bucket

PROJECT = Path(__file__).parents[2]
IMPORTED_BEFORE = (
    *("mkdocs.commands.build", "mkdocs_macros.plugin", "mike.commands"),
    *("macros.engines.mkdocs.hooks", "macros.site.versions.publish", "macros.site.versions.staging_repo"),
)
"""Whatever the modules that are run import, but not these themselves."""


def run_module(folder: Path, module: str, arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What `python -m module arguments` says and how it ends, run in `folder`."""
    server = _server()
    with tempfile.TemporaryDirectory() as written:
        out, err = (Path(written) / name for name in ("out", "err"))
        job = {"module": module, "arguments": arguments, "folder": str(folder), "environment": dict(environment), "out": str(out), "err": str(err)}
        server.stdin.write(json.dumps(job) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(arguments, code, out.read_text("utf-8"), err.read_text("utf-8"))


@cache
def _server() -> subprocess.Popen[str]:
    """One for each process that runs tests."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.Popen([sys.executable, "-m", __name__], cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def stop_server() -> None:
    """Ends it where there is one, and waits for it."""
    if _server.cache_info().currsize:
        _server().communicate()
        _server.cache_clear()


class _Compiled(BytecodeCache):
    """Templates by name, whatever folder they are in: each scratch site has links to the same ones. Jinja compares a digest of the text."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def compile_before() -> None:
    """Compiles the templates of the pages and of the theme, and lists the theme's files, for all builds to come."""
    pages = import_module("macros.pages.renderer").environment()
    for name in pages.list_templates(extensions=["jinja"]):
        pages.get_template(name)
    import_module("markdown.util").get_installed_extensions()
    theme, quick, compiled = import_module("mkdocs.theme").Theme, import_module("macros.engines.mkdocs.quick_theme"), _Compiled()
    quick._listed_once, made = cache(quick._listed), theme.get_env

    def get_env(self: Any) -> Environment:
        env = made(self)
        env.bytecode_cache, env.loader = compiled, quick._Loader(env.loader.searchpath)
        return env

    theme.get_env = get_env
    env = theme(name="material", custom_dir=str(PROJECT / "overrides")).get_env()
    names = env.list_templates()
    for name in (name for name in names if name.endswith(("sitemap.xml", ".html"))):
        with suppress(TemplateAssertionError):  # it needs a plugin that this project has not
            env.get_template(name)


def serve() -> None:
    """Reads a job from each line of the standard input, and answers with its exit code."""
    for module in IMPORTED_BEFORE:
        import_module(module)
    compile_before()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run_job(**json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def run_job(*, module: str, arguments: list[str], folder: str, environment: dict[str, str], out: str, err: str) -> None:
    """Becomes the process that was asked for; never returns."""
    code: object = 0
    try:
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.path[0] = folder
        sys.argv = [module, *arguments]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - Python itself would print it and end
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        print(code, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else bool(code))


if __name__ == "__main__":
    serve()
