"""`python -m tests.bench.lighthouse.valid FOLDER`: what the Nu HTML Checker says of every page in site/, but for what is known and meant.

FOLDER is where the checker is installed; it needs Java 11 or newer.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.support.sites import PROJECT

MEANT = ("The “role” attribute must not be used on a “",)
"""How messages begin of which docs/contribute/decisions/our-own-shell.md says why the pages stay as they are."""


def messages(folder: Path, site: Path) -> Counter[str]:
    """Each error that the checker finds, with how often it stands."""
    java = shutil.which("java")
    if not java:
        sys.exit("The checker needs Java, and there is none here")
    command = [java, "-jar", folder / "node_modules/vnu-jar/build/dist/vnu.jar", "--skip-non-html", "--errors-only", "--format", "json", site]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    return Counter(f"{row['message']} For example in {row['url'].partition('/site/')[2]}" for row in json.loads(said)["messages"])


def main(folder: Path) -> int:
    """Prints each error; 1 if there are any."""
    found = Counter[str]()
    for message, times in messages(folder, PROJECT / "site").items():
        if not message.startswith(MEANT):
            found[message.partition(" For example in ")[0]] += times
            print(message)
    print(f"{sum(found.values())} errors")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
