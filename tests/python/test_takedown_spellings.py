"""However a passage is spelt in CommonMark, and wherever it hides: once it is taken out, nobody finds it."""

from __future__ import annotations

import html
from urllib.parse import quote, unquote

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from backfile.errors import TakedownError
from backfile.markdown import plain_text, render
from backfile.model import Article, Comment
from backfile.removal.files import readable
from backfile.takedown.canonical import text_digest
from backfile.takedown.entries import Entry, read_entries
from backfile.takedown.passages import MARK, by_digest, digest_of_words, in_text, redact_line, redact_markdown
from backfile.takedown.rules import Rules

LETTERS = st.sampled_from(
    ["{}"] * 6
    + [
        "&#{0};",
        "&#x{1};",
        "&#X{1};",
        "\\{}",
        "*{}*",
        "{}\u00ad",
        "{}&shy;",
        "\u200b{}",
        "**{}**",
        "<b>{}</b>",
        "\\*{}",
    ]
)
BETWEEN = st.sampled_from(
    [
        " ",
        "  ",
        "\n",
        "\\\n",
        "\u00a0",
        "&nbsp;",
        "&#32;",
        ", ",
        "** **",
        "~~ ~~",
        " *",
        "* ",
        "_",
        "-",
        " > ",
        " <!-- --> ",
        "<br>",
        "<br/>\n",
    ]
)
SHOWN = [
    "{}",
    "**{}**",
    "- {}",
    "> {}",
    "# {}",
    "1. {}",
    "`{}`",
    "[{}](https://x.example/)",
    "*{} Smith*",
    "Mr {}!",
    "~~{}~~",
    "~~{} a~~",
]
HIDDEN = [
    '[x](https://x.example/ "{}")',
    "![{}](https://x.example/y.png)",
    '![x](https://x.example/y.png "{}")',
    '[a]: https://x.example/ "{}"',
    "[a]: https://x.example/\n'{}'",
    "See [a]\n\n[a]: https://x.example/ ({})",
    "[{}]: https://x.example/",
    "[{0}][]\n\n[{0}]: https://x.example/",
    '<a title="{}">x</a>',
    "<!-- {} -->",
    "```\n{}\n```",
    "~~~\nfirst\n\n{}\n~~~",
    "    {}",
    "``` {}\nx\n```",
]
ADDRESSES = ["[x](https://x.example/{})", "[a]: https://x.example/{}", "<https://x.example/{}>", "![x](/{}.png)"]
ADDRESSES += ["[x](<https://x.example/{}>)", "[x](https://x.example/?q={})", "See https://x.example/{}"]
AROUND = "Alpha stood before it.\n\n{}\n\nOmega came after it."


@st.composite
def spelt(draw: st.DrawFn, words: tuple[str, ...] = ("Jane", "Roe")) -> str:
    """A text with the words in it, told from their neighbours."""
    if draw(st.integers(0, 4)) == 0:
        parts = (draw(st.sampled_from([word, quote(word), "%" + f"{ord(word[0]):02x}" + word[1:]])) for word in words)
        return draw(st.sampled_from(ADDRESSES)).format(draw(st.sampled_from(["-", "_", "%20", "+", "/"])).join(parts))
    found = ["".join(_letter(draw(LETTERS), char) for char in word) for word in words]
    inside = found[0] + "".join(draw(BETWEEN) + word for word in found[1:])
    return draw(st.sampled_from(SHOWN + HIDDEN)).format(inside)


def _letter(way: str, char: str) -> str:
    return way.replace("{0}", str(ord(char))).replace("{1}", f"{ord(char):x}").replace("{}", char)


def readings(markdown: str) -> list[str]:
    """What readers, robots and the proof may see, worked out apart from the code under test."""
    pages = [render(markdown), MarkdownIt("commonmark", {"html": False}).render(markdown)]
    texts = [text for page in pages for text in readable(page.encode(), "x.html", None)]
    for page in pages:
        soup = BeautifulSoup(page, "html.parser")
        texts += [soup.get_text(), *(unquote(str(v)) for tag in soup.find_all(True) for v in tag.attrs.values())]
    return [*texts, html.unescape(markdown), unquote(markdown), *readable(markdown.encode(), "x.jsonl", None)]


def says(text: str, *words: str) -> bool:
    seen = text.replace("\u00ad", "").replace("\u200b", "")
    folded = " ".join("".join(c if c.isalnum() else " " for c in seen.casefold()).split())
    return f" {' '.join(words)} ".casefold() in f" {folded} "


@given(spelt())
@example('[a]: https://x.example/ "Jane Roe"')
@example("[Jane][a] Roe\n\n[a]: https://x.example/")
@example("Jane_Ro<b>e</b>")
@example("**the Jane** Roe of")
def test_a_passage_is_gone_however_it_is_spelt_and_no_more_than_its_paragraphs(text):
    redacted = redact_markdown(AROUND.format(text), ["Jane Roe"])
    assert not [reading for reading in readings(redacted) if says(reading, "Jane", "Roe")]
    shown = plain_text(redacted)
    assert shown.startswith("Alpha stood before it.")
    assert shown.endswith("Omega came after it.")


@given(spelt(), spelt(("Quay", "Street")))
def test_several_passages_in_one_paragraph_are_gone_together(first, second):
    redacted = redact_markdown(f"{first} {second}", ["Jane Roe", "Quay Street"])
    for words in (("Jane", "Roe"), ("Quay", "Street")):
        assert not [reading for reading in readings(redacted) if says(reading, *words)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a **b Jane** Roe c", f"<p>a <strong>b {MARK}</strong> c</p>"),
        ("a Jane **Roe b** c", f"<p>a <strong>{MARK} b</strong> c</p>"),
        ("a **Jane** Roe c", f"<p>a {MARK} c</p>"),
        ("a *Jane Roe* c", f"<p>a <em>{MARK}</em> c</p>"),
        ("a *Jane Roe b* c", f"<p>a <em>{MARK} b</em> c</p>"),
        ("a **b *Jane** Roe* c", f"<p>a b {MARK} c</p>"),
        ("a [b Jane](https://x.example) Roe c", f"<p>a b {MARK} c</p>"),
        ("a **b Jane** Roe **c**", f"<p>a <strong>b {MARK}</strong> <strong>c</strong></p>"),
    ],
)
def test_emphasis_that_is_covered_by_half_leaves_no_stray_sign(text, shown):
    assert render(redact_markdown(text, ["Jane Roe"])).strip() == shown


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("[See][a] it.\n\n[a]: https://x.example/ 'Jane Roe'", "[See][a] it.\n\n[a]: #"),
        ("![a]({static}/images/jane-roe.png) b", r"\[passage removed\] b"),
        ("One &#74;ane Roe *two*\n\n*Three*", f"One {MARK} two\n\n*Three*"),
        ("[Note]: Jane Roe said so\nin May", r"[Note]: \[passage removed\] said so" + "\nin May"),
        ("[a]: /jane-roe\n[b]: /c 'd'", "[a]: #\n[b]: /c 'd'"),
        ("[Jane][1] *b*\n\nc **Roe**\n\n*d*", "[Jane][1] *b*\n\nc **Roe**\n\n*d*"),
        ("Jane &eacute; Roe", "Jane &eacute; Roe"),
    ],
)
def test_what_hides_it_goes_and_the_rest_stays(text, redacted):
    assert redact_markdown(text, ["Jane Roe"]) == redacted


@pytest.mark.parametrize(
    "line", ["Jane Roe", "JANE\u00a0ROE", "Ja\u00adne Roe", "x/Jane%20Roe", "&#74;ane Roe", "Ja*ne* Roe"]
)
def test_a_line_is_without_it_however_it_is_spelt(line):
    assert redact_line(f"Of {line}", ["Jane Roe"]) in (f"Of {MARK}", f"Of x/{MARK}", MARK)


def test_letters_that_are_others_in_another_form_are_the_same():
    assert redact_line("Stra\u00dfe 12", ["Strasse 12"]) == MARK
    assert redact_markdown("Die Stra\u00dfe 12\n\nb", ["Strasse 12"]).endswith("\n\nb")


def test_a_byline_that_says_it_goes():
    article = Article(
        "a", "T", "b", authors=("Jane Roe", "Ada Brook"), comments=(Comment("c", "x", author="Jane Roe"),)
    )
    entry = Entry("redact", "r", "2024", everywhere=True, passage="Jane Roe")
    found = Rules((entry,)).apply(article, "x.html").article
    assert found.authors == ("Ada Brook",)
    assert found.comments[0].author == ""


def test_a_passage_that_the_mark_says_is_refused():
    text = '[[takedown]]\nreason="r"\ndate=2024-05-01\neverywhere=true\naction="redact"\npassage="Removed"\n'
    with pytest.raises(TakedownError, match="the mark that would stand in its place"):
        read_entries(text.encode(), "takedown.toml")


def test_what_cannot_be_taken_out_is_an_error_and_is_not_published():
    entry = Entry("redact", "r", "2024", everywhere=True, passage="passage")
    with pytest.raises(TakedownError, match="“passage” cannot be taken out of the article a"):
        Rules((entry,)).apply(Article("a", "T", "A passage."), "x.html")


@pytest.mark.parametrize(
    ("text", "passage", "redacted"),
    [
        ("昨日、犯人は田中太郎です。", "田中太郎", f"昨日、犯人は{MARK}です。"),
        ("田中太郎は私の隣人でした。田中は", "田中太郎", f"{MARK}は私の隣人でした。田中は"),
        ("犯人はJane Roeだと、Jane Roersだと", "Jane Roe", f"犯人は{MARK}だと、Jane Roersだと"),
        ("犯人は田中\n太郎です", "田中太郎", f"犯人は{MARK}です"),
        ("วันนี้สมชายใจดีพูดว่า", "สมชายใจดี", f"วันนี้{MARK}พูดว่า"),
        ("สีสม", "ส", f"สี{MARK}ม"),
        ("ดื่มน้ำใส", "น้ำ", f"ดื่ม{MARK}ใส"),
        ("김철수는 갔다", "김철수", f"{MARK}는 갔다"),
        ("佐々木は佐藤", "佐々木", f"{MARK}は佐藤"),
        ("Rowena 田Roweで", "Rowe", f"Rowena 田{MARK}で"),
    ],
)
def test_where_no_space_tells_words_a_passage_is_found_within_what_looks_like_one(text, passage, redacted):
    assert plain_text(redact_markdown(text, [passage])).replace("\n", " ") == redacted
    assert redact_line(text, [passage]) == redacted


@pytest.mark.parametrize(
    "text", ["私は**田中**太郎を", "私は田[中太](x)郎を", "私は田&#20013;太郎を", "田\u200b中*太*郎", "![田中太郎](x)"]
)
def test_it_is_gone_through_markup_too(text):
    assert not [reading for reading in readings(redact_markdown(text, ["田中太郎"])) if in_text(reading, "田中太郎")]


def test_a_passage_without_spaces_is_named_by_digest_and_letters():
    text = "昨日、犯人は 田中太郎です。"
    assert digest_of_words("田中太郎")[1] == 4
    assert by_digest(text, *digest_of_words("田中太郎")) == "田中太郎"
    assert by_digest(text, text_digest("田中太郎"), 4) == "田中太郎"
    assert by_digest(text, text_digest("田中太郎です。"), 1) == "田中太郎です。"


@pytest.mark.parametrize(
    "written", ["Jane Roe", "“Jane\nRoe”,", "JANE—ROE.", "Ja\u00adne\u00a0Roe?", "(jane, roe)", "~Jane~ *Roe*"]
)
def test_a_passage_is_named_by_the_digest_of_its_words_however_they_are_written(written):
    found = by_digest(f"He met {written} and Jane Doe.", *digest_of_words("jane roe"))
    assert in_text(found, "Jane Roe")
    assert len(found) < len(written) + 1
    assert not by_digest("He met Jane, not Roe.", *digest_of_words("Jane Roe"))
