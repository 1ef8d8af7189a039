"""Data that is none of our kinds: told by its content, whatever the file is called.

Read as text, all its records would be one article: with what was never public, as drafts and readers' addresses are.
"""

from __future__ import annotations

import codecs
import re

from backfile.importer.movabletype import is_movable_type

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_REMARK = re.compile(r"\s*(?:(?:--|#)[^\n]*|/\*.{0,2000}?\*/;?)?(?:\n|$)", re.DOTALL)
_DUMP = re.compile(
    r"\s*(?:--|#) (?:(?:MySQL|MariaDB) dump \d|PostgreSQL database (?:cluster )?dump\b|phpMyAdmin SQL Dump\b"
    r"|phpMyAdmin MySQL-Dump\b|Adminer \d[^\n]*\bdump\b|HeidiSQL\b|Dumping data for table\b)",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"(?:CREATE|DROP|INSERT|REPLACE|PRAGMA|SET|USE|LOCK|ALTER|BEGIN|START|DELETE|TRUNCATE|COPY)\b[^\n]*[;(,]\s*(?:\n|$)",
    re.IGNORECASE,
)
_RECORDS = re.compile(
    r"^(?:CREATE TABLE (?:IF NOT EXISTS )?[\w.`\"\[\]]+\s*\("
    r"|(?:INSERT|REPLACE) INTO [\w.`\"\[\]]+\s*(?:\(|VALUES|SELECT)|COPY [\w.\"]+ [^\n]{0,2000}FROM stdin;)",
    re.IGNORECASE | re.MULTILINE,
)
_XML = re.compile(r"<\?xml\s+version\s*=|<(?:rss|feed|opml|rdf:RDF)[\s>]")
_FEED = re.compile(r"(?:<\?(?:(?!\?>).)*\?>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL)
_HEADERS = re.compile(r"(?:From [^\n]{3,200}\n)?((?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t]+[^\n]*\n)*){2,200})")
_OF_MAIL = re.compile(
    r"^(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|DKIM-Signature|X-Original-To|X-Mailer):",
    re.IGNORECASE | re.MULTILINE,
)
_PACKED = (
    (b"PK\3\4", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_DOCUMENTS = ((b"%PDF-", "PDF"), (b"{\\rtf", "RTF"), (b"%!PS", "PostScript"))
_OFFICE = frozenset(".docx .odt .xlsx .ods .pptx .odp .epub .pages".split())
_COOKIES = re.compile(r"# (?:Netscape |HTTrack Website Copier )?(?:HTTP )?Cookie File\b")
_ROBOTS = re.compile(r"(?:(?:#[^\n]*|sitemap:[^\n]*)?\n)*+user-agent:[^\n]*\n", re.IGNORECASE)
_LOG = re.compile(r"--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--  https?://|HTTrack\d[\w.+-]* launched on ")
_MIRROR_PAGE = re.compile(r"<!-- Created by HTTrack Website Copier|<title>Local index - HTTrack", re.IGNORECASE)
_CONTENT_FILE = re.compile(
    r"Title: [^\n]*\n(?:[A-Za-z][\w-]*: [^\n]*\n)*?(?:Imported-As: [0-9a-f]{16}|Source: sha256:[0-9a-f]{64} )"
)


def packed_kind(head: bytes, suffix: str = "") -> str:
    """What a file is in which others or a text are packed, and what to do with it; empty when it is none of these."""
    if kind := next((kind for mark, kind in _DOCUMENTS if head.startswith(mark)), suffix if suffix in _OFFICE else ""):
        return f"a document ({kind.lstrip('.')}), which cannot be read: save its text as .txt or as a web page"
    if head.startswith(b"bplist00") and suffix == ".webarchive":
        return "a web archive of Safari, which cannot be read: open it and save it as page source"
    packed = next((kind for mark, kind in _PACKED if head.startswith(mark)), "tar" if head[257:262] == b"ustar" else "")
    return f"packed ({packed}): unpack it, and import what was in it" if packed else ""


def foreign_kind(head: bytes) -> str:
    """What data that begins so is, and what to do with it, in words for the report; empty when it may be a text."""
    text = _text(head)
    if is_movable_type(text.encode("utf-8", "replace")):
        return "a Movable Type export in UTF-16, which is not read: save it as UTF-8"
    if _CONTENT_FILE.match(text):
        return "a content file of an archive, which is no source: put it into the content folder"
    if _COOKIES.match(text):
        return "the cookies of a browser or a program, which are secret and no article"
    if _LOG.match(text) or _ROBOTS.match(text):
        return "what a program noted that saved pages, or rules for such, which is no article"
    if _MIRROR_PAGE.search(text[:4000]):
        return "a page that HTTrack made itself, which is no article"
    if _is_sql(text):
        return "an SQL dump, which cannot be read: import the site's export (as WordPress writes it) or its saved pages"
    if _FEED.match(text):
        if "tag:blogger.com" in text:
            return "a feed of Blogger that is no Atom in UTF-8, which alone is read: save the blog's backup, or Atom"
        return "a feed (Atom or RSS), which cannot be read: import the site's export or its saved pages"
    if _is_mail(text):
        return "an e-mail, which is not published; if it is a text, take off the lines above it and call it .txt"
    return ""


def is_xml(head: bytes) -> bool:
    """True for the beginning of XML, a page or not."""
    return bool(_XML.match(_text(head)))


def _text(head: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")
    return head.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n").lstrip()


def _is_sql(text: str) -> bool:
    """True for remarks that a program writes on a dump, and for statements of which some make tables or rows."""
    start = 0
    while start < len(text) and (remark := _REMARK.match(text, start)) and remark.end() > start:
        if _DUMP.match(remark[0]):
            return True
        start = remark.end()
    begins = _RECORDS.match(text, start) or _STATEMENT.match(text, start)
    return bool(begins and ";" in text[start:] and _RECORDS.search(text, start))


def _is_mail(text: str) -> bool:
    headers = _HEADERS.match(text)
    return bool(headers and _OF_MAIL.search(headers[1]))
