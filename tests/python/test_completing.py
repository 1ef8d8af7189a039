"""Old encodings, wrongly decoded text and unsaid languages: mended, marked and told."""

from __future__ import annotations

import pytest

from backfile.decoding import decode
from backfile.importer.languages import with_languages
from backfile.importer.mending import mend
from backfile.model import Article, Comment
from test_import import imported, write
from test_pairing import prose

ENGLISH = (
    "The committee voted by seven to two to accept the engineer's advice. It also voted to have the "
    "photograph framed, and the mayor thanked everybody for coming out on such a cold evening."
)
GERMAN = "Das ist doch alles Unsinn, was hier geschrieben wird, und ich frage mich wirklich, wer das bezahlen soll."
RUSSIAN = "Городской совет решил закрыть мост на шесть недель, потому что инженеры нашли трещину в опоре. " * 3


def test_an_articles_language_is_told_and_marked_as_a_guess():
    article = with_languages(Article(id="a", title="The bridge", body=ENGLISH))
    assert (article.language, article.guessed) == ("en", ("language",))


def test_what_a_source_says_of_its_language_is_believed():
    article = with_languages(Article(id="a", title="The bridge", body=ENGLISH, language="fr"))
    assert (article.language, article.guessed) == ("fr", ())


def test_a_comment_in_another_language_says_so_and_one_in_the_same_does_not():
    comments = (Comment("1", GERMAN), Comment("2", ENGLISH), Comment("3", "LOL"))
    article = with_languages(Article(id="a", title="The bridge", body=ENGLISH, comments=comments))
    assert [comment.language for comment in article.comments] == ["de", "", ""]


def test_a_text_too_short_to_tell_has_no_language():
    assert with_languages(Article(id="a", title="Hm", body="So it goes.")).language == ""


@pytest.mark.parametrize("text", ["“It’s café”, she said", "naïve – déjà vu", "Größe"])
def test_wrongly_decoded_text_is_mended(text):
    broken = text.encode("utf-8").decode("cp1252", "replace")
    assert mend(text) == (text, 0)
    if "\ufffd" not in broken:
        assert mend(broken)[1] == 1
        assert "Ã" not in mend(broken)[0]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_an_old_encoding_is_told_by_its_text(encoding):
    text, notes = decode(RUSSIAN.encode(encoding))
    assert text == RUSSIAN
    assert "not UTF-8" in notes[0]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (RUSSIAN.encode() + b" \x97", f"{RUSSIAN} —"),
        (RUSSIAN.encode() + b" \xd0 x", f"{RUSSIAN} � x"),
        (b"\xef\xbb\xbf" + RUSSIAN.encode() + b"\x85 " + RUSSIAN.encode(), f"{RUSSIAN}… {RUSSIAN}"),
        ("日本語のテキスト。".encode()[:-1], "日本語のテキスト�"),
        ("It’s “so” – really".encode() + b" \x97 fin\xe9, he said", "It’s “so” – really — finé, he said"),
        ("Größe über Äpfel ".encode() + "süß sein".encode("cp1252"), "Größe über Äpfel süß sein"),
    ],
)
def test_a_wrong_byte_in_utf_8_costs_no_other_letter(data, text):
    found, notes = decode(data)
    assert found == text
    assert "read as UTF-8 but for" in notes[0]


def test_western_bytes_are_read_as_windows_1252():
    text, notes = decode(f"“Café” – {ENGLISH}".encode("cp1252"))
    assert text.startswith("“Café” –")
    assert "Windows-1252" in notes[0]


def test_repairs_are_in_the_report_and_the_tool_is_in_the_file(tmp_path):
    body = [ENGLISH, *prose("x")]
    write(tmp_path / "s", "a.txt", "A title", "The mayor said it\u2019s a cafÃ© for all.", *body, between="\n\n")
    [article], report = imported(tmp_path / "s", tmp_path / "content")
    assert "café for all" in article.body
    assert any("mended in 1 line" in note for note in report["outcomes"][0]["notes"])
    assert article.tool.startswith("Backfile ")
