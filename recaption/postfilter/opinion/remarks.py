"""Opinions that their shape betrays, whatever they are about: exclamations, sentence adverbs, guesses at a mind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.english.sentences import capitalised
from recaption.postfilter.film.grammar import sentence_from
from recaption.postfilter.opinion import shapes
from recaption.postfilter.opinion import words as ow
from recaption.postfilter.opinion.stretches import Reading, Stretch
from recaption.postfilter.opinion.visible_words import VISIBLE
from recaption.postfilter.vocabulary import listed

Cut = tuple[int, int, str]  # from where to where, and what comes in its place

_SENTENCE_ADVERBS = (
    r"(?:interestingly|sadly|impressively|remarkably|surprisingly|fortunately|thankfully|amazingly|ironically|curiously"
    r"|incredibly|tragically|hopefully|happily|luckily|unsurprisingly|admittedly|fittingly|wonderfully|beautifully"
    r"|delightfully|poetically|miraculously|mercifully|regrettably|inexplicably|oddly|strangely|appropriately"
    r"|intriguingly|astonishingly|refreshingly|touchingly|amusingly|hilariously|unfortunately|notably|importantly"
    r"|honestly|frankly|undoubtedly|unbelievably|shockingly|stunningly|funnily|charmingly|tellingly|understandably"
    r"|predictably|hauntingly|crucially|significantly)"
)
_OPENING = re.compile(
    rf"(?:(?:(?:quite|rather|very|most|somewhat|even more|perhaps) )?{_SENTENCE_ADVERBS}(?: enough)?"
    r"|(?:best|worst|cutest|funniest|most \w+) of all|to (?:my|our|everyone['’]s|their|his|her|the \w+['’]s?)(?: great"
    r"| utter)? (?:delight|joy|surprise|relief|amazement|horror|dismay)), (?=\w)",
    re.I,
)
_INSIDE = re.compile(rf", (?:(?:quite|rather|very|most|somewhat) )?{_SENTENCE_ADVERBS}(?: enough)?,(?= )")
_PURPOSE = re.compile(
    r", (?:presumably|probably|likely|perhaps|maybe|possibly|apparently|no doubt|supposedly|evidently|surely|doubtless"
    r"|seemingly|most likely|clearly|obviously)(?: (?:just|already|now|still|even))? (?:(?:in order "
    r"|so as )?to (?!the\b|an?\b|his\b|her\b|their\b|its\b"
    r"|be\b)[a-z]+|in (?:preparation|memory|anticipation|response|honou?r|the hopes?|an (?:attempt|effort)|hopes?)\b"
    r"|because\b|out of (?!the\b|an?\b)|so (?:that|as)\b|as an? (?:\w+ )?(?:sign|gift|token|warning|treat"
    r"|surprise|gesture"
    r"|tribute|joke|reward|way)\b|on (?:his|her|their|its) way\b|(?:waiting|hoping|thinking|trying|wondering|preparing"
    r"|planning|intending|meant|intended|wanting|eager|hungry|tired|curious|bored|excited|happy|proud|enjoying)\b)"
    r"[^,.;:!?]*(?=[.;:!?]|\Z|, (?:and|while|as|then|before)\b)"
)
_ASIDE = re.compile(r" \([^()]{3,80}\)")
_GUESSED = re.compile(
    r"(?:(?:perhaps|maybe|possibly|no doubt|clearly|obviously|surely|probably|evidently|apparently),? )?"
    r"(?:he|she|they|it is (?:likely|possible|clear|obvious|probable|evident) that (?:he|she|they)"
    r"|it (?:seems|appears|looks as if|looks like)(?: that)? (?:he|she|they|the (?:two|pair|couple|man|woman|boy"
    r"|girl|child|dog))"
    r"|one (?:senses|suspects|imagines) that (?:he|she|they)) ",
)
_GUESS = re.compile(
    r"\b(?:must|probably|likely|obviously|clearly|perhaps|maybe|surely|no doubt|may|might|could|seems?|appears?"
    r"|evidently"
    r"|apparently|possibly|undoubtedly|certainly|presumably)\b"
)
_MIND = re.compile(
    r"\b(?:tired|exhausted|late|know|knows|knew|known|thinking|waiting|lost|missed|friends|married|love|hungry"
    r"|cold|busy"
    r"|celebrating|training|preparing|practi[cs]ing|deciding|used to|on (?:his|her|their) way|first time|wants?"
    r"|wanting|impress|enjoy\w*|hop\w+|works? here|lives? here|worried|planning|proud|happy|sad|nervous|bored|afraid"
    r"|looking for|forgot\w*|remember\w*|mind|past|future|dream\w*|years|hours|all day|experienced|expert|new to"
    r"|relieved|pleased|angry|upset|excited|eager|annoyed|confused|concerned|curious|content|having fun|good time"
    r"|argument|quarrel)\b"
)
_SECOND = re.compile(r" and (?=(?P<verb>[a-z]+) )")
_THIS = r"(?:of|behind|for) (?:this|that|it|all (?:of )?this|the scene|these|his|her|their)\b[\w ]{0,30}"
_AIM = re.compile(
    rf"the (?:(?:purpose|intention|intent|meaning|moral) (?:{_THIS}|here )?|(?:point|aim|goal|idea|reason|lesson"
    rf"|message) (?:{_THIS}|here ))"
    r"(?:is|are|seems|remains)\b"
    r"|the (?:lesson|message|moral) is (?:clear|simple)\b"
)
_ABOUT = re.compile(
    r"(?:the|an?|this) (?:(?:general|overall|main|lasting|first|whole|emotional|visual|dominant|prevailing|total"
    r"|end) ){0,2}"
    r"(?:impression|effect|result|vibe|feel|feeling|tone|energy|weight|impact|message|theme|spirit|mood|atmosphere)"
    r"(?: (?:of|in|behind) (?:the|this|his|her|their) [\w ]{2,20}?)? (?:is|are|remains|feels|seems|becomes|stays"
    r"|lingers|prevails)\b"
    r"|(?:the|his|her|their) (?:[\w-]+['’]s )?(?:behaviou?r|demeanou?r|attitude|intent|intentions?|motives?"
    r"|state of mind|thoughts"
    r"|feelings) (?:of the \w+ )?(?:is|are|seems?|suggests?|appears?|remains?|indicates?|points? to)\b"
)
_IS_A = re.compile(
    r"[^,.;:]{3,50} (?:is|are) (?:truly |really |quite |nothing short of )?(?:an?|the) (?:[\w-]+ )?(?:triumph"
    r"|masterpiece|marvel|miracle"
    r"|feast|joy|delight|testament|tribute|masterclass|metaphor|symbol|reminder"
    r"|embodiment|epitome"
    r"|ode|hymn|love letter|meditation) (?:of|in|to|for|on|that)\b"
    r"|(?:this|that|it|all (?:of )?this|which) (?:strongly |clearly |also )?(?:suggests?|implies|indicates|hints"
    r"|means|reminds us|proves|speaks)\b"
)
_FOR = re.compile(
    r" as an? (?:\w+ )?(?:gesture|sign|token|symbol|expression|mark|show|display|testament|tribute|reminder) (?:of|to)"
    r" [^,.;:!?]{3,60}(?=[,.;:!?]|\Z)"
)
_ADMIRED = re.compile(
    r"(?:there(?:['’]s| is) (?:an? |something )[^,.;:]{3,40}? (?:to|about|in)"
    r"|(?:one|you|we|viewers?|the viewer) (?:cannot|can['’]t|can not|could not) (?:help but|but) [a-z]+(?: at)?"
    r"|(?:one|viewers?|you|we|anyone) (?:will|would|must|has to|have to) (?:[a-z]+ly )?(?:admire|appreciate|love"
    r"|enjoy|marvel at|envy)"
    r"|it is (?:hard|impossible|difficult|easy) (?:not )?to (?:be [a-z]+ by|look away from|resist|ignore|forget"
    r"|miss|admire|love|smile at))"
    r" (?=(?:the|an?|two|three|his|her|this) )",
    re.I,
)
_WATCHED = re.compile(
    r"(?:the )?(?:viewers?|audience|onlookers?|observers?) (?:cannot|will|may|might|must|(?:is|are"
    r"|feels?) (?:\w+ly )?(?:left|invited|drawn"
    r"|reminded|transported|treated|given|encouraged|asked|kept|captivated|moved|immersed|made|compelled|tempted"
    r"|transfixed)\b)"
)
_EXUDES = re.compile(
    r"(?:the|this|that|his|her|its|their|every\w*) [\w'’ -]{2,40}? (?:oozes?|exudes?|radiates?|emanates?"
    r"|(?:bursts?|drips?|brims?) with"
    r"|(?:is|are) (?:full of|steeped in|filled with|rich in|brimming with)) (?P<what>[\w ,-]{3,50})[.!]?\Z"
)
_LIKING = re.compile(
    r"(?:i|we|you|one) (?:(?:really|just|absolutely|simply|particularly|especially|can['’]t help but|cannot help but"
    r"|have to|must|do|will|'ll) ){0,2}(?:love|like|adore|enjoy|admire|appreciate) (?:how|the way|that|it when"
    r"|watching as|seeing how)"
    r" (?=(?:the|an?|his|her|their|he|she|it|they|two)\b)",
    re.I,
)
_I_FIND = re.compile(
    r"(?:i|we) (?:(?:really|just|personally) )?(?:find|think|consider|call|feel|love|like|adore|enjoy) (?:this|it"
    r"|that|these)\b[^,.;:]{0,40}[.!]\Z",
    re.I,
)
_SUBJECT = re.compile(r"(?:all|everything|it|this|that)(?: all)? (?:really |just |truly |simply )?")
_SEEMS = re.compile(r"(?:looks|is|feels|seems|sounds|tastes|smells|must be|does(?:n['’]t| not))\b")
_PRAISE = listed(
    """nice lovely cute cool fun neat delicious tasty yummy mouth-watering awe-inspiring superb crisp great good
    well fine perfect sweet funny sad amazing unbelievable wow gorgeous stunning brilliant pleasing pleasant
    better best impressive must-see top-notch first-rate world-class masterful flawless seamless"""
)
_PLAIN = listed("fine cool sweet good well neat crisp sad fun great fine perfect better best clear bright")
"""What praises behind "is", but may only describe in front of a noun: "Fine sand."."""
_EXCLAIMED = re.compile(
    r"(?:(?:simply|truly|just|absolutely|quite|really|oh|wow|ah|and),? )*(?:what (?:an? )?|such (?:an? )?|how )?"
    r"(?:an? )?(?P<word>[\w-]+)"
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|do|does)\b")
_BE = re.compile(
    r"\b(?:is|are|was|were|looks?|feels?) (?:(?:very|truly|quite|both|so|simply|really|also|just) )?(?P<word>[\w-]+)"
)
_WORKS = re.compile(
    r"\bworks? (?:so |very |really )?(?:beautifully|well|wonderfully|nicely|perfectly|brilliantly|superbly)\b"
)
_FRONT = re.compile(
    r"(?P<head>[^,.;:]{8,110}?)(?: as|: |,? while| about (?:the way|how)|, as)(?P<rest> ?(?P<who>an?|the|two"
    r"|three|four|five|his"
    r"|her|their|it|he|she|they|[a-z]+s)\b )"
)
_HOLDER = re.compile(
    r"(?P<who>(?:the|an?|his|her|their|two|three) (?:[\w-]+ ){0,2}?[\w-]+) (?P<verb>seems?|appears?|ha(?:s|ve)|enjoys?"
    r"|cannot|can hardly|takes?|is|are)\b"
)
_BEFORE_VERB = re.compile(
    r"(?P<who>(?:the|an?|his|her|their|its|this|two|three) (?:[\w-]+ ){0,3}?[\w-]+) (?:lends?|gives?|creates?"
    r"|adds?|brings?|evokes?|conveys?|exudes?"
    r"|radiates?|cannot|can|can['’]t|seems?|appears?|stands? like|dances? (?:with|like|as)|embod(?:y|ies)"
    r"|symboli[sz]es?|represents?|inspires?|makes?"
    r"|suggests?|speaks? of|tells? of|feels?|looks?|is|are) ",
)


def opened(sentence: str) -> Cut | None:
    """A sentence adverb at the start: "Sadly, "."""
    match = _OPENING.match(sentence)
    return (0, match.end() + 1, sentence[match.end()].upper()) if match else None


def cuts(sentence: str, reading: Reading) -> Iterator[Cut]:
    """What goes out of a sentence that stays."""
    for match in _INSIDE.finditer(sentence):
        yield (*match.span(), "")
    if purpose := _PURPOSE.search(sentence):
        yield (*purpose.span(), "")
    if gesture := _FOR.search(sentence):
        yield (*gesture.span(), "")
    for match in _ASIDE.finditer(sentence):
        said = reading.stretch(match.start() + 2, match.end() - 1)
        if said.points > 1 and not said.seen:
            yield (*match.span(), "")


def is_remark(sentence: str, said: Stretch) -> bool:
    """Whether a sentence without a comma is nothing but a remark."""
    lowered = sentence.lower()
    if not said.words:
        return False
    if _praises_craft(lowered, said):
        return True
    if said.seen > 1:
        return False
    if (
        _AIM.match(lowered)
        or (_ABOUT.match(lowered) and said.points and not said.seen)
        or _IS_A.match(lowered)
        or _exudes(lowered)
    ):
        return True
    guessed = _GUESSED.match(lowered)
    if guessed and " and " not in lowered and _GUESS.search(lowered) and _MIND.search(lowered, guessed.end()):
        return True
    if said.seen:
        return False
    if _WATCHED.match(lowered):
        return True
    return _is_exclaimed(lowered, said) or _is_called(lowered, said)


def _is_exclaimed(lowered: str, said: Stretch) -> bool:
    """ "What a goal!", "Nice light.", "Unbelievable scenes here!"."""
    match = _EXCLAIMED.match(lowered)
    if match is None or said.content > 5 or _VERB.search(lowered) or shapes.has_clause(said.words):
        return False
    led = lowered.startswith(("what a", "such a")) and lowered.endswith("!")
    return led or (_praises(match["word"]) and match["word"] not in _PLAIN)


def _is_called(lowered: str, said: Stretch) -> bool:
    """ "That looks delicious.", "All is well.", "It is very nice to see."."""
    subject = _SUBJECT.match(lowered)
    verb = _SEEMS.match(lowered, subject.end()) if subject else None
    return bool(verb) and said.content < 5 and any(map(_praises, said.words))


def _praises_craft(lowered: str, said: Stretch) -> bool:
    """ "The editing is crisp and confident.", "The use of negative space is striking."."""
    if (ow.CRAFT | shapes.CRAFTED).isdisjoint(said.words[:5]) or said.words[0] not in ("the", "this", "its"):
        return False
    match = _BE.search(lowered)
    seen = sum(word in VISIBLE and word not in ow.CRAFT for word in said.words)
    judged = match and (_praises(match["word"]) or match["word"] in ow.JUDGING)
    return (bool(judged) or _WORKS.search(lowered) is not None) and said.content < 7 and seen < 2


def _exudes(lowered: str) -> bool:
    """ "The room oozes charm."."""
    match = _EXUDES.match(lowered)
    return match is not None and any(map(shapes.is_abstract, match["what"].split()))


def liked(sentence: str) -> Cut | None:
    """ "I love how the kitten rolls over" becomes "The kitten rolls over", "I find this cute." goes."""
    if _I_FIND.match(sentence):
        return (0, len(sentence), "")
    match = _LIKING.match(sentence)
    return (0, match.end() + 1, sentence[match.end()].upper()) if match else None


def _praises(word: str) -> bool:
    return word in _PRAISE or ow.WEIGHTS.get(word, 0) > 1


def led_to(sentence: str, reading: Reading) -> Cut | None:
    """What only leads to what is seen, told in a clause or as what is admired: "One cannot but admire the arch"."""
    if found := _led_in(sentence, reading):
        return found
    admired = _ADMIRED.match(sentence)
    if admired and _leads(reading.stretch(0, admired.end()), reading.stretch(admired.end(), len(sentence))):
        made = sentence_from(sentence[admired.end() :])
        return (0, len(sentence), capitalised(made)) if made else None
    return None


def _led_in(sentence: str, reading: Reading) -> Cut | None:
    """What only leads to what is seen: "There is a tension in the air as two wrestlers circle each other"."""
    match = _FRONT.match(sentence)
    if match is None:
        return None
    head = reading.stretch(0, match.end("head"))
    rest = reading.stretch(match.start("rest"), len(sentence))
    if head.net < 2 or rest.points > 1 or not rest.seen or not shapes.has_clause(rest.words):
        return None
    start = match.start("rest") + sentence.startswith(" ", match.start("rest"))
    holder = _HOLDER.match(sentence.lower())
    if match["who"] in ("it", "he", "she", "they"):
        if holder is None or " as" not in match[0]:
            return None
        return (holder.end("who"), start + len(match["who"]), "")
    return (0, start + 1, sentence[start].upper()) if not head.seen else None


def _leads(head: Stretch, rest: Stretch) -> bool:
    return head.points > 1 and not head.seen and rest.seen > 0 and not rest.points


def first_predicate(reading: Reading, start: int, end: int) -> Cut | None:
    """ "The light creates a tender mood and falls on her cheek" becomes "The light falls on her cheek"."""
    subject = _BEFORE_VERB.match(reading.text, start, end)
    second = _SECOND.search(reading.text, subject.end(), end) if subject else None
    if subject is None or second is None or not shapes.is_verb_form(second["verb"]):
        return None
    said, rest = reading.stretch(subject.end(), second.start()), reading.stretch(second.end(), end)
    if said.net < 2 or said.seen > 1 or rest.points or not rest.seen:
        return None
    return (subject.end("who"), second.end() - 1, "")
