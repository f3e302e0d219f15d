"""Words and sentences of another language inside English text; a caption that is in another language is left alone.

Letters of another script need no proof. A language in Latin letters is told by its function words, and only where
several stand together. What is left has to be whole: where a sentence had its core in the other language, it goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from recaption.postfilter.english.by_sentence import REMEMBERED
from recaption.postfilter.english.segments import segments, without, word_set
from recaption.postfilter.english.sentences import quotations
from recaption.postfilter.foreign import gaps
from recaption.postfilter.foreign import words as f
from recaption.postfilter.foreign.runs import (
    ACCENT,
    ENGLISH,
    FUNCTION,
    KNOWN,
    LATIN_LETTERS,
    OTHER_LETTERS,
    WORD,
    has_accent,
    runs_of_latin,
    runs_of_other_script,
)
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import beyond_ascii, count

_ENGLISH_ONLY = FUNCTION - frozenset().union(*f.LANGUAGES)
_HINTS = KNOWN | {word.capitalize() for word in KNOWN | f.ARTICLES}


def _foreign(text: str) -> Iterator[Change]:
    rare = beyond_ascii(text)
    other = OTHER_LETTERS.search(rare) is not None
    latin = "mente" in text or ACCENT.search(rare) is not None or not _HINTS.isdisjoint(word_set(text))
    if not (other or latin):
        return
    plain = _without_quotations(text)
    if other and count(OTHER_LETTERS, plain) >= count(LATIN_LETTERS, plain):
        return
    parts = segments(text)
    gone = [_is_foreign(plain[part.start : part.end]) for part in parts]
    if sum(gone) * 2 > len(parts):
        return
    cuts: list[Change] = []
    for i, part in enumerate(parts):
        if gone[i]:
            continue
        runs = [*runs_of_other_script(plain, part.start, part.end)] if other else []
        runs += runs_of_latin(plain, part.start, part.end) if latin else []
        found = [(run, gaps.without(text, (part.start, part.end), run.start, run.end)) for run in runs]
        gone[i] = any(run.sure and cut is None for run, cut in found)
        cuts += [cut for _, cut in found if cut is not None and not gone[i]]
    done = 0
    for change in sorted([*without(parts, gone), *cuts], key=lambda change: (change.start, -change.end)):
        if change.start >= done:
            yield change
            done = change.end


def _without_quotations(text: str) -> str:
    """The text with marks in the place of all that is quoted, every character at its place."""
    kept: list[str] = []
    done = 0
    for start, end in quotations(text):
        kept += (text[done:start], '"' * (end - start))
        done = end
    return "".join((*kept, text[done:]))


@lru_cache(maxsize=REMEMBERED)
def _is_foreign(sentence: str) -> bool:
    """Whether a sentence is another language's as a whole: no word can only be English, and one cannot be."""
    if not sentence.isascii() and (others := count(OTHER_LETTERS, sentence)):
        return others >= count(LATIN_LETTERS, sentence)
    found = WORD.findall(sentence)
    if len(found) < 2:
        return False
    lowers = [*map(str.lower, found)]
    if not _ENGLISH_ONLY.isdisjoint(lowers):
        return False
    accents = sum(has_accent(word) for word in found if word.islower())
    article = lowers[0] in f.ARTICLES and (found[1].islower() or lowers[0] in f.GERMAN)
    if len(found) > 2 and article and ENGLISH.isdisjoint(lowers[1:]):
        return True
    for language in f.LANGUAGES:
        strong = sum(word in language and word not in f.ALIKE for word in lowers)
        known = sum(word in language for word in lowers)
        english = [word for word in lowers if word in ENGLISH and word not in language]
        if not FUNCTION.isdisjoint(english) or len(english) > (strong > 1) or not (strong or (accents and known)):
            continue
        if len(found) > 2 or known + accents > 1 or not found[1][:1].isupper():
            return True
    return accents > 1 and ENGLISH.isdisjoint(lowers)


LANGUAGE = Rule(
    "language",
    "words and sentences of another language inside English text go",
    ("A man walks 慢慢地 home. Die Leute lachen.", "A man walks home."),
    _foreign,
    language="English",
)
