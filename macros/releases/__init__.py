"""What the playbook said at one time, what has changed since, and who should look again."""
