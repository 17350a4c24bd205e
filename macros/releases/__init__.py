"""What the playbook said at other times, and what changed since.

Takes: playbooks, files of releases and git revisions. Gives: snapshots, fingerprints, the history and differences.
Start with: `snapshot.py`, then `store.py` and `history.py`.
Never imports: pages, site, engines, authoring, cli.
To change what a release records: see `record.py` and `manifest.py`; what counts as a change of meaning: `fingerprint.py`.
To change how a difference is found or shown: see `diff/`.
"""
