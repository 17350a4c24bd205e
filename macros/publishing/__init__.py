"""The published site: every version in a folder of its own, each page with its way to the same page in the others."""
