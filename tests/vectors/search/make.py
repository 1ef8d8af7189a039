"""Makes the vectors beside it: `python tests/vectors/search/make.py` with `plugins` on the path.

The index folders hold real bytes; each `*.json` of the same name tells what they decode to.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from backfile.search import analysis, codec, index, longlists, manifest, shard, store
from backfile.search.days import days_of
from backfile.search.document import CommentText, SearchDocument
from backfile.search.files import ShardFiles
from backfile.search.languages import LANGUAGES, stemmer_name
from backfile.search.postings import Postings
from backfile.search.schema import FIELDS, VERSION
from backfile.search.segment_reader import SegmentReader
from backfile.search.whoosh.archive import Archive
from backfile.search.whoosh.stemmer import porter

HERE = Path(__file__).parent

SMALL = (
    SearchDocument(
        url="2013/05/04/oil-prices-1.html",
        title="Oil prices fall again",
        standfirst="The market waits for the ministers.",
        body="Oil prices fell on Saturday. The ministers of the oil states meet in Vienna on Monday.",
        comments=(
            CommentText("comment-1", "Ann Lee", "2013-05-04", "Oil again! Who needs oil?"),
            CommentText("comment-2", "", "", ""),
            CommentText("comment-3", "Joe", "2013-05-05T10:20Z", "The ministers do."),
        ),
        authors=("Dora Quill", "Sam Ray"),
        section="Business News",
        tags=("energy", "oil"),
        source="The Harbour Gazette",
        language="en",
        date="2013-05-04T09:30",
    ),
    SearchDocument(
        url="2013/05/cafe-2.html",
        title="Café Größe opens — naïve?",
        body="Żółw, Øre, Straße, cœur, ﬁnance; U.S. trade of 1.5 million. They don't.\n\nA second paragraph.",
        authors=("Ann Lee",),
        section="Life",
        date="2013-05",
    ),
    SearchDocument(
        url="undated/cjk-3.html",
        title="日本語の見出し",
        body="東京で会議が開かれた。ภาษาไทย한국어 中",
        language="ja",
        tags=("日本",),
    ),
    SearchDocument(url="2013/empty-4.html", title="", body="", date="2013"),
)


def many() -> Iterator[SearchDocument]:
    """Documents enough for lists of several tiers: 1,500 short ones over three years, by a seeded generator."""
    pick = random.Random(20130504)
    words = [f"word{number}" for number in range(400)]
    for number in range(1500):
        count = pick.randint(3, 30)
        body = ["harbour"] * pick.randint(1, 4) if number % 10 else []
        body += pick.choices(words, weights=[400 // (place + 1) + 1 for place in range(400)], k=count)
        pick.shuffle(body)
        year, month = 2011 + number % 3, number % 12 + 1
        yield SearchDocument(
            url=f"{year}/{month:02}/story-{number}.html",
            title=" ".join(pick.sample(words, 2) + (["Harbour"] if number % 7 == 0 else [])),
            body=" ".join(body),
            comments=tuple(
                CommentText(f"comment-{place}", pick.choice(["Ann", "Joe"]), "", " ".join(pick.choices(words, k=5)))
                for place in range(number % 3)
            ),
            section=("News", "Sport", "Life")[number % 3],
            date=f"{year}-{month:02}-{number % 28 + 1:02}",
        )


def several(folder: Path) -> None:
    """Three segments: 100 documents; ten more, with one of the first changed; then three taken away."""
    documents = list(many())[:110]
    index.update(folder, documents[:100])
    changed = [replace(documents[0], title="Changed harbour"), *documents[1:]]
    index.update(folder, changed)
    index.update(folder, [*changed[:5], *changed[8:]])


def write_json(name: str, value: object) -> None:
    """One value, readable, in JSON."""
    if name == "queries":  # one a line
        text = "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"  # type: ignore[attr-defined]
    else:
        text = json.dumps(value, ensure_ascii=False, indent=1)
    (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def described(folder: Path, *, keys: set[str] | None = None) -> dict[str, Any]:
    """What the files of an index decode to."""
    found = manifest.read(folder)
    assert found is not None
    files = ShardFiles(folder)
    readers = {item.id: store.StoreReader(files, item) for item in found.stores}
    segments = []
    for segment in found.segments:
        reader = SegmentReader(files, segment)
        table = reader.table()
        segments.append(
            {
                "id": segment.id,
                "deleted": list(segment.deleted),
                "keys": {
                    key: {FIELDS[field].name: _lists(postings) for field, postings in entry.items()}
                    for key, entry in reader.entries()
                    if keys is None or key in keys
                },
                "long": {
                    term.key: _long(reader, term)
                    for term in reader.terms_from("")
                    if term.long and (keys is None or term.key in keys)
                },
                "words": dict(list(reader.words().items())[:200]),
                "days": [list(day) for day in reader.days()],
                "comments": table.comments,
                "urls": table.urls,
                "records": [readers[place.store].record(place.record) for place in table.places[:20]],
                "texts": [
                    {"body": document.body, "comments": [asdict(comment) for comment in document.comments]}
                    for document in (readers[p.store].document(p.record) for p in table.places[:20])
                ],
            }
        )
    return {"bases": found.bases(), "segments": segments}


def _lists(postings: Postings) -> dict[str, Any]:
    if not postings.lengths:
        return {"docs": postings.docs}
    cursor = codec.Cursor(postings.positions)
    return {
        "docs": postings.docs,
        "tf": [extra + 1 for extra in postings.extra],
        "length_bytes": list(postings.lengths),
        "positions": [cursor.gaps(extra + 1) for extra in postings.extra],
    }


def _long(reader: SegmentReader, term: Any) -> dict[str, Any]:
    rest = reader.long(term)
    return {
        "any": rest.any,
        "head": rest.head.docs,
        "tiers": [
            {"shard": s, "offset": o, "size": n, "bound": b, "counts": counts} for s, o, n, b, counts in rest.tiers
        ],
        "chunks": [{"first": f, "shard": s, "offset": o, "size": n} for f, s, o, n in rest.chunks],
    }


def codec_vectors() -> dict[str, Any]:
    """Basic types."""
    numbers = [0, 1, 127, 128, 300, 16383, 16384, 2**31, 2**53 - 1]
    lists: list[list[int]] = [[], [0], [3, 4, 9], [0, 127, 255, 100000]]
    return {
        "uint": [{"value": value, "hex": codec.uint(value).hex()} for value in numbers],
        "uint_refused": ["", "80", "ffffffffffffffff7f", "8080808080808010"],
        "gaps": [{"values": values, "hex": codec.gaps(values).hex()} for values in lists],
        "length_bytes": codec.LENGTHS,
        "lengths": [
            {"length": n, "byte": codec.length_byte(n)} for n in (0, 1, 10, 11, 12, 13, 15, 500, 106374, 10**7)
        ],
    }


def analysis_vectors() -> list[dict[str, Any]]:
    """Texts with their tokens and keys."""
    texts = [
        "", "Oil prices fell.", "The U.S. and the E.U. don't agree; 1.5 million", "well-known state-of-the-art",
        "Café Größe naïve Żółw Øre Straße cœur İstanbul ΣΊΣΥΦΟΣ", "ﬁnance ２０２３ ½ ℌ", "e\u0301clair cafe\u0301",
        "日本語の見出し 東京 中 a中文b ｶﾞｷﾞ がぎ", "ภาษาไทย 한국어 हिन्दी العربية עִבְרִית", "snake_case x" + "y" * 80,
        "a.b..c .d e. _ __ 3rd", "operating planned generally ponies sky happy", "emoji 👩‍👩‍👧 end",
        "_so_ @harbour_master", "I agree.But e.g. www.example.org, 12.50 U.K.based", "1. 2.x ٣.١٢ Ph.D v1.5",
        "Hafen\u00adbrücke har\u00adbour\u200bmaster \ufeffend\u2060 \u00ad", "كِتَابٌ مدرســـة أحمد جدًّا بְרֵאשִׁית נָמָל",
    ]  # fmt: skip
    return [
        {
            "text": text,
            "tokens": [list(token) for token in analysis.tokens(text)],
            "folded": [analysis.fold(token) for _, token in analysis.tokens(text)],
            "porter": analysis.keys_for("porter").of(text),
            "none": analysis.keys_for("none").of(text),
        }
        for text in texts
    ]


WORDS = """operating operates planned generally ponies sky happy caresses cats agreed feed plastered motoring sing conflated
troubled sized hopping tanned falling hissing fizzed failing filing relational conditional rational valency digitizer
conformably radically differently vilely analogously vietnamization predication operator feudalism decisiveness hopefulness
callousness formality sensitivity sensibility triplicate formative formalize electricity electrical hopeful goodness revival
allowance inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologous
communism activate angularity effective bowdlerize probate rate cease controlling rolling y yes by say dying lying ties dies
cries flies abilities yearly yellow byte syzygy queue aaaa bbb oooo ing eed ed s ss sses ies ational tional enci bli logi
university universal news new mayor ministers ministry organisation organization organised""".split()


# A sentence or some forms of a few words in each language, to which words of its endings are added.
TONGUES = {
    "danish": "Byrådet vedtog i går et forslag om nye cykelstier; borgmesteren og borgerne i byerne var tilfredse med beslutningerne",
    "dutch": "De burgemeesters beslisten dat de bruggen en havens sneller geopend worden; mogelijkheden, huizen, reünie, café, geëerd",
    "finnish": "Kaupunginvaltuusto päätti koulujen rakentamisesta; talossa taloissa talojen kirjastoissa päivään kylästä työpaikkansa",
    "french": "L'élection des députées, les élections régionales, publiée publiés, évidemment, généraux, musée, naïve, œuvres, chevaux, ambiguë",
    "german": "Die Bürgermeisterin eröffnete die größten Häuser der Straßen; Möglichkeiten, Zeitungen, Ergebnisses, freundlichsten, bauend",
    "hungarian": "A városok polgármesterei a választásokat és a házakat vízben könyvekkel időben fürdőket ablakokkal iskoláknak",
    "italian": "La città e le elezioni comunali, velocemente, parlandogli, università, amministrazioni, perché, qualità, prigionieri",
    "norwegian": "Kommunestyret vedtok forslagene om skolene; ordførerens hemmeligheter, båtene, nærheten, løst, veldig deilig",
    "portuguese": "As eleições municipais e a eleição, rapidamente, irmãos, português, felicidade, amáveis, cantaríamos, âncoras, açaí",
    "romanian": "Primăria orașului și alegerile, națiunilor, frumoasele, ţările, cântaseră, posibilitatea, jucători, școlile",
    "russian": "Выборы мэра города; жители домов говорили о новейших школах, ещё объявлений, прочитавшись, нежность, подъезд",
    "spanish": "Las elecciones y la elección, policía, rápidamente, dándoselo, comiéndolo, economías, canciones, averigüé, niños",
    "swedish": "Kommunfullmäktige beslutade om skolornas möjligheter; båtarna, året, åren, friskt, arbetslöst, vänligheten",
}  # fmt: skip
ENDINGS = {
    "danish": "erendes ethed løst igst elig erne s", "dutch": "heden heid lijk baar ene en ing ig se", "finnish": "kaan issa seen ttä nsa mmat imma n",
    "french": "issements euses atrices amment ités ivement âmes ions ère", "german": "nisse keit lichkeit ungen end isch st ern", "hungarian": "ánként ástul ééi jaitok ánk ák nak",
    "italian": "mente abilmente azioni iamo ità glielo ivi enze", "norwegian": "hetenes erte hetslov ende dt s", "portuguese": "amente idades ências íssemos ções ando ez",
    "romanian": "abilitate ilor ului aţiune ităţi eşte serăm uri", "russian": "ость ующими вшись ейшие ение ами ей нн", "spanish": "amente idades logías ándoselo iésemos yendo gué",
    "swedish": "heterna andes löst fullt igt arnas s",
}  # fmt: skip


def language_vectors() -> dict[str, Any]:
    """What is known of each language, and the keys of words of it, of words made of its endings, and of half-typed ones."""
    pick = random.Random(1905)
    vectors = {}
    for name, text in TONGUES.items():
        known, keys = LANGUAGES[name], analysis.keys_for(name)
        written = analysis.raw_tokens(text)
        made = {
            pick.choice(written)[: pick.randint(1, 6)]
            + "".join(pick.choices(ENDINGS[name].split(), k=pick.randint(1, 2)))
            for _ in range(150)
        }
        vectors[name] = {
            "stops": sorted(known.stops),
            "weak": sorted(known.weak),
            "accented": {
                word: accented
                for word in sorted({*made, *map(analysis.fold, written)})
                if (accented := analysis.accented(word, name)) != word
            },
            "keys": {
                word: keys.of(word)
                for word in [*dict.fromkeys(written), *sorted(made), "U.S", "1990s", "東京Haus", "ﬁn"]
            },
        }
    codes = [
        "",
        "en",
        "en-GB",
        "eng",
        "de",
        "deu",
        "ger",
        "nb",
        "nn",
        "pt-BR",
        "pt_PT",
        "uk",
        "ar",
        "tr",
        "French",
        "xx",
    ]
    return {"languages": vectors, "stemmers": {code: stemmer_name(code, "en") for code in codes}}


QUESTIONS = {
    "small": [
        "oil", "oil café", "cafe", '"oil prices"', '"oil fell"', '"oil fell"~2', "日本語", "東", "東京", "한국어", "pric*", "PRIC*", "*il",
        "o?l", "oli~", "ministars~2", "oli~1/2", "date:2013-05", "date:2013", "date:[2013 to 2013-05]", "date:[2013-05-02 to]", "date:{2012 to 2013-05-04]",
        "oil date:20", "oil date:2013-05-04", "oil NOT ministers", "café NOT oil", "NOT oil", "oil OR café", "oil AND prices OR café",
        "oil ANDNOT café", "oil ANDMAYBE prices", "title:oil", "title:(oil OR café)", "title:oil^2 OR ministers", "oil^2 ministers^0.5",
        '"oil prices"^3 vienna', "author:quill", 'author:"ann lee"', 'commenter:"ann lee"', 'section_is:"Business News"', "section:business",
        "tag:oil", "tag_is:energy", "language:ja", "source:gazette", "comments:ministers", "title:[a to p]", "title:{cafe to oil}", "*", "oil *",
        "the", "the oil", "", "((((", "title:", "oil AND", "oil NOT", '"oil', "oil^", "oil)", "foo:bar oil", "well-known oil", "u.s", "1.5",
        "oil oil", "REQUIRE oil", "don't", "finance", "strasse", "zolw", "'oil prices'", "oil prices vienna saturday nowhere",
        "who sells oil?", "what are the (oil prices) of ?vienna", "oi?", "what does who", "well-known prices of oil", "café: oil nowhere",
    ],
    "many": [
        "harbour", "harbour word0", "word0 word1 word2", "word0 OR harbour", "title:harbour", '"harbour harbour"', '"harbour word0"', '"word0 harbour"~3',
        "harbour NOT word0", "word39*", "word?9", "harbor~", "date:2012", "harbour date:[2011-05 to 2012-02]", "section_is:Sport harbour", "comments:word7",
        "commenter:ann word3", "harbour^3 word5", "(word1 OR word2) AND (word3 OR word4)", "word300 word301 word302", "*", "NOT harbour", "harbour ANDMAYBE word9",
    ],
    "several": ["harbour", "changed", "changed harbour", "word0", "word1 word2", '"harbour harbour"', "word1*", "NOT harbour", "date:2011", "*", "harbour NOT word0", "section_is:News"],
}  # fmt: skip


def answers() -> list[dict[str, Any]]:
    """The questions with Whoosh's answers: the numbers of the best 20 documents, and their scores."""
    found = []
    for name, questions in QUESTIONS.items():
        archive = Archive(HERE / name)
        for question in questions:
            results = archive.search(question, 20)
            found.append(
                {
                    "index": name,
                    "query": question,
                    "total": results.total,
                    "exact": results.exact,
                    "hits": [[hit.number, hit.score, hit.url] for hit in results.hits],
                }
            )
    return found


def damages() -> list[dict[str, Any]]:
    """What is done to a copy of `small`, file by file, and what the Python reader says (a regular expression)."""
    found = manifest.read(HERE / "small")
    assert found is not None
    segment, texts = found.segments[0].id, found.stores[0].id
    names = [f"{segment}/{kind}0" for kind in "tpwnfckb"] + [f"{texts}/{kind}0" for kind in "dx"]
    return [
        *(case for name in names for case in _shard_damages(name)),
        *_record_damages(f"{texts}/d0"),
        *_manifest_damages(),
    ]


def _damage(what: str, file: str, do: str, says: str, **more: Any) -> dict[str, Any]:
    return {"name": what, "file": file, "do": do, **more, "says": says}


def _payload(name: str) -> bytes:
    return shard.unwrap(name, (HERE / "small" / "x" / f"{name}.js").read_bytes())


def _script(name: str, payload: bytes) -> str:
    return shard.script(name, len(payload), shard.pack(payload)).decode()


NEWER = f"version is {VERSION + 1}, this program reads {VERSION}"


def _shard_damages(name: str) -> Iterator[dict[str, Any]]:
    """Of a shard of any kind."""
    file, kind = f"x/{name}.js", name[-2]
    payload = _payload(name)
    future = _script(name, payload[:2] + bytes([VERSION + 1]) + payload[3:])
    length = f",{len(payload)},"

    def damage(what: str, do: str, says: str, **more: Any) -> dict[str, Any]:
        return _damage(f"{kind}: {what}", file, do, says, **more)

    yield damage("a flipped byte", "flip", "damaged|not end|expected|whole", at="H4sI", offset=30, mask=1)
    yield damage("a byte that is no base64", "flip", "whole", at="H4sI", offset=24, mask=128)
    yield damage("cut in the middle", "cut", "whole", to=70)
    yield damage("empty", "cut", "is empty", to=0)
    yield damage("missing", "remove", "missing")
    yield damage("another length", "change", "expected", old=length, new=f",{len(payload) + 1},")
    yield damage("too long", "change", "more than", old=length, new=",16777217,")
    yield damage("another shard under its name", "change", "holds", old=f"/{kind}0", new="/z0")
    yield damage("a version from the future", "replace", NEWER, **{"with": future})


def _record_damages(name: str) -> Iterator[dict[str, Any]]:
    """Of records whose file is whole."""
    file, payload = f"x/{name}.js", _payload(name)
    for what, changed, says in (
        ("a value too few", payload.rpartition(b"\0")[0], "values"),
        ("a column too few", payload.rsplit(b"\0", len(SMALL))[0], "values"),
        ("an address without numbers", payload[:4] + b"x" + payload[4:], "no address"),
        ("no UTF-8", payload[:-1] + b"\xff", "utf-8"),
    ):
        yield _damage(f"d: {what}", file, "replace", says, **{"with": _script(name, changed)})


def _manifest_damages() -> Iterator[dict[str, Any]]:
    file = "manifest.js"
    plain = (HERE / "small" / file).read_text("ascii")
    future = json.loads(plain.rpartition(",")[0].partition("(")[2])
    future["version"] = VERSION + 1
    newer = f'backfileSearch.manifest({json.dumps(future)},"00000000");\n'
    yield _damage("manifest: a flipped byte", file, "flip", "check", at='"generation":1', offset=13, mask=2)
    yield _damage("manifest: cut in the middle", file, "cut", "whole", to=500)
    yield _damage("manifest: empty", file, "cut", "empty", to=0)
    yield _damage("manifest: a version from the future", file, "replace", NEWER, **{"with": newer})
    yield _damage("manifest: another format", file, "change", "format", old="backfile-search", new="another-search")


def main() -> None:
    """Writes everything."""
    for name in ("small", "many", "several"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    index.update(HERE / "small", SMALL)
    store.PER = 100  # fewer files to keep
    longlists.CHUNK = 512  # so that a list has several chunks
    index.update(HERE / "many", many())
    several(HERE / "several")
    write_json("small", described(HERE / "small"))
    write_json("many", described(HERE / "many", keys={"harbour", "word0", "word399", "News", "ann"}))
    write_json("several", described(HERE / "several", keys={"harbour", "word0", "chang"}))
    write_json("queries", answers())
    write_json("damaged", damages())
    write_json("codec", codec_vectors())
    write_json("analysis", analysis_vectors())
    write_json("stems", {word: porter(word) for word in WORDS})
    write_json("languages", language_vectors())
    dates = [
        "",
        "2013-05-04",
        "2013-05-04T09:30",
        "2013-05-04T23:59:59Z",
        "2012-02",
        "2013",
        "2013~",
        "nonsense",
        "2013-02-30",
    ]
    write_json("days", {text: list(days_of(text)) for text in dates})


if __name__ == "__main__":
    main()
