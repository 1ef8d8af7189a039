"""Whoosh 2.7.4, behind this package alone: its stemmer, and its parser, matchers and scorer over our segments."""
