"""Playbooks with one broken file, thousands of them: the check ends soon, in little memory, and says what is wrong where.

Takes a seed and a number, from which a case is made. Returns what went wrong with it, and how long it took.
"""
