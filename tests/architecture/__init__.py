"""The picture of the program's structure in the documentation, drawn from the import contract in `pyproject.toml`."""
