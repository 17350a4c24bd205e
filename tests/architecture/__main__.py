"""`python -m tests.architecture` (`make architecture`): draws `docs/assets/architecture.svg` again."""

from tests.architecture.picture import FILE, draw

FILE.write_text(draw(), "utf-8")
print(f"drawn: {FILE}")
