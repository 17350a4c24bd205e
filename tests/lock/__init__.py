"""What `make lock` does to the lock files that uv writes."""
