"""What is known of languages: stemmers, and words that say little (docs/shard-format.md, section 15)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from backfile.search.whoosh.stemmer import porter, snowball


@dataclass(frozen=True, slots=True)
class Language:
    """How words of a language become keys.

    `takes` are the words, in lower case, that `stem` takes; None: words are folded first. `stops` are left out,
    `weak` ones are searched, but do not count when documents with some of the words are ranked. `accents` put those
    back, in a query typed without any, by which an ending is known.
    """

    stem: Callable[[str], str]
    takes: re.Pattern[str] | None
    stops: frozenset[str]
    weak: frozenset[str]
    accents: tuple[tuple[re.Pattern[str], str], ...] = ()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LATIN = re.compile("[a-z\u00df-\u00f6\u00f8-\u024f]+")
_CYRILLIC = re.compile("[а-яё]+")

_ENGLISH_STOPS = _words(
    "a an and are as at be by for from have i if in is it of on or s t that the this to we with you your"
)
_ENGLISH_WEAK = _words(
    """about all also any because been being between both but can could did do does during each few had has he
    her his how into its like may more most must no nor not now one only other our out over shall she should
    so some such than their them then there these they those through two under up upon was were what when
    where whether which while who whom whose why will would"""
)

LANGUAGES = {
    "porter": Language(porter, None, _ENGLISH_STOPS, _ENGLISH_WEAK),
    "none": Language(str, None, _ENGLISH_STOPS, _ENGLISH_WEAK),
    "danish": Language(
        snowball("danish"),
        _LATIN,
        _words("og i det at en den til er som på de med han af for der et om har var fra"),
        _words(
            """jeg du hun vi ikke kan vil skal blev bliver været havde men eller også efter ved når hvor hvad hvem
        hvordan hvilke denne dette disse sig sin sit sine deres hans hendes man mod under over siden"""
        ),
    ),
    "dutch": Language(
        snowball("dutch"),
        _LATIN,
        _words("de het een en van in te dat die op is aan met voor er om als zijn bij"),
        _words(
            """ik je hij zij ze we wij niet was waren werd worden wordt heeft hebben had kan kunnen zal zullen maar
        of ook nog naar uit door over tot deze dit daar hier wat wie waar wanneer hoe welke waarom zo dan al
        meer geen haar hem hun ons"""
        ),
    ),
    "finnish": Language(
        snowball("finnish"),
        _LATIN,
        _words("ja on ei se että oli ovat kun"),
        _words(
            """hän he minä sinä me te ne joka jotka tämä tuo nämä mikä mitä kuka missä miksi miten milloin ole olla
        ollut olisi myös mutta tai kuin niin vain jos nyt sitä sen"""
        ),
    ),
    "french": Language(
        snowball("french"),
        _LATIN,
        _words("""le la les un une des du de d l et en a à au aux est que qu qui dans pour par sur ce s n c il"""),
        _words(
            """elle ils elles nous vous je j on se sa son ses leur leurs ne pas plus mais ou où donc comme avec
        sans sous entre être avoir ont était étaient sont fait cette ces cet dont quel quelle quels quelles
        quand comment pourquoi quoi si tout tous très aussi m t y"""
        ),
        ((re.compile(r"e(e?s?)$"), r"é\1"),),
    ),
    "german": Language(
        snowball("german"),
        _LATIN,
        _words("""der die das den dem des ein eine einen einem einer und in im zu von mit auf ist für an als es"""),
        _words(
            """ich du er sie wir ihr sich nicht auch aus bei nach noch nur oder aber wie was wer wo wann warum
        welche welcher welches wenn dass daß war waren wird werden wurde wurden hat haben hatte sind sein
        kann können soll muss durch über unter um vor zum zur am bis so diese dieser dieses man"""
        ),
    ),
    "hungarian": Language(
        snowball("hungarian"),
        _LATIN,
        _words("a az és hogy egy is"),
        _words(
            """nem ez ezt azt mint csak de ha van volt lesz meg már még el ki mi mit milyen mikor hol hogyan miért
        melyik vagy amely aki ami ennek annak után által szerint között össze minden"""
        ),
    ),
    "italian": Language(
        snowball("italian"),
        _LATIN,
        _words("""il lo la i gli le un uno una e di a da in con su per che del della dei delle al alla è l d"""),
        _words(
            """non si ed o ma se come più anche sono era erano ha hanno aveva essere stato stata questo questa
        questi queste quello quella chi cosa dove quando perché quale quali ci vi ne nel nella nei nelle dal
        dalla sul sulla ai agli alle dagli tra fra suo sua suoi sue loro"""
        ),
    ),
    "norwegian": Language(
        snowball("norwegian"),
        _LATIN,
        _words("og i det er på en et til som av for med at de den har om"),
        _words(
            """jeg du han hun vi ikke ble blir var kan vil skal men eller også etter ved når hvor hva hvem hvordan
        hvilke denne dette disse seg sin sitt sine deres hans hennes man mot under over fra hadde være vært
        å"""
        ),
    ),
    "portuguese": Language(
        snowball("portuguese"),
        _LATIN,
        _words("o a os as um uma e de do da dos das em no na nos nas que para com por é"),
        _words(
            """se não mais mas ou como foi foram ser são está estão era ter tem têm seu sua seus suas ao aos à às
        pelo pela pelos pelas este esta esse essa isso isto ele ela eles elas quando onde quem qual quais
        quê porque também já muito entre sobre sem até"""
        ),
        (
            (re.compile(r"cao$"), r"ção"),
            (re.compile(r"coes$"), r"ções"),
            (re.compile(r"ao$"), r"ão"),
            (re.compile(r"oes$"), r"ões"),
            (re.compile(r"ae(s?)$"), r"ãe\1"),
            (re.compile(r"ues$"), r"uês"),
        ),
    ),
    "romanian": Language(
        snowball("romanian"),
        _LATIN,
        _words("și şi în de la cu pe un o a al ai ale că din"),
        _words(
            """este sunt era au fost fi nu se mai dar sau ca care ce cine unde când cum cât după prin pentru între
        despre fără lui ei lor această aceste acel acea îi își îşi"""
        ),
    ),
    "russian": Language(
        snowball("russian"),
        _CYRILLIC,
        _words("и в во не на с со что к по из у за от о же"),
        _words(
            """я ты он она оно мы вы они это этот эта эти как кто где когда почему какой какая какие чей а но или
        если бы был была было были быть есть его её ее их ему ей им так уже для при до под над также только"""
        ),
    ),
    "spanish": Language(
        snowball("spanish"),
        _LATIN,
        _words("el la los las un una y de del en a al que por para con se es su lo"),
        _words(
            """no más pero o como ha han fue fueron ser son era está están sus le les ya sobre entre sin hasta
        desde también este esta estos estas ese esa eso esto quién qué cuál cuáles dónde cuándo cómo porque
        cuando donde muy todo todos había hay"""
        ),
        (
            (re.compile(r"ion$"), r"ión"),
            (re.compile(r"i(as?|an|o)$"), r"í\1"),
        ),
    ),
    "swedish": Language(
        snowball("swedish"),
        _LATIN,
        _words("och i att det som en ett på är av för med den till de om har"),
        _words(
            """jag du han hon vi ni inte var blev blir kan vill ska skall men eller också efter vid när var vad vem
        hur vilka vilken denna detta dessa sig sin sitt sina deras hans hennes man mot under över från hade
        vara varit så"""
        ),
    ),
}
"""By the name of the stemmer, in the order of the manifest."""

_CODES = {
    "porter": "en eng english",
    "danish": "da dan danish",
    "dutch": "nl nld dut dutch",
    "finnish": "fi fin finnish",
    "french": "fr fra fre french",
    "german": "de deu ger german",
    "hungarian": "hu hun hungarian",
    "italian": "it ita italian",
    "norwegian": "no nor nb nob nn nno norwegian",
    "portuguese": "pt por portuguese",
    "romanian": "ro ron rum romanian",
    "russian": "ru rus russian",
    "spanish": "es spa spanish",
    "swedish": "sv swe swedish",
}
_STEMMERS = {code: name for name, codes in _CODES.items() for code in codes.split()}


def stemmer_name(language: str, site_language: str) -> str:
    """The stemmer for texts of a language, of the site's when none is known; `none` where Whoosh has none."""
    code = (language or site_language).lower().partition("-")[0].partition("_")[0]
    return _STEMMERS.get(code, "none")
