"""Data that looks like text and is none of our kinds: told by its content, whatever the file is called.

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


def foreign_kind(head: bytes) -> str:
    """What data that begins so is, and what to do with it, in words for the report; empty when it may be a text."""
    text = _text(head)
    if is_movable_type(text.encode("utf-8", "replace")):
        return "a Movable Type export in UTF-16, which is not read: save it as UTF-8"
    if _is_sql(text):
        return "an SQL dump, which cannot be read: import the site's export (as WordPress writes it) or its saved pages"
    if _FEED.match(text):
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
