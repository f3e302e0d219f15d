"""Those who watch the video as the subject of a sentence: "Then we see a man walking"."""

from __future__ import annotations

import re

from recaption.postfilter import film_talk as talk
from recaption.postfilter import film_verbs as verbs
from recaption.postfilter import film_words as f
from recaption.postfilter import words as w
from recaption.postfilter.film_subjects import DETERMINERS, NO_CLAUSE, Body
from recaption.postfilter.film_talk import WORD
from recaption.postfilter.grammar import number_of, sentence_from

_VIEWER = re.compile(
    r"(?:(?:we|you)(?:['’](?:re|ve|ll|d))?|viewers|the viewers?|an? (?:viewer|observer|onlooker)|the (?:observer|onlooker"
    rf"|watcher)|(?:those who|whoever) (?:watch|watches|views)(?: (?:the|this) {talk.FILM})?|(?:those|anyone|anybody"
    rf"|everyone) watching(?: (?:the|this) {talk.FILM})?|the audience(?= (?:is|are|gets) )"
    r"|one(?= (?:can|could|may|might|gets to|is (?:shown|introduced to|presented with|treated to))\b)"
    r"|one(?= (?:sees|notices|observes|learns|gathers|realises|realizes) (?:how|that)\b)) ",
    re.I,
)
_BEFORE_VIEWER = DETERMINERS | f.FILMS | {"what", "it", "there"}


def from_viewer(sentence: str, position: int, opened: bool) -> Body | None:
    """ "Then we see a man walking"; None where "we" does not watch."""
    start, words = position, list[str]()
    while (viewer := _VIEWER.match(sentence, position)) is None:
        token = WORD.match(sentence, position)
        if token is None or len(words) == 8 or not sentence.startswith(" ", token.end()):
            return None
        position = token.end() + 1
        word, after = token[0].lower(), WORD.match(sentence, position)
        if not talk.is_talk(word, words[-1] if words else "", after[0].lower() if after else ""):
            return None
        words.append(word)
        if words[0] in _BEFORE_VIEWER:
            return None
    sees = verbs.SEES.match(sentence, viewer.end())
    made = _seen(sees, sentence[sees.end() + 1 :]) if sees else None
    if sees is None or made is None:
        return None
    kept = sentence[start:position] if words and f.ADVERBS.issuperset(words) and "here" not in words else ""
    times = [word for word in sees[0].split() if word in f.TIME_ADVERBS]
    if not kept and not opened:
        kept = f"{times[0]}, " if times else "at the end, " if sees["end"] else ""
    return kept + made, sees.end()


def _seen(sees: re.Match[str], seen: str) -> str | None:
    """What was seen, as a sentence."""
    if sees["cut"]:
        return f"the scene {w.third_person(sees['cut'].split(' ')[0].removesuffix('s'))} to {seen}"
    if sees["camera"]:
        return f"the camera {w.third_person(sees['camera'].split(' ')[0].removesuffix('s'))} {seen}"
    if sees["after"]:
        return None if NO_CLAUSE.match(seen) else seen
    return _with_finite_verb(seen) or sentence_from(seen)


def _with_finite_verb(seen: str) -> str | None:
    """ "a man walk to the door" becomes "a man walks to the door"."""
    tokens = seen[:200].split(" ")[:8]
    for i, token in enumerate(tokens):
        if token.endswith(",") or token.lower() in w.PREPOSITIONS - {"of"} or w.is_participle(token):
            return None
        verb = token.rstrip(".")
        following = tokens[i + 1].rstrip(".,") if i + 1 < len(tokens) else ""
        pure = verb in w.PURE_VERBS and (not following or following in w.PREPOSITIONS | w.CONJUNCTIONS)
        if i and (pure or (verb in w.BASES and following in w.DETERMINERS)):
            subject = " ".join(tokens[:i])
            form = w.third_person(verb) if number_of(subject) == "is" else verb
            return f"{subject} {form}{seen[len(subject) + 1 + len(verb) :]}"
    return None
