"""YAML files: read with the place of each value, and edited in place.

Takes: the text of a file.
Gives: plain values, problems with their lines, or the new text.
Start with: `source.py`, then `reader.py`; for edits, `editor.py`.
Never imports: any package of macros but problems; it knows YAML, and no kinds.
To change the words for broken YAML: see `syntax_errors.py`; what is read quickly: `fast_path.py`.
"""
