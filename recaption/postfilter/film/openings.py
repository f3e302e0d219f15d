"""Openings that only tell where in the video one is: "As the clip goes on, ", "Midway through the footage, "."""

from __future__ import annotations

import re
from functools import lru_cache

from recaption.postfilter.english import words as w
from recaption.postfilter.english.by_sentence import REMEMBERED
from recaption.postfilter.film import words as f
from recaption.postfilter.film.talk import (
    FILM,
    STAGE,
    STILL,
    WORD,
    bare,
    begins_talk,
    either,
    is_talk,
    names_film,
    names_frame,
    only_talk,
    style_of,
    tells_place,
    words_of,
)
from recaption.postfilter.opinion.visible_words import VISIBLE
from recaption.postfilter.vocabulary import listed

_UP_TO_COMMA = re.compile(
    r"(?:[^,.;:!?\"“”()\n]|(?<=\d)[:.](?=\d)|(?<=[Nn]o)\.(?= \d)|\((?:out )?of \w+\)){1,120}(?:,|:| [–—-]) (?=\S)"
)
_GOES_ON = (
    r"(?:progresses|continues|unfolds|advances|plays(?: on| out)?|goes on|moves (?:forward|on|along)|proceeds|develops"
    r"|begins|starts|opens|rolls(?: on)?|carries on|gets (?:going|under ?way)|evolves)(?: further| forward| onward"
    r"| on)?(?: (?:on|across|before) (?:the )?(?:screen|us|our eyes))?"
)
_EYES = r"before (?:our|your|the viewer['’]s) (?:very )?eyes,? (?=(?:an?|the|two|three|several|some) )"
_STAGED = re.compile(
    rf"(?:as|while|when|once) (?:the|this|that|our) (?:(?:whole|entire|short|brief|opening|first) )?"
    rf"(?:{STAGE}|{either(f.STORIES)}|{STILL}) {_GOES_ON}, "
    rf"|{_EYES}|(?:in|within|on) (?:the|this|that|our) (?:(?:short|brief|whole|entire|given|provided|same|opening"
    rf"|first|initial|very first) )?(?:{STAGE}|{STILL}), "
    rf"|(?:in|within) (?:the|this|that|our) (?:{STAGE}|{STILL}) (?=(?:we|you|there|an?|the|two|three|several)\b)"
    rf"|(?:(?:moving|going|progressing|continuing|looking) )?(?:further|deeper|on|farther) (?:in|into|through|with|at)"
    rf" (?:the|this) (?:{STAGE}|{STILL}), "
    r"|in the (?:next|following|subsequent|ensuing|final|last|closing|concluding) (?:sequence|segment"
    rf"|{either(f.PIECES)}), |in the (?:{STAGE}|{either(f.PIECES)}) (?:that|which) (?:follows|comes next|comes after"
    r"|comes then)(?: (?:this|that|it))?, ",
    re.I,
)
# "The video begins, and a man walks": a clause of its own, but with nothing in it.
_GOING_ON = re.compile(
    rf"(?:(?:by now|here|then|now) )?(?:the|this) {FILM} (?:(?:has|have|is) )?(?:(?:now|then) )?{either(f.PROGRESS)}"
    rf"(?: {either(f.ADVERBS)})?(?:,? and|:|;) (?=(?:an?|the|two|three|his|her|he|she|it|they) )"
    rf"|(?:the|this) {FILM} (?:having|now|well) [^,]{{2,30}}, (?=\w)",
    re.I,
)
_LABEL = re.compile(r"[\[(][^\[\]().]{2,40}[\])]:? (?=\S)")
_CLAUSE_START = re.compile(
    r"(?:an?|the|his|her|their|its|two|three|four|five|six|several|some|many|he|she|they|it|there|one|both|each|every"
    r"|another|[A-Z][a-z]+)\b"
)
_COUNT_GOES_ON = re.compile(
    r"[a-z]+(?:,| and| to| or| through) (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten)\b"
)
_NO_CLAUSE = re.compile(
    r"(?:(?:(?:in|on|at|during|after|with|by) )?which|who|whose|whom|where|and|or|but|nor|as well|shot|taken|filmed"
    r"|recorded|captured|set|made|lasting|posted)\b",
    re.I,
)
# "In a watercolour animation, " tells a style, as "In animation, " does.
_STYLE = re.compile(
    r"(?:\ban? (?:[\w-]{1,20} ){0,3}|\Ain (?!the\b|this\b|our\b)(?:[\w-]+ )?)(?:animation|cartoon|anime|time-?lapse"
    r"|montage|documentary|commercial|slideshow|tutorial|film)\b",
    re.I,
)
_COMPARING = listed("compared comparing unlike relative contrasted held placed put laid stacked seen frame")
_CHANGES = listed("change changes difference differences fade fades cut cuts")
_LASTING = listed("throughout duration entirety")
_INTO = listed("into in later earlier before after on further from through along")
_LATER_ON = listed("later earlier on further afterwards before after")
_ACTING = re.compile(r"\w+ing ")
_TOO = re.compile(r"(?:too|also|though|as well|by contrast|in contrast|in turn|on the other hand), (?=\w)")
_PERSONAL = w.DETERMINERS | listed("he she they him them me i who whose")
_HANGING = listed("of to between from at in")
_STARTERS = (w.PREPOSITIONS | w.SUBORDINATORS | f.ADVERBS | f.PROGRESS | f.SEEING | _COMPARING) - {
    "there",
    "of",
} | listed("whilst where how except moments midway halfway partway all not well deep central")


@lru_cache(maxsize=REMEMBERED)  # the rules on frames and on lead-ins ask about the same sentences
def opening_end(sentence: str, position: int) -> int:
    """Where an opening that only speaks of the video or its frames ends; `position` where there is none."""
    if (label := _LABEL.match(sentence, position)) and _is_label(label[0]):
        return label.end()
    if not begins_talk(sentence, position) and not _ACTING.match(sentence, position):
        return position
    if match := _STAGED.match(sentence, position) or _GOING_ON.match(sentence, position):
        return match.end()
    if (match := _UP_TO_COMMA.match(sentence, position)) and not _NO_CLAUSE.match(sentence, match.end()):
        words = words_of(match[0])
        if words and only_talk(words) and _opens(words, match[0]) and _is_named(match[0], words):
            return _behind_too(sentence, match.end())
        if (known := _without_unknown(words)) and only_talk(known) and names_frame(known) and _opens(words, match[0]):
            return match.end() if not tells_place(match[0]) else position
    return _end_without_comma(sentence, position)


def _behind_too(sentence: str, position: int) -> int:
    """Behind ", too, ", which belongs to the opening in front of it."""
    too = _TOO.match(sentence, position)
    return too.end() if too else position


def _without_unknown(words: list[str]) -> list[str]:
    """The words without the only one that tells nothing in such talk: "glancing at frame 5", "the arrival of frame 5".

    It is an -ing form at the start, or a noun that names nothing visible and that another word hangs on.
    """
    if words[0].endswith("ing") and not is_talk(words[0]):
        return words[1:]
    for i in range(1, len(words) - 2):
        if not is_talk(words[i]):
            others = [*words[:i], *words[i + 1 :]]
            hangs = words[i + 1] in _HANGING
            seen = words[i] in VISIBLE or words[i] in _PERSONAL or w.is_adjective(words[i])
            return others if hangs and not seen else []
    return []


def _is_label(label: str) -> bool:
    words = words_of(label)
    return only_talk(words) and names_frame(words)


def _is_named(opening: str, words: list[str]) -> bool:
    """Whether an opening names the video or frames, and tells neither a place nor a style."""
    if not names_frame(words) and not (names_film(opening, words) and _CHANGES.isdisjoint(words)):
        return False
    return not tells_place(opening) and not _STYLE.search(opening)


def _opens(words: list[str], opening: str) -> bool:
    """Whether words can open a sentence before its subject; a subject may end at a colon only where it is a label."""
    if opening.endswith(": "):
        return True
    if _is_count(words[0]) or words[0] in ("a", "one", "some"):
        return not _INTO.isdisjoint(words)
    if words[0] in f.FRAMES | f.STILLS:
        return not opening.endswith(", ") or words[2:] == words[:1] or len(words) == 1
    return words[0] in _STARTERS or words[0].endswith("ing")


def _is_count(word: str) -> bool:
    return word[0].isdigit() or word in w.PLURAL_DETERMINERS


def _end_without_comma(sentence: str, position: int) -> int:
    """The end of "In this clip" before its sentence, where no comma stands."""
    words: list[str] = []
    end = position
    while len(words) < 14 and (match := WORD.match(sentence, end)) and sentence.startswith(" ", match.end()):
        words.append(match[0].lower())
        end = match.end() + 1
        following = WORD.match(sentence, end)
        before, after = words[-2] if len(words) > 1 else "", following[0].lower() if following else ""
        if not is_talk(words[-1], before, after) or not (words[0] in _STARTERS or _is_count(words[0])):
            return position
        begins = _CLAUSE_START.match(sentence, end) and not _COUNT_GOES_ON.match(sentence, end)
        if begins and _can_end(words) and f.VIEWERS.isdisjoint(words):
            opening = sentence[position:end]
            if _is_named(opening, words):
                return end
    return position


def _can_end(words: list[str]) -> bool:
    """Whether an opening without a comma can end behind these words."""
    if words[0] in w.SUBORDINATORS and words[1:2] and words[1] not in f.SEEING:
        return words[-1] in f.PROGRESS | f.ADVERBS | {"over"}
    if words[0] not in _STARTERS:
        return words[-1] in _LATER_ON
    if words[-2:] in (["this", "one"], ["that", "one"]):
        return True
    nouns = f.FRAMES | f.STILLS | f.SAMPLED | f.FRAME_NUMBERS
    if names_frame(words) and words[-1] in f.PARTS | f.ORDERS:
        return True
    if names_frame(words) and (words[-1] in f.PLACES or words[-1] in ("below", "above")):
        return True
    return bare(words[-1]) in f.FILMS or words[-1] in nouns or words[-1].lstrip("#")[0].isdigit()


def time_of(opening: str) -> str:
    """The time that an opening told, in the place of it; "" where the order of the sentences tells it."""
    words = words_of(opening)
    if words[0] in _COMPARING:
        return ""
    if words[0] in ("until", "till", "up"):
        return "" if f.AT_END.isdisjoint(words) else "until the end, "
    if words[0] in ("midway", "halfway", "partway"):
        return f"{words[0]} through, "
    if not _LASTING.isdisjoint(words) or words[:2] == ["all", "through"]:
        return "throughout, "
    if not f.AT_END.isdisjoint(words) and {"before", "without"}.isdisjoint(words):
        return "at the end, "
    if not f.LATER.isdisjoint(words) or words[-1:] == ["follows"]:
        return "next, "
    if words[:2] == ["at", "the"] and words[2:4] in (["beginning", "of"], ["start", "of"]):
        return f"at the {words[2]}, "
    return "later, " if not f.AT_LATER.isdisjoint(words) else style_of(opening)
