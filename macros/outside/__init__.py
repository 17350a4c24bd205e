"""Links that lead out of the playbook: where they stand, whether what they lead to is still there, and how that is told."""
