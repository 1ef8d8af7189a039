"""Trains the weights of `backfile.split`. See `docs/splitting.md`."""
