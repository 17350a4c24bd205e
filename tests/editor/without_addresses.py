"""`python without_addresses.py package-lock.json`: takes out of npm's lock file where each package asks for money. A lock file holds no addresses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

lock = Path(sys.argv[1])
content = json.loads(lock.read_text("utf-8"))
for package in content["packages"].values():
    package.pop("funding", None)
lock.write_text(f"{json.dumps(content, indent=2)}\n", "utf-8")
