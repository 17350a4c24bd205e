"""Lighthouse on a phone: see `__main__.py`."""
