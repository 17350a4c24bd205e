"""The playbook at other times, and what has changed since.

Takes: playbooks, files of releases and git revisions.
Gives: snapshots, fingerprints, the history and differences.
Start with: `snapshot.py`, then `store.py` and `history.py`.
Never imports: pages, site, engines, authoring, cli.
To change what a release records: see `record.py` and `manifest.py`; what is said of its damaged files: `damage.py`.
To change what counts as a change of meaning: see `fingerprint.py`; how differences are found and shown: `diff/`.
"""
