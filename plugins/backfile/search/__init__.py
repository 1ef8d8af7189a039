"""Static search segments, and Whoosh over them, for Pelican."""
