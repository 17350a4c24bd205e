"""Whether the site can be built: what a build would stop at, found without building.

`site_problems` takes the playbook's folder, the ledger of its site and what was read of its settings. It returns errors and warnings: the check shows them, and a build shows the
same before it begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from macros.engines.mkdocs.elsewhere import diagrams_in_pages
from macros.engines.mkdocs.markdown import markdown_reader
from macros.engines.mkdocs.menu import menu_problems
from macros.engines.mkdocs.module_names import module_name_problems
from macros.engines.mkdocs.settings import BUILT_IN_EXTENSIONS, SiteSettings
from macros.engines.mkdocs.settings_check import settings_problems
from macros.engines.mkdocs.settings_form import Reply, reply_of_mkdocs
from macros.engines.mkdocs.templates import THEME_FOLDER
from macros.files.layout import SITE_SETTINGS
from macros.playbook.checks.coverage import coverage_warnings
from macros.problems.problem import Problem, file_problem, with_warnings
from macros.site.inbound.known import Inbound
from macros.site.inbound.problems import inbound_problems
from macros.site.ledger.check import ledger_problems
from macros.site.ledger.ledger import Ledger
from macros.site.page_check import page_problems
from macros.site.static_files import static_file_problems

USUAL_EXTENSIONS = (*BUILT_IN_EXTENSIONS, "attr_list", "pymdownx.highlight", "pymdownx.superfences")
"""Those of a playbook that makes no site yet."""


def site_problems(root: Path, ledger: Ledger, settings: SiteSettings | Problem | None, *, strict: bool) -> tuple[Problem, ...]:
    """Returns broken promises, what is wrong with mkdocs.yml and with pages written by hand, and gaps between entries; if `strict`, all are errors."""
    inbound = () if isinstance(settings, Problem) else inbound_problems(Inbound(ledger, settings.address if settings else ""))
    found = (*ledger_problems(ledger), *_of_site(root, ledger, settings))
    return with_warnings((*found, *inbound), coverage_warnings(ledger.current.playbook), strict=strict)


def _of_site(root: Path, ledger: Ledger, settings: SiteSettings | Problem | None) -> tuple[Problem, ...]:
    if isinstance(settings, Problem):
        return (settings,)
    if taken := (*module_name_problems(root),):
        return taken  # whatever runs may load these files
    if settings is None and (root / THEME_FOLDER).is_dir():
        return (file_problem(SITE_SETTINGS, "missing-file", "the settings of the site are missing", "bring the file back, or write it"),)
    reply = reply_of_mkdocs(settings, root) if settings else Reply()
    if reply.extensions:
        read = markdown_reader(reply.extensions, reply.options)
    else:
        read = markdown_reader(settings.extensions if settings and not reply.problems else USUAL_EXTENSIONS)
    pages = page_problems(ledger.current, read, once=_once(ledger), quickly=not reply.extensions)
    found = (*pages, *(_of_settings(settings, root, ledger) or reply.problems if settings else ()))
    told = {problem.location for problem in found}  # what every page loads is told as that
    return (*found, *(problem for problem in static_file_problems(root, ledger.current.static_files) if problem.location not in told))


def _of_settings(settings: SiteSettings, root: Path, ledger: Ledger) -> tuple[Problem, ...]:
    current = ledger.current
    return (*settings_problems(settings, root), *menu_problems(settings, current.catalogue), *diagrams_in_pages(settings, current.playbook.written))


def _once(ledger: Ledger) -> Mapping[str, frozenset[str]]:
    """The anchors that pages keep for old links, by address."""
    pages = ledger.current.catalogue.by_url
    return {url: frozenset({*ledger.promised_anchors.get(url, ()), *ledger.current.former_anchors(url)}) for url in pages}
