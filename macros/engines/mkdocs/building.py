"""One build of MkDocs from the plan to the finished site: how it begins, which files MkDocs gets, and how it ends.

`begin_build` and `end_build` take the configuration of MkDocs, `add_files` its files too.
"""

from __future__ import annotations

import gc
import logging
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import CountHandler

from macros.engines.mkdocs.date_of_build import require_date_of_build
from macros.engines.mkdocs.linked_file import LinkedFile
from macros.engines.mkdocs.plan import plan
from macros.engines.mkdocs.quick_theme import make_quick
from macros.engines.mkdocs.site_folder import why_no_site
from macros.engines.mkdocs.state import Build, build_of, previews, start_build
from macros.engines.mkdocs.telling import stop, stop_saying, tell
from macros.engines.mkdocs.unchanged import finish_preview, show
from macros.files import memo
from macros.files.layout import DOCS
from macros.files.transaction import finish_change
from macros.pages.renderer import template_sources
from macros.playbook.review_dates import today_anywhere
from macros.problems.problem import Problem, with_warnings
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.site import unfinished
from macros.site.finish import finish
from macros.site.of_theme import is_of_theme
from macros.site.plan import SitePlan
from macros.site.replace import replace_site
from macros.site.shell import is_filled, shells_for
from macros.text.markdown import escape_title

_warnings = CountHandler(level=logging.WARNING)


def begin_build(config: Any) -> None:
    """Plan the site, and send MkDocs to a folder beside it. Raises: Abort."""
    if previews():
        _keep_what_is_the_same(config)
    root = Path(config.config_file_path).parent
    planned, warnings = _planned(config, root)
    tell(warnings)
    site = Path(config.site_dir)
    if whose := why_no_site(root, site):  # one that was named on the command line
        stop_saying(f"the build would replace {site}, which {whose}; name another folder")
    start_build(config, Build(planned, site, shells_for(planned.pages.values())))
    config.site_dir = unfinished.open_folder(site)
    config.site_name = escape_title(planned.playbook.settings.title)
    config.site_description = escape_title(planned.playbook.settings.summary)
    config.extra["playbook"] = planned.extra()
    _warnings.counts.clear()
    logging.getLogger("mkdocs").addHandler(_warnings)


def add_files(files: Any, config: Any) -> None:
    """Give MkDocs a page for each list, links to the pages of entries, and the exports."""
    build = build_of(config)
    for file in [file for file in files.media_files() if is_of_theme(file.dest_uri, build.plan.ledger.current.static_files)]:
        files.remove(file)
    for page in (*build.plan.pages.values(), *build.shells.values()):
        path = page.path.removeprefix(f"{DOCS}/")
        if is_filled(page):
            files.append(LinkedFile(page, path, config.site_dir))
        elif page.is_generated:
            # a list that mkdocs.yml does not name is reached by the foot of each page, which has all lists: no reason to warn
            inclusion = InclusionLevel.INCLUDED if page.in_navigation and not config.nav else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, path, content="", inclusion=inclusion))
    for path, content in build.plan.files.items():
        files.append(File.generated(config, path, content=content))


def end_build(config: Any) -> None:
    """Finish the site, and replace the old one with it. Raises: Abort; OSError."""
    build, written = build_of(config), Path(config.site_dir)
    if build.problems:
        stop(tuple(build.problems))
    done = finish_preview(build.preview, build.plan, written, build.site) if build.preview else finish(build.plan, written)
    tell(with_warnings(done.errors, done.warnings, strict=config.strict))
    if config.strict and _warnings.get_counts():
        raise Abort("The site was left as it was: the warnings above count as errors in strict mode.")
    if build.preview:
        show(build.preview, done, build.site)
    else:
        replace_site(build.site, written)
    unfinished.let_go(config.site_dir)
    memo.forget_unused()
    config.site_dir = str(build.site)


def _planned(config: Any, root: Path) -> tuple[SitePlan, tuple[Problem, ...]]:
    try:
        require_date_of_build()
        finish_change(root)
        return plan(root, config.site_url or "", strict=config.strict and not previews())
    except InvalidPlaybook as refused:
        stop(refused.problems)
    except UserError as refused:
        stop_saying(str(refused))


def _keep_what_is_the_same(config: Any) -> None:
    memo.keep((template_sources(), today_anywhere()))
    make_quick(config.theme)
    gc.disable()  # to look for garbage takes a fifth of a build: it comes when nobody waits
