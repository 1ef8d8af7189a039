"""Finds where an article ends and its comments begin."""
