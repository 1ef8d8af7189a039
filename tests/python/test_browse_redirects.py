"""Old addresses lead to their pages, and no address can say anything else to a server."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from backfile.browse.redirects import FILES, apache, netlify, nginx, redirects
from strategies import NASTY

PAIRS = [
    ("https://old.example/2009/03/ferry", "2009/03/12/ferry-a1.html"),
    ("http://old.example/?p=12", "2009/bridge-b2.html"),
    ("https://old.example/caf%c3%a9 au lait", "undated/cafe-c3.html"),
]
HOSTILE = [*NASTY, '" "', '";}', "$1", "*", ":x", "\\", "%", "%zz", "a b", "\nRewriteRule", "301! /x", "#", "?", "é"]
parts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))


def test_each_host_is_told_in_its_own_words():
    found, twice = redirects(PAIRS)
    assert not twice
    assert netlify(found).splitlines() == [
        "/2009/03/ferry /2009/03/12/ferry-a1.html 301!",
        "/ p=12 /2009/bridge-b2.html 301!",
        "/caf%C3%A9%20au%20lait /undated/cafe-c3.html 301!",
    ]
    assert '    "/?p=12" "/2009/bridge-b2.html";' in nginx(found).splitlines()
    assert nginx(found).startswith("map $request_uri $backfile_page {\n")
    lines = apache(found).splitlines()
    assert lines[0] == "RewriteEngine On"
    assert lines[3:5] == [
        r'RewriteCond %{QUERY_STRING} "^p=12$"',
        'RewriteRule "^$" "/2009/bridge-b2.html" [R=301,L,NE,QSD]',
    ]


def test_an_address_two_articles_claim_leads_to_the_first_and_is_reported():
    found, twice = redirects([("https://a.example/x", "1.html"), ("https://b.example/x", "2.html")])
    assert [one.to for one in found] == ["/1.html"]
    assert twice == ["https://b.example/x"]


def test_a_page_that_stays_where_it_was_and_a_home_page_are_not_redirected():
    same = [("https://a.example/arc/1.html", "1.html"), ("https://a.example/", "2.html"), ("mailto:a@b", "3.html")]
    assert redirects([*same, ("not an address", "4.html"), ("http://[", "5.html")], "/arc") == ([], [])


@given(st.lists(st.tuples(parts, parts), max_size=5))
def test_no_text_in_an_address_is_a_command(texts):
    found, _ = redirects((f"https://a.example/{path}?{query}", "p/x-1.html") for path, query in texts)
    plain = r"[A-Za-z0-9/._~!,@+=%-]*"
    for line in netlify(found).splitlines():
        assert not line or re.fullmatch(rf"/{plain}( {plain}={plain})* /p/x-1\.html 301!", line), line
    for line in nginx(found).splitlines()[2:-1]:
        assert re.fullmatch(r'    "/[A-Za-z0-9/._~!,@+=%&?:;()*-]*" "/p/x-1\.html";', line), line
    for line in apache(found).splitlines()[1:]:
        assert re.fullmatch(
            r'RewriteCond %\{QUERY_STRING\} "\^[A-Za-z0-9/._~!,@+=%&\\-]*\$"'
            r'|RewriteRule "\^(?:[A-Za-z0-9]|\\x[0-9a-f]{2})*\$" "/p/x-1\.html" \[R=301,L,NE,QSD\]',
            line,
        ), line


def test_every_kind_of_host_has_a_file():
    assert {name for name, _ in FILES.values()} == {"_redirects", "redirects.nginx.conf", ".htaccess"}
