"""YAML files, read with the place of each value, and edited without touching the rest.

Takes: the text of a file.
Gives: plain values, problems with their lines, or the new text.
Start with: source.py, then reader.py; editor.py for edits.
Never imports: any package of macros but macros.problems: it knows YAML and no kinds.
To change the words for broken YAML: see syntax_errors.py; what is read quickly: see fast_path.py.
"""
