"""Turns of phrase that begin a reader's comment, and those that end an article, in six languages.

Matched on lower-case tokens, whole words only; a phrase is looked up by its first word.
"""

from __future__ import annotations

OPENING = """
great post|nice post|good post|great article|good article|nice article|great job|good job|nice job|nice work|great work|well done|well said|well written
great piece|great read|great info|great stuff|great tips|great idea|good idea|great advice|good advice|great points|good points|good point|great point|good stuff
excellent post|excellent article|awesome post|love this|love it|love the|love your|loved this|i love|i loved|i like|i really|i agree|i totally|i completely
i just|i have been|i've been|i've always|i used to|i think you|i think the|i think it|i think that|i thought|i wonder|i wish|i hope|i'm so|i'm glad|i'm going to
i can't|i don't|i am so|i was|i would|i'd|i had|i never|i always|i actually|i disagree|i must|i also|i too|thank you|thanks for|thanks so|thanks a|many thanks
you are|you're|you have|you should|you can|you might|you forgot|you mean|you know|your blog|your post|your site|your article|your work|your writing|your photos
this is|this was|this looks|this sounds|this one|these look|these are so|that is|that's|that looks|that was|it looks|looks like|looks great|looks delicious|looks amazing|sounds like
sounds great|so cute|so true|so glad|so sad|so happy|so excited|so beautiful|so sorry|so much|so the|what a|what about|what an|what are you|why not|why do|why is|why would|why are
how about|how did|how do|how can|how is|where did|where can|where is|did you|do you|have you|is there|is this|are you|can you|could you|will you|would you|can't wait
just wanted|just found|just got|just saw|just read|just a|keep up|keep it|congrats on|congratulations on|happy birthday|welcome back|good luck|way to|no one|not sure|not to|as a|as an
as someone|as usual|my wife|my husband|my mom|my daughter|my son|my kids|my favorite|my first|me too|same here|count me|sign me|first of|one of my|oh my|oh no|oh wow
the problem|the only|the best|the author|the article|the fact|if you|if only|if the|maybe you|maybe they|actually the|agree with|agreed i|yeah i|yes i|yes it|no it|no the|well i|wow i|wow this
hi i|hey there|hello i|dear|been there|never heard|too bad|good for|good to|glad to|glad you|sorry to|sorry for|interesting that|interesting article|interesting post|very interesting|very nice|very good|very well
danke für|vielen dank|toller beitrag|guter artikel|schöner artikel|sehr gut|sehr schön|das ist|das finde|ich finde|ich habe|ich bin|ich kann|ich würde|kann ich|stimme zu|liebe grüße|meiner meinung
merci pour|bravo pour|très bon|très bel|bel article|bon article|je suis|je pense|je trouve|je ne|j'ai|à mon avis|c'est|quelle|tout à fait|d'accord avec
gracias por|muchas gracias|muy buen|muy bueno|excelente artículo|buen artículo|estoy de acuerdo|yo creo|creo que|me encanta|me gusta|me parece|no estoy|felicidades por
спасибо за|большое спасибо|полностью согласен|согласен с|не согласен|я думаю|я считаю|а я|мне кажется|по моему|автор|хорошая статья|отличная статья|автору|ну и
дякую за|щиро дякую|повністю згоден|згоден з|не згоден|я думаю|я вважаю|мені здається|а я|на мою думку|чудова стаття|гарна стаття|автору|ну і
"""

CLOSING = """
what do you think|what's your|what are your|what is your|do you have|have you ever|let me know|let us know|tell us|tell me|share your|share them|leave a comment|leave your|in the comments|comments below
comment below|below in|sound off|stay tuned|until next|till next|see you|hope to see|thanks for reading|thank you for reading|thanks to|thanks for stopping|read more|read the|read it|for more information
for more|more info|more information|click here|check out|check it|check them|find out|sign up|subscribe to|follow me|follow us|follow him|follow her|join us|join me|on twitter|on facebook|via
photo by|photos by|photo courtesy|image by|image courtesy|image credit|photo credit|courtesy of|images via|source|written by|posted by|reporting by|editing by|is the author|is a freelance|is an editor
was originally|originally published|originally posted|originally appeared|this post|this article was|this entry|filed under|tagged with|tags|posted in|related posts|related articles|see also|you can also|you can find|you can follow|you can read|available at
available on|available for|available now|order it|buy it|buy now|download|visit|happy|enjoy|good luck|have a great|have a good|have a wonderful|hope you|i hope you|we hope|i'll be|we'll be|i will be
i'd love to hear|we'd love to hear|love to hear|would love to|looking forward|can't wait|coming soon|next week|next month|next time|tomorrow|tonight|later this|in conclusion|finally|in the end|bottom line
at the end|only time will|time will tell|remains to be|we will see|we shall see|we'll see|here's to|here's hoping|cheers|disclosure|disclaimer|full disclosure|p.s|ps|update|hat tip|h/t|copyright|all rights
was sei|was meint ihr|schreibt uns|in den kommentaren|mehr dazu|mehr informationen|weitere informationen|lesen sie|foto|bis zum nächsten|quelle|qu'en pensez-vous|dites-nous|en savoir plus|pour plus d'informations|à suivre
à bientôt|crédit photo|source|qué opinas|qué opináis|más información|para más|síguenos|fuente|hasta la próxima|что вы думаете|а что думаете|пишите в|подробнее|читайте|источник|фото|продолжение следует
що ви думаєте|а що думаєте|пишіть у|докладніше|читайте|джерело|фото|далі буде
"""


Phrases = dict[str, tuple[tuple[int, ...], frozenset[tuple[str, ...]]]]
"""First word -> the lengths of what may follow it, and all that may."""


def _by_first(text: str) -> Phrases:
    found: dict[str, set[tuple[str, ...]]] = {}
    for phrase in text.replace("\n", "|").split("|"):
        words = tuple(phrase.split())
        if words:
            found.setdefault(words[0], set()).add(words[1:])
    return {word: (tuple(sorted({len(r) for r in rests})), frozenset(rests)) for word, rests in found.items()}


_OPENING = _by_first(OPENING)
_CLOSING = _by_first(CLOSING)


def _count(tokens: list[str], phrases: Phrases) -> int:
    """The places at which a phrase begins."""
    number = 0
    for at, token in enumerate(tokens, 1):
        if token in phrases:
            lengths, rests = phrases[token]
            for length in lengths:
                if tuple(tokens[at : at + length]) in rests:
                    number += 1
                    break
    return number


def opening(tokens: list[str]) -> int:
    """Readers' phrases among the first words (the very first counts double)."""
    return _count(tokens[:14], _OPENING) + _count(tokens[:4], _OPENING)


def closing(tokens: list[str]) -> int:
    """Phrases that close an article, in a paragraph of common length."""
    return _count(tokens[:40], _CLOSING)
