"""Threads of comments on articles: the Pelican plugin `backfile.comments`."""

from __future__ import annotations


def register() -> None:
    """Called by Pelican when the plugin is loaded."""
    from backfile.hooks import connect

    connect("readers_init", "backfile.comments.plugin:add_reader")
    connect("generator_init", "backfile.comments.plugin:prepare_generator")
    connect("article_generator_pretaxonomy", "backfile.comments.plugin:set_apart")
    connect("article_generator_finalized", "backfile.comments.plugin:complete_lists")
    connect("article_writer_finalized", "backfile.comments.plugin:write_comment_pages")
    connect("static_generator_finalized", "backfile.comments.plugin:withhold")
    # Whoever applies takedowns has their result proven.
    connect("article_generator_finalized", "backfile.removal.plugin:prepare")
    connect("finalized", "backfile.removal.waiting:finish")
