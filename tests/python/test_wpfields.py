"""What a WordPress export says of a post beside its text is kept, or its names are in the report."""

from __future__ import annotations

import io

from backfile.importer.record import Record
from backfile.importer.wordpress import read_wordpress
from backfile.model import Source

HEAD = (
    '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    "<link>https://harbour.example</link><wp:author><wp:author_login>ann</wp:author_login>"
    "<wp:author_display_name>Ann Lee</wp:author_display_name></wp:author>"
)
IMAGE = (
    "<item><title>quay</title><wp:post_id>7</wp:post_id><wp:post_type>attachment</wp:post_type><excerpt:encoded>Ann at"
    " the &lt;i&gt;quay&lt;/i&gt;</excerpt:encoded><wp:attachment_url>https://harbour.example/up/quay-scaled.jpg"
    "</wp:attachment_url></item>"
)
SHOWN = '[Image not saved: quay](https://harbour.example/up/quay-scaled.jpg "Image not saved")\n\nAnn at the *quay*'


def meta(kind: str = "post", **fields: str) -> str:
    told = (f"<wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value>" for key, value in fields.items())
    return "".join(f"<wp:{kind}meta>{one}</wp:{kind}meta>" for one in told)


def read(more: str, text: str = "The ferry is back.") -> Record:
    post = (
        "<item><title>The ferry</title><link>https://harbour.example/ferry/</link><dc:creator>ann</dc:creator>"
        f"<content:encoded>{text}</content:encoded><wp:post_id>9</wp:post_id><wp:status>publish</wp:status>{more}</item>"
    )
    data = f"{HEAD}{post}{IMAGE}</channel></rss>".encode()
    records = read_wordpress(io.BytesIO(data), Source("wp.xml", "0" * 64), reopen=lambda: io.BytesIO(data))
    return next(record for record in records if isinstance(record, Record))


def test_the_featured_image_stands_above_the_text_unless_the_text_shows_it():
    assert read(meta(_thumbnail_id="7")).article.body == f"{SHOWN}\n\nThe ferry is back."
    shown = '&lt;img src="https://harbour.example/up/quay-300x200.jpg" /&gt; The ferry.'
    assert read(meta(_thumbnail_id="7"), shown).article.body.count("Image not saved:") == 1
    assert read(meta(_thumbnail_id="8")).article.body == "The ferry is back."


def test_the_images_of_a_gallery_have_their_captions():
    assert read("", '[gallery ids="7"]').article.body == SHOWN


def test_several_authors_and_taxonomies_of_the_site_are_kept():
    terms = (
        '<category domain="author" nicename="cap-ann">ann</category><category domain="author">Bob Ray</category>'
        '<category domain="series" nicename="f">Ferries</category><category domain="series">Quays</category>'
        '<category domain="Save_as">../x</category><category domain="post_format">Aside</category>'
    )
    article = read(terms).article
    assert article.authors == ("Ann Lee", "Bob Ray")
    assert article.extra == (("X-series", "Ferries; Quays"), ("X-Save-as", "../x"))
    assert read("").article.authors == ("Ann Lee",)


def test_a_podcast_keeps_a_link_to_its_sound():
    field = meta(enclosure="https://harbour.example/talk.mp3\n1234\naudio/mpeg\n")
    link = "[Audio: https://harbour.example/talk.mp3](https://harbour.example/talk.mp3)"
    assert read(field).article.body == f"The ferry is back.\n\n{link}"
    linked = read(field, "&lt;a href='https://harbour.example/talk.mp3'&gt;Listen&lt;/a&gt;").article.body
    assert linked == "[Listen](https://harbour.example/talk.mp3)"


def test_a_subtitle_is_the_standfirst_or_kept_beside_it():
    assert read(meta(_subtitle="After 112 years")).article.standfirst == "After 112 years"
    both = read(meta(subtitle="After 112 years") + "<excerpt:encoded>It ends.</excerpt:encoded>").article
    assert (both.standfirst, both.extra) == ("It ends.", (("X-subtitle", "After 112 years"),))


def test_fields_that_are_not_read_are_named_but_for_those_of_programs():
    comment = (
        "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_approved>1</wp:comment_approved><wp:comment_content>Yes."
        f"</wp:comment_content>{meta('comment', rating='5', akismet_result='false', _x='y')}</wp:comment>"
    )
    fields = meta(correction="Not red.", _edit_last="1", dsq_thread_id="3", post_views="7", empty="")
    assert read(fields + comment).notes == ("fields of comments not read: rating", "custom fields not read: correction")
    assert read(meta(_edit_last="1")).notes == ()
