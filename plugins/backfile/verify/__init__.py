"""Proof that a built archive is whole: fixity, links and anchors, privacy, well-formed pages."""
