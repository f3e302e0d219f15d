"""Sentences that begin with the video, or with those who watch it, instead of with what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from recaption.postfilter.english import words as w
from recaption.postfilter.english.by_sentence import REMEMBERED
from recaption.postfilter.english.sentences import capitalised, spans
from recaption.postfilter.film import talk
from recaption.postfilter.film import words as f
from recaption.postfilter.film.announcements import announced_at
from recaption.postfilter.film.asides import without_sentence
from recaption.postfilter.film.openings import opening_end, time_of
from recaption.postfilter.film.subjects import subject_at
from recaption.postfilter.film.things import is_own
from recaption.postfilter.rule import Change, Rule, Sign
from recaption.postfilter.vocabulary import listed

_REACH = 160  # characters of a sentence in which its lead-in names the video

_OPENING = re.compile(
    r"[^,.;:!?\"“”()\n]{1,90}, |(?:(?!only\b)[a-z]+ly|thus|so|hence|still|meanwhile|after that|once again|once more"
    r"|all of a sudden|all at once|little by little|bit by bit|again|also|then|next|now|here|later|throughout|soon"
    r"|afterwards|at first|first|in the end|at last) (?=(?:the|this|that|our|we|you) )",
    re.I,
)
_PLACE_BEFORE = re.compile(
    rf"(?:{'|'.join(sorted(w.PREPOSITIONS))}) [^,.;:!?\"“”()\n]{{1,70}}? (?=(?:we|you|one) (?:can |could |may |might )?"
    r"(?:also |then |now )?(?:see|notice|observe|spot|glimpse|make out)\b)",
    re.I,
)
_TALK_BEFORE = re.compile(
    r"(?:at|from|in|on|by|after|for|as|here|there|now|then|next|with)(?: [\w'’-]+){1,5}? "
    rf"(?=(?:the|this|our) (?:[\w'’-]+ ){{0,2}}{talk.FILM} )",
    re.I,
)
_TIMES = f.ADVERBS - {"here", "there", "on"} | listed(
    """at the a an in after with that this point of few some several one two three beginning start end moment moments
    seconds minutes bit little from time for throughout overall as finale until last"""
)
_ADVERBIAL = w.PREPOSITIONS | w.SUBORDINATORS | f.ADVERBS
# Lead-ins without a word that is a signal; one of the first is in each.
_UNSIGNALLED_STARTS = ("It ", "This is ", "The eye ", "one can ")
_UNSIGNALLED = re.compile(
    r"It (?:can|could|may|might|should|must|is|becomes|was|starts|begins|opens|then|also|ends) |This is |The eye "
    r"|one can "
)


@dataclass(frozen=True)
class Made:
    """What a sentence becomes.

    Attributes:
        text: the sentence without its lead-in; "" where nothing is left.
        talk: what was taken away.
    """

    text: str
    talk: str


def change(text: str, start: int, end: int, *, frames: bool, it: bool = False) -> Change | None:
    """The change to a sentence that begins with talk about the video, or about its frames.

    Args:
        it: "it" may be the video, since the sentence before spoke of it.
    """
    sentence = text[start:end]
    made = without_lead_in(sentence, it=it)
    if made is None or made.text == sentence:
        return None
    words = talk.words_of(made.talk)
    if talk.names_frame(words) != frames or not is_own(text, start, words):
        return None
    return _narrow(start, sentence, made.text)


@lru_cache(maxsize=REMEMBERED)
def without_lead_in(sentence: str, *, it: bool = False) -> Made | None:
    """The sentence without its lead-in; None where it has none, or where what is left would be no sound sentence."""
    kept, position = _openings(sentence, 0)
    body = announced_at(sentence, position, opened=bool(kept), it=it)
    said = sentence[:position]
    if body is None and (opening := _opening_before(sentence, position)):
        again, later = _openings(sentence, opening.end())
        body = announced_at(sentence, later, opened=True, it=it)
        if _is_clause(opening[0]):
            body, later = None, opening.end()
        if body is not None or (later > opening.end() and _is_adverbial(opening[0])):
            kept += _kept_opening(opening[0]) + again
            said += sentence[opening.end() : later]
            position = later
    if body is not None and not body[0] and _may_be_sentence(kept):
        return Made(f"{capitalised(kept.rstrip(', '))}.", said + sentence[position : body[1]])
    if body is not None:
        return Made(capitalised(kept + body[0]) if body[0] else "", said + sentence[position : body[1]])
    return Made(capitalised(kept + sentence[position:]), said) if position else None


def tells_nothing(text: str, start: int, end: int) -> bool:
    """Whether a sentence only talks of the video or its frames: "The clip ends here.", "There are eight frames."."""
    sentence = text[start:end]
    if end - start > _REACH or sentence.endswith(":") or not talk.only_talks(sentence):
        return False
    words = talk.words_of(sentence)
    told = (
        talk.tells_place(sentence) or talk.style_of(sentence.rstrip(".!")) or not (f.KINDS - f.FILMS).isdisjoint(words)
    )
    return not told and f.THINGS.isdisjoint(words) and (talk.names_frame(words) or talk.names_film(sentence, words))


def _openings(sentence: str, position: int) -> tuple[str, int]:
    """What stands for the openings that go from `position` on, and where they end."""
    kept = ""
    while (end := opening_end(sentence, position)) > position:
        kept = time_of(sentence[position:end]) or kept
        position = end
    return kept, position


def _opening_before(sentence: str, position: int) -> re.Match[str] | None:
    """What may stand in front of a lead-in, and stays: "On the left, we see", "At this point the video cuts to"."""
    if found := _OPENING.match(sentence, position) or _PLACE_BEFORE.match(sentence, position):
        return found
    found = _TALK_BEFORE.match(sentence, position)
    return found if found and talk.only_talks(found[0]) else None


def _is_clause(opening: str) -> bool:
    """Whether an opening is a clause of its own: "A man turns, "; no lead-in follows on one."""
    return not _is_adverbial(opening) and not w.THIRD_PERSON.isdisjoint(talk.words_of(opening)[1:])


def _may_be_sentence(opening: str) -> bool:
    """Whether an opening is long enough for a sentence and begins as one: "A woman sews, the video reveals"."""
    words = talk.words_of(opening)
    return len(words) > 2 and words[0] in w.DETERMINERS | {"he", "she", "they"} and not talk.only_talk(words)


def _is_adverbial(opening: str) -> bool:
    return opening.split(" ")[0].lower().rstrip(",") in _ADVERBIAL


def _kept_opening(opening: str) -> str:
    """An opening in front of a lead-in, but not one that only talks, and tells neither a time nor a place."""
    words = talk.words_of(opening)
    timed = all(word in _TIMES or word[0].isdigit() for word in words)
    placed = not f.PLACES.isdisjoint(words[1:])
    return opening if timed or placed or not talk.only_talk(words) else ""


def _narrow(start: int, old: str, new: str) -> Change:
    """The change from one sentence to another, without the words that both end with."""
    shared = 0
    limit = min(len(old), len(new)) - 1
    while shared < limit and old[-1 - shared] == new[-1 - shared]:
        shared += 1
    while shared and not old[-shared].isspace():
        shared -= 1
    return Change(start, start + len(old) - shared, new[: len(new) - shared])


def _lead_ins(text: str) -> Iterator[Change]:
    likely = _likely(text)
    it = True
    for number, (start, end) in enumerate(spans(text) if likely else ()):
        if start not in likely:
            it = False
        elif tells_nothing(text, start, end) and is_own(text, start, talk.words_of(text[start:end])):
            yield without_sentence(spans(text), number)
        else:
            found = change(text, start, end, frames=False, it=it)
            it = found is not None
            if found:
                yield found


def _likely(text: str) -> frozenset[int]:
    """Where the sentences start that can have a lead-in, by a quick look."""
    found = [start for start, _ in _signalled(text)]
    if any(start in text for start in _UNSIGNALLED_STARTS):
        found += (start for start, end in spans(text) if _UNSIGNALLED.search(text, start, min(end, start + _REACH)))
    return frozenset(found)


@lru_cache(maxsize=2)  # the rule and the sign ask about one text
def _signalled(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(talk.sentences_with(text, reach=_REACH))


def _is_left(text: str) -> bool:
    """Whether a sentence still announces what the video shows."""
    for start, end in _signalled(text):
        subject = subject_at(text[start:end], 0)
        announces = subject and any(subject.verb[kind] for kind in ("show", "hedge", "end", "taking"))
        if subject and announces and is_own(text, start, subject.words):
            return True
    return False


LEAD_INS = Rule(
    "lead_in",
    'what only announces goes ("The video shows", "As the video progresses,", "We see"), the sentence stays one',
    ("The video shows a man walking down a street.", "A man is walking down a street."),
    _lead_ins,
    language="English",
)
LEFT = Sign(
    "lead_in",
    "a sentence still announces what the video shows; no rule had a sound sentence for it",
    "The video shows nothing but darkness.",
    _is_left,
    language="English",
)
