"""Proof that what was taken out of an archive is nowhere in what was built of it."""
