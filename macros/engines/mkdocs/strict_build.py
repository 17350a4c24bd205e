"""The site built as `make site` builds it, into a folder that the caller names: for a release, which is made from the finished site.

`build_strictly` takes the playbook's folder and that of the site. It raises UserError with everything that the build says.
"""

from __future__ import annotations

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from macros.engines.mkdocs.own_hooks import fault_in_hook
from macros.files.layout import SITE_SETTINGS
from macros.problems.problem import problems_as_text
from macros.problems.user_error import UserError

_HELP = "correct what the build says, and commit it"


def build_strictly(root: Path, site: Path) -> None:
    """Builds the site of the playbook in `root` into `site`; warnings are errors.

    Raises: UserError.
    """
    if not (root / SITE_SETTINGS).is_file():
        raise UserError(
            f"there is no {SITE_SETTINGS}, so there is no site to make it from", f"bring {SITE_SETTINGS} back, or copy it from another playbook"
        )
    said = io.StringIO()
    try:
        with redirect_stderr(said), redirect_stdout(said):
            _build(root, site)
    except MkDocsException as stopped:
        raise UserError(f"the site cannot be built\n{said.getvalue().strip() or stopped}", _HELP) from None
    except Exception as error:
        if (fault := fault_in_hook(error)) is None:
            raise
        raise UserError(f"the site cannot be built\n{problems_as_text((fault,))}", _HELP) from None


def _build(root: Path, site: Path) -> None:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    config = load_config(str(root / SITE_SETTINGS), site_dir=str(site), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
