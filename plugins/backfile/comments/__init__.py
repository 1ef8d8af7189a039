"""Threads of comments on articles, for Pelican."""
