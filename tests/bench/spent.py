"""What a command costs: the processor's time and the memory of it and of all that it starts.

`spent(command, folder)` returns both, of a fresh process. It runs this file as a small program in between: what Linux counts as the most memory of a
process begins with that of the process which started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

QUIET = {"NO_MKDOCS_2_WARNING": "1", "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
_BYTES_A_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """The processor's time in seconds, user and system, and the most memory that one process had, in MB."""

    cpu: float
    memory: float

    def __str__(self) -> str:
        """Both in a few words."""
        return f"{self.cpu:.1f} s CPU, {self.memory:.0f} MB"


def spent(command: Sequence[object], folder: Path) -> Spent:
    """What `command` costs, run in `folder`; it has to go well."""
    start = [sys.executable, "-I", "-S", __file__, *map(str, command)]
    done = subprocess.run(start, cwd=folder, env=os.environ | QUIET, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command}: {done.stderr[-3000:]}"
    return Spent(**json.loads(done.stdout))


def _run(command: list[str]) -> int:
    """Runs the command, and prints what it cost; its own words go where errors go."""
    process = subprocess.Popen(command, stdout=sys.stderr)
    _, status, used = os.wait4(process.pid, 0)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss * _BYTES_A_UNIT / 1e6}))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1:]))
