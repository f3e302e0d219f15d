"""What an assistant says to its user: greetings, announcements, offers, good-byes, remarks on its own caption.

A sentence is taken for talk when it addresses somebody in a matter of captions, or begins as only talk does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.assistant import talk
from recaption.postfilter.english.segments import Segment, segments, without, word_set
from recaption.postfilter.rule import Change, Rule

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?(?!\.[a-z])")  # and no "i.e."
_NUMERAL = re.compile(
    r"\b(?!(?:Then|And|So|But|If|As|When|Now|Here|While|Since|What|Which|Should|Can|Could|Would|Do|Did|Am|May|Shall|Will|How"
    r"|Where|That|Also|Finally|First|Next|Perhaps|Maybe|Before|After|Although|Because|Though)\b)[A-Z]\w* I\b(?!')"
)
_NARRATOR = re.compile(r"\b(?:I|my|me|My|our|we|We)\b")
_NAMED = re.compile(r"\b(?:My|You|I|Your|Let's|Let) [A-Z][a-z]")  # "My Fair Lady" is a title
_LONGEST = 240  # characters of a sentence to somebody
_COLON = re.compile(r":[*_]{0,3}(?=\s)")
_WRAPPING = re.compile(r"[(\[*_~–—-]*\s?")
_LONG_NAME = 8  # words of a caption's name, as in "As requested, one dense paragraph:"
_FACTS_AFTER = 3  # words behind a colon that make a caption


def _chatter(text: str) -> Iterator[Change]:
    if "?" not in text and talk.HINTS.isdisjoint(word_set(text)):
        return
    parts = segments(text)
    lengths: list[int] = []
    gone: list[bool] = []
    opening = True
    for part in parts:
        lengths.append(_talk_length(part, opening))
        gone.append(lengths[-1] == len(part.text))
        opening = opening and gone[-1]
    for i in _at_edges(parts, lengths, gone):
        gone[i] = True
    shortened = [
        Change(part.start, part.start + length + 1, text[part.start + length].upper())
        for part, length, whole in zip(parts, lengths, gone, strict=True)
        if length and not whole
    ]
    yield from sorted([*without(parts, gone), *shortened], key=lambda change: change.start)


def _at_edges(parts: Sequence[Segment], lengths: Sequence[int], gone: Sequence[bool]) -> set[int]:
    """The sentences at either end that speak to somebody, of whatever; none where nothing else would be left."""
    found: set[int] = set()
    for order in (range(len(parts)), range(len(parts) - 1, -1, -1)):
        for i in order:
            if not gone[i]:
                if lengths[i] or not _speaks_to_somebody(parts[i]):
                    break
                found.add(i)
    in_person = sum(1 for part in parts if _NARRATOR.search(part.said)) if found else 0
    told = in_person > 1 and in_person * 3 > len(parts)  # by somebody in the scene
    return found if found and not told and len(found) + sum(gone) < len(parts) else set()


def _speaks_to_somebody(part: Segment) -> bool:
    if "?" not in part.text and talk.HINTS.isdisjoint(word_set(part.text)):
        return False
    said = part.said
    colon = _COLON.search(said)
    if len(said) > _LONGEST or _NAMED.search(said) or (colon and said[colon.end() :].strip()):
        return False
    said = _NUMERAL.sub("", said).lower()
    if talk.REFUSES.search(said) or talk.SHOWS.search(said):
        return False
    if talk.CALLS.match(said):
        return True
    words = set(_WORD.findall(said))
    if said.endswith("?") and (talk.WANTS.match(said) or not words.isdisjoint(talk.BUSINESS | talk.ADDRESS)):
        return True
    if not words.isdisjoint(talk.ADDRESS):
        return talk.HERE.search(said) is not None or not talk.PLACE.match(said)
    if not words.isdisjoint(talk.TALK_WORDS):
        return True
    return not words.isdisjoint(talk.CAPTION_WORDS) and len(words & talk.ABOUT_CAPTIONS) > 0


def _talk_length(part: Segment, opening: bool) -> int:
    """How many characters of a sentence are talk: none, all, or an opening such as "Sure, here is the caption:"."""
    sentence = part.text
    if talk.HINTS.isdisjoint(word_set(sentence)):
        return 0
    wrapping = _WRAPPING.match(part.said)
    said = _NUMERAL.sub("", part.said[wrapping.end() if wrapping else 0 :]).lower()
    yes = talk.YES.match(said)
    rest = said[yes.end() :] if yes else said
    if yes and not rest.strip():
        return len(sentence) if opening else 0
    colon = _COLON.search(sentence)
    if colon and len(sentence[colon.end() :].split()) >= _FACTS_AFTER and '"' not in sentence[: colon.start()]:
        head = rest[: rest.find(":") + 1]
        if _is_talk(head, opening) or (yes and len(head.split()) < _LONG_NAME):
            return len(sentence) - len(sentence[colon.end() :].lstrip())
    if noted := talk.NOTED.match(rest):
        words = set(_WORD.findall(rest[noted.end() :]))
        if words.isdisjoint(talk.ADDRESS | talk.BUSINESS | talk.DOUBTS):
            return len(sentence) - len(rest) + noted.end()
    if _is_talk(rest, opening) or (yes and opening and rest.endswith(":")):
        return len(sentence)
    agrees = opening and talk.AGREES.match(sentence)
    return agrees.end() if agrees else 0


def talks(part: Segment) -> bool:
    """Whether a sentence at the start of a text, or its beginning, is meant for a user."""
    return _talk_length(part, opening=True) > 0


def _is_talk(said: str, opening: bool) -> bool:
    """Whether a sentence in small letters is meant for a user."""
    if talk.REFUSES.search(said):
        return False
    if any(pattern.match(said) for pattern in (talk.TALKS, talk.NOTES, talk.REMARKS, talk.COMES, talk.I_DID)):
        return True
    if opening and talk.PROMPTS.match(said):
        return True
    words = talk.ADDRESS.union(talk.BUSINESS).intersection(_WORD.findall(said))
    addressed = not words.isdisjoint(talk.ADDRESS)
    if talk.ANNOUNCES.match(said) and (talk.ANNOUNCED.search(said) or (addressed and not words <= talk.ADDRESS)):
        return True
    if not addressed or talk.SHOWS.search(said):
        return False
    if said.endswith("?") and talk.ASKS.match(said):
        return True
    return not words <= talk.ADDRESS and (talk.HERE.search(said) is not None or not talk.PLACE.match(said))


CHATTER = Rule(
    "chatter",
    "what is said to a user goes",
    ("Sure! Here is a caption: A man walks. I hope this helps!", "A man walks."),
    _chatter,
    language="English",
)
