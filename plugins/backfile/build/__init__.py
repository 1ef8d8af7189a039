"""Builds whose cost follows the change, for Pelican."""
