"""Words that tell a reader's voice from an article's, in six languages.

Each category is a plain list of lower-case words. A word may stand in several categories and in several
languages; what a word means in one language and not in another costs little, since no category decides
alone.
"""

from __future__ import annotations

FIRST = """i me my mine myself i'm i've i'd i'll im ive id
ich mich mir mein meine meinen meinem meiner je moi mon ma mes j'ai j'aime j'étais yo mi mis conmigo mío
я меня мне мной мой моя моё мои моего моей мене мені мною мій моє мої мого моєї"""
FIRST_PLURAL = """we us our ours ourselves we're we've we'll we'd wir uns unser unsere nous notre nos
nosotros nuestro nuestra nuestros мы нас нам наш наша наши ми ми наша наші"""
SECOND = """you your yours yourself you're you've you'd you'll u ur youre ya y'all du dich dir dein deine euch euer
ihnen ihre sie tu te toi ton ta tes vous votre vos usted ustedes tú tus su ti vosotros
вы вас вам вами ваш ваша ваши ты тебя тебе твой твоя ви вас вам ваш ваша ваші ти тебе твій твоя"""
THIRD = """he she his her him hers they them their theirs er ihm ihn seine il elle ils elles leur leurs
él ella ellos ellas они он она его её их ему він вона вони його її їх йому"""
SAID = """said says told added according announced reported explained noted wrote stated claimed argued asked
replied insisted warned sagte sagt erklärte betonte teilte mitteilte berichtete zufolge laut dit déclaré
expliqué affirmé selon ajouté dijo afirmó señaló según declaró explicó сказал сказала заявил заявила сообщил
сообщила словам отметил рассказал сказав сказала заявив заявила повідомив повідомила словами зазначив розповів"""
PRAISE = """great awesome amazing love loved lovely beautiful gorgeous nice cool wonderful fantastic excellent
brilliant perfect cute adorable inspiring stunning hilarious fun funny congrats congratulations kudos bravo
well-written yum yummy delicious insightful interesting helpful useful super sweet incredible wow best
toll super klasse schön prima großartig wunderbar génial superbe merci magnifique formidable excellent bravo
excelente genial bueno hermoso felicidades maravilloso отлично супер молодец красиво прекрасно класс браво
чудово супер молодець гарно прекрасно клас браво"""
BLAME = """stupid idiot idiots dumb ridiculous terrible awful horrible worst sucks disgusting pathetic crap bullshit
nonsense garbage wrong lame sad shame shameful liar liars lies hate boring dumm blödsinn unsinn quatsch schlecht
peinlich schade nul ridicule honte stupide mauvais n'importe tonto estúpido ridículo vergüenza malo basura
глупость бред чушь ерунда позор дурак идиот ужас дурниця маячня нісенітниця ганьба жах дурень"""
THANKS = """thanks thank thx ty thankyou cheers appreciate grateful danke dank merci remercie gracias agradezco
спасибо благодарю дякую спасибі вдячний"""
GREETING = """hi hello hey dear greetings hallo hi liebe lieber moin servus bonjour salut bonsoir coucou hola buenas
saludos estimado привет здравствуйте здравствуй добрый привіт вітаю добридень доброго"""
AGREE = """agree agreed yes yeah yep yup exactly indeed true absolutely totally definitely right +1 amen ditto
ja stimmt genau richtig zustimmung oui d'accord exactement sí acuerdo exacto да согласен согласна точно верно
так згоден згодна точно вірно"""
DISAGREE = """disagree no nope nah actually really seriously but however doubt wrong nein falsch doch non faux pas
desaccord no falso нет неправда неправ но ні неправда але"""
HEDGE = """think guess maybe perhaps probably believe feel wonder wondering imo imho imagine suppose hope wish
denke glaube finde meine vielleicht pense crois trouve peut-être creo pienso quizás думаю считаю кажется
наверное может думаю вважаю здається мабуть може"""
SLANG = """lol lmao rofl haha hahaha hehe omg wtf btw fyi idk gonna wanna gotta kinda sorta dont cant wont didnt
doesnt isnt wasnt thats whats theyre youre ive im cuz coz bc pls plz ppl dude guys man bro folks yikes ugh meh
oh ah wow whoa hmm hm um uh well oops aw aww yay hooray hah ha geez jeez gee duh xx xo xoxo nich isses naja
mdr ptdr bah ben ouais jaja jajaja pues ах ох хм ну вот блин лол ага ой ну от ага ой"""
META = """post posts article articles blog blogs comment comments commenter commenters author website site page
recipe tutorial video photo photos pics reading read reader readers writer piece column thread story discussion
beitrag artikel kommentar kommentare autor bericht seite leser billet article commentaire commentaires auteur
artículo comentario comentarios autor entrada nota статья статью пост комментарий комментарии автор автору
стаття статтю допис коментар коментарі автор автору"""
BIO = """editor reporter journalist correspondent columnist contributor freelance freelancer writer author founder
professor blogger co-founder ceo director lives follow followed twitter facebook email e-mail subscribe newsletter
contact disclosure disclaimer copyright redakteur korrespondent journaliste rédacteur correspondant periodista
redactor corresponsal журналист редактор корреспондент журналіст редактор кореспондент"""
CLOSER = """source via photo photos image images credit credits courtesy update updated filed tags tagged related
posted categories read more click here link links share disclosure p.s ps happy enjoy stay tuned until next
tomorrow soon finally conclusion overall bottom verdict quelle foto quelle fuente foto источник фото джерело фото"""
REACTION = """awesome yes no yeah wow lol haha great love thanks thank nice good hi hello hey oh ok okay sorry so
well interesting really why how what congrats agree agreed totally same me too i'm i i've @ hmm ah sounds looks
glad happy sad my your you wonderful beautiful amazing excellent cute fantastic"""
INTERROGATIVE = """what why how who when where which was warum wie wer wann pourquoi comment qui quand où qué por
cómo quién cuándo что почему как кто когда где що чому як хто коли де"""

ENGLISH = """the of and to in is that it was for with as on be this are have from or an by not at which but"""
GERMAN = """der die das und ist nicht ein eine zu den mit sich auf für dem des im von auch wie aber wird sind"""
FRENCH = """le la les des et est une dans que pour qui pas sur plus par au avec ce sont cette mais ont"""
SPANISH = """el los las y es una en que para por con del se lo como más pero su al está son muy"""
RUSSIAN = """и в не на что с по это как но из у за то же для от было только бы уже или если"""
UKRAINIAN = """і в не на що з до це як але та у за то ж для від було тільки б вже або якщо є"""
PORTUGUESE = """o os um uma em não para com do da no na por mais como foi dos ao é são você muito"""
ITALIAN = """il di che non per una con sono del della gli nel alla più anche come questo ho ma si è"""
DUTCH = """de het een van en is niet dat op te zijn met voor aan er maar ook je ik naar bij"""

CATEGORIES: dict[str, str] = {
    "first": FIRST,
    "first_plural": FIRST_PLURAL,
    "second": SECOND,
    "third": THIRD,
    "said": SAID,
    "praise": PRAISE,
    "blame": BLAME,
    "thanks": THANKS,
    "greeting": GREETING,
    "agree": AGREE,
    "disagree": DISAGREE,
    "hedge": HEDGE,
    "slang": SLANG,
    "meta": META,
    "bio": BIO,
    "closer": CLOSER,
    "interrogative": INTERROGATIVE,
}
"""The counted categories, in the order of their columns in a paragraph's style."""

NAMES: tuple[str, ...] = tuple(CATEGORIES)

LANGUAGES: tuple[str, ...] = (
    ENGLISH,
    GERMAN,
    FRENCH,
    SPANISH,
    RUSSIAN,
    UKRAINIAN,
    PORTUGUESE,
    ITALIAN,
    DUTCH,
)
IN_ENGLISH, IN_GERMAN = LANGUAGES.index(ENGLISH), LANGUAGES.index(GERMAN)


def _index(lists: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, words in enumerate(lists):
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


WORDS: dict[str, tuple[int, ...]] = _index(tuple(CATEGORIES.values()))
"""Word -> the numbers of its categories."""

FUNCTION_WORDS: dict[str, tuple[int, ...]] = _index(LANGUAGES)
"""Word -> the numbers of the languages in which it is among the commonest."""

OPENING: frozenset[str] = frozenset(REACTION.split())
"""Words that readers like to begin with."""
