"""The ledger: every address and anchor that a release has promised, and where each leads now."""
