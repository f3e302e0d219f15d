"""Where another language stands inside a sentence: in letters of another script, or in Latin ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from recaption.postfilter.english import words as w
from recaption.postfilter.foreign import words as f
from recaption.postfilter.foreign.gaps import has_verb
from recaption.postfilter.vocabulary import listed

_OTHER = (
    "\u0370-\u03ff\u0400-\u052f\u0531-\u08ff\u0900-\u11ff\u1780-\u17ff\u3041-\u30ff\u3105-\u318f\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_LATIN = r"A-Za-z\xc0-\u024f\u1e00-\u1eff"
OTHER_LETTERS = re.compile(f"[{_OTHER}]+")
LATIN_LETTERS = re.compile(f"[{_LATIN}]+")
ACCENT = re.compile(r"[\xc0-\u024f\u1e00-\u1eff]")
_OTHER_RUN = re.compile(
    rf"[{_OTHER}\u3005-\u3007](?:[^A-Za-z{_OTHER}\n\"“”]{{0,3}}[{_OTHER}\u3005-\u3007])*[、，。！？；：…～ー]*"
)
WORD = re.compile(rf"[{_LATIN}]+(?:['’-][{_LATIN}]+)*")

# "a sign that reads": what follows is quoted, with marks or without.
_QUOTING = re.compile(
    r"\b(?:reads?|reading|says?|saying|spells?|spelling|label(?:l?ed)?|titled|named|called|characters?|words?|letters?"
    r"|kanji|hanzi|inscription|inscribed|written|meaning)[:,]? \Z"
)
_NAME_BEFORE_BRACKET = re.compile(r"(?:\b[A-Z][\w'’-]*|[\"”]) ?[(（]\Z")
_ELIDED = re.compile(r"(?:l|d|qu|n)['’]\w{2}")
# Adverbs by their endings, and Italian prepositions joined to their noun.
_BY_FORM = re.compile(
    r"(?:dell|all|nell|sull|dall)['’]\w{2}|\w{3,}(?:mente|(?:eus|ell|ill|iqu|iv|abl|ibl|èr|id)ement)\Z"
)
FUNCTION = (
    w.PREPOSITIONS
    | w.DETERMINERS
    | w.AUXILIARIES
    | w.CONJUNCTIONS
    | listed("he she it they him them who which that then there not up out off away back still again")
)
ENGLISH = FUNCTION | w.FINITE | w.COLOURS | w.IRREGULAR_PLURALS
_ENGLISH_BEHIND = ENGLISH | f.ENGLISH_AGAIN
KNOWN = frozenset().union(*f.LANGUAGES) - f.ALIKE
_STRONG = tuple(language - f.ALIKE for language in f.LANGUAGES)
_LOAN = re.compile("|".join(rf"\b{re.escape(phrase)}\b" for phrase in f.LOANS), re.I)
_REACH = 40  # words before a run that may tell its place in the sentence
_LONG = 5  # letters of a word that can be taken for foreign alone


class Word(NamedTuple):
    """A word with its place in the text, as it is written and in small letters."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Run:
    """Words in a row of another language; `sure` where the sentence goes with them if it cannot do without."""

    start: int
    end: int
    sure: bool


def runs_of_other_script(plain: str, start: int, end: int) -> Iterator[Run]:
    """The runs in `plain[start:end]`, a text without quotations, but for names in brackets and inscriptions."""
    for match in _OTHER_RUN.finditer(plain, start, end):
        if not _is_quoted(plain, match.start(), match.end()):
            yield Run(match.start(), match.end(), True)


def _is_quoted(plain: str, start: int, end: int) -> bool:
    """Whether words of another script are a name beside its Latin form, an inscription, or a sign of mathematics."""
    before, after = plain[max(0, start - 30) : start], plain[end : end + 1]
    if after in (")", "）") and _NAME_BEFORE_BRACKET.search(before):
        return True
    if end - start == 1 and before.endswith("(") and plain[end + 1 : end + 2] not in " .,;:!?":
        return True  # a face of signs
    if before.endswith(("'", "‘", "「", "『", "《", "«", "„")) or (before.endswith('"') and after == '"'):
        return True
    return _QUOTING.search(before) is not None or (end - start == 1 and "\u0370" <= plain[start] <= "\u03ff")


def runs_of_latin(plain: str, start: int, end: int) -> Iterator[Run]:
    """The words in a row in `plain[start:end]` that are of one other language, between English ones or marks."""
    found = WORD.findall(plain, start, end)
    lowers = [*map(str.lower, found)]
    if KNOWN.isdisjoint(lowers) and not any(map(has_accent, found)) and not any(map(_is_by_form, lowers)):
        return
    words = [Word(*match.span(), match[0], match[0].lower()) for match in WORD.finditer(plain, start, end)]
    language = _language_of(words)
    loans = [match.span() for match in _LOAN.finditer(plain, start, end)]
    group: list[Word] = []
    for i, word in enumerate(words):
        english = word.lower in ENGLISH and word.lower not in language
        foreign = not english and not any(first <= word.start < last for first, last in loans)
        if foreign:
            group.append(word)
        closed = i + 1 == len(words) or plain[word.end : words[i + 1].start].strip() != ""
        if group and (closed or not foreign):
            first = i + foreign - len(group)
            opened = first == 0 or plain[words[first - 1].end : group[0].start].strip() != ""
            run = _run_in(language, group, words[max(0, first - _REACH) : first], opened, closed and foreign)
            if run is not None:
                yield run
            group = []


def _is_by_form(lower: str) -> bool:
    return (lower.endswith(("mente", "ement")) or not lower.isalpha()) and _BY_FORM.match(lower) is not None


def _language_of(words: Sequence[Word]) -> frozenset[str]:
    """The language of which most words stand in a sentence."""
    lowers = {word.lower for word in words if not word.text.isupper()}
    counts = [
        (len(lowers & strong), len(lowers & language), -i)
        for i, (language, strong) in enumerate(zip(f.LANGUAGES, _STRONG, strict=True))
    ]
    return f.LANGUAGES[-max(counts)[2]]


def _run_in(
    language: frozenset[str], group: Sequence[Word], before: Sequence[Word], opened: bool, closed: bool
) -> Run | None:
    """The run in a group of words that may be foreign, between marks (`opened`, `closed`) or English words."""
    members = [i for i, word in enumerate(group) if _is_member(word, language)]
    strong = [i for i in members if _is_strong(group[i], language)]
    accented = [i for i in members if i not in strong and ACCENT.search(group[i].text)]
    if (repeated := _repeated(group, language)) is not None:
        return repeated
    if not strong and not accented:
        return None
    spoken = closed or has_verb([word.lower for word in before])
    start = strong[0] if strong else accented[0]
    parenthesis = opened and closed and start == 0 and len(group) > 1 and group[0].lower in f.ARTICLES
    several = len(members) > 1 and (len(strong) > 1 or len(members) * 2 >= len(group))
    if not (several or parenthesis or _is_pair(group, start, spoken)):
        word = group[start]
        alone = len(word.text) >= _LONG and word.text.islower() and (bool(strong) or _stands_alone(group, before))
        return Run(word.start, word.end, False) if alone else None
    first, last = members[0], members[-1]
    while first < start and not (
        (group[first].lower in f.LEADING and first + 1 in members)
        or (group[first].lower in f.JOINING and first + 2 in members)
    ):
        first += 1
    while last > start and group[last].lower in f.ENGLISH_AGAIN:
        last -= 1
    if opened and closed:
        first, last = 0, len(group) - 1
    else:
        last = _with_nouns(group, last, closed, spoken)
    neighbour = group[first - 1] if first else before[-1] if before and not opened else None
    if neighbour is not None and neighbour.capital and (first or len(before) > 1):
        return None  # "Rio de Janeiro"
    return Run(group[first].start, group[last].end, len(strong) > 1 and (last - first) * 2 > len(before))


def _repeated(group: Sequence[Word], language: frozenset[str]) -> Run | None:
    """ "paso a paso", "Schritt für Schritt": a word again behind a word of the language."""
    for first, link, last in zip(group, group[1:], group[2:], strict=False):
        if first.lower == last.lower and first.lower not in ENGLISH and link.lower in language:
            return Run(first.start, last.end, False)
    return None


def _is_member(word: Word, language: frozenset[str]) -> bool:
    if word.lower in language and not (word.text.isupper() and len(word.text) > 1):
        return True
    if _ELIDED.match(word.lower) or _is_by_form(word.lower):
        return True
    return word.text.islower() and has_accent(word.text)


def _is_strong(word: Word, language: frozenset[str]) -> bool:
    return (word.lower in language and word.lower not in f.ALIKE) or _is_by_form(word.lower)


def has_accent(word: str) -> bool:
    """Whether a word has an accent and is none of those that English has with one."""
    return not word.isascii() and ACCENT.search(word) is not None and f.ACCENTED.isdisjoint((word, *word.split("-")))


def _stands_alone(group: Sequence[Word], before: Sequence[Word]) -> bool:
    """Whether a single word with accents is no loan: it stands where no noun can."""
    if not before or len(group) > 1:
        return False
    left = before[-1].lower
    noun = left not in w.FINITE or (len(before) > 1 and before[-2].lower in w.DETERMINERS)
    return noun and left not in FUNCTION and not w.is_adjective(left)


def _is_pair(group: Sequence[Word], i: int, spoken: bool) -> bool:
    """Whether a preposition and the word behind it are enough: nothing else stands before the next English word."""
    if group[i].lower not in f.STARTERS or i + 1 == len(group):
        return False
    noun = group[i + 1]
    if len(group[i].text) == 1 and noun.text.isascii() and not (group[i].text == "y" and len(noun.text) >= _LONG):
        return False
    german = noun.capital and group[i].lower in f.GERMAN
    accented = ACCENT.search(noun.text) is not None
    return (noun.text.islower() or german) and (accented or german or (spoken and len(group) - i < 4))


def _with_nouns(group: Sequence[Word], last: int, closed: bool, spoken: bool) -> int:
    """The last word with a noun and an adjective that hang on it, and without a verb of the English part."""
    following = group[last + 1 :]
    if closed and len(following) < 4:
        return len(group) - 1
    taken = list(takewhile(lambda word: word.lower not in _ENGLISH_BEHIND, following[:2]))
    while taken and not spoken and taken[-1].lower.endswith(("s", "ed", "ing")):
        taken = taken[:-1]
    return last + len(taken)
