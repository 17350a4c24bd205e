"""What every engine builds from: the playbook, read and checked, as a plan of its site.

`plan` takes the playbook's folder. It returns the plan, with the warnings that a person should see, or raises all that stands in the way.
"""

from __future__ import annotations

from pathlib import Path

from macros.engines.mkdocs.check import site_problems
from macros.engines.mkdocs.settings import SiteSettings, read_settings
from macros.files.layout import SITE_SETTINGS
from macros.playbook.load import load_playbook
from macros.problems.problem import Problem, file_problem
from macros.problems.user_error import InvalidPlaybook
from macros.site.ledger.ledger import read_ledger
from macros.site.plan import SitePlan, plan_site


def plan(root: Path, address: str = "", *, strict: bool = True) -> tuple[SitePlan, tuple[Problem, ...]]:
    """Returns the plan of the site at `address`, and warnings; if `strict`, there are none, as each counts as an error.

    Raises: InvalidPlaybook.
    """
    ledger = read_ledger(root, load_playbook(root))
    settings = read_settings(root)
    found = site_problems(root, ledger, settings, strict=strict)
    if any(problem.severity == "error" for problem in found):
        raise InvalidPlaybook(found)
    styles = settings.get("extra_css") if isinstance(settings, SiteSettings) else None
    return plan_site(ledger, address, styles if isinstance(styles, list) else ()), found


def settings_of_site(root: Path) -> SiteSettings:
    """Returns the settings of a site.

    Raises: InvalidPlaybook.
    """
    found = read_settings(root)
    if isinstance(found, SiteSettings):
        return found
    lost = file_problem(SITE_SETTINGS, "missing-file", "the settings of the site are missing", "bring the file back, or write it")
    raise InvalidPlaybook((found or lost,))
