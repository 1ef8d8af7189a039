"""Reads sources of every kind and writes them as content files."""
