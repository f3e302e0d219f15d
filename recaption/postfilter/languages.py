"""Words and sentences of another language inside English text; a caption that is in another language is left alone.

Letters of another script need no proof. A language in Latin letters is told by its function words, and only where several
stand together. What is left has to be whole: where a sentence had its core in the other language, it goes altogether.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from recaption.postfilter import foreign_words as f
from recaption.postfilter import words as w
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.segments import Segment, segments, without, word_set
from recaption.postfilter.sentences import quotations

_OTHER = (
    "\u0370-\u03ff\u0400-\u052f\u0531-\u08ff\u0900-\u11ff\u1780-\u17ff\u3041-\u30ff\u3105-\u318f\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_OTHER_LETTER = re.compile(f"[{_OTHER}]")
_OTHER_RUN = re.compile(
    rf"[{_OTHER}\u3005-\u3007](?:[^A-Za-z{_OTHER}\n\"“”]{{0,3}}[{_OTHER}\u3005-\u3007])*[、，。！？；：…～ー]*"
)
_LATIN = re.compile(r"[A-Za-z\xc0-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[A-Za-z\xc0-\u024f\u1e00-\u1eff]+(?:['’-][A-Za-z\xc0-\u024f\u1e00-\u1eff]+)*")
_ACCENT = re.compile(r"[\xc0-\u024f\u1e00-\u1eff]")
_ELIDED = re.compile(r"(?:l|d|qu|n)['’]\w{2}")
# Adverbs by their endings, and Italian prepositions joined to their noun.
_MANNER = re.compile(
    r"(?:dell|all|nell|sull|dall)['’]\w{2}|\w{3,}(?:mente|(?:eus|ell|ill|iqu|iv|abl|ibl|èr|id)ement)\Z"
)
# "a sign that reads": what follows is quoted, with marks or without.
_QUOTING = re.compile(
    r"\b(?:reads?|reading|says?|saying|spells?|spelling|label(?:l?ed)?|titled|named|called|characters?|words?"
    r"|letters?|kanji|hanzi|inscription"
    r"|inscribed|written|meaning)[:,]? \Z"
)
_FUNCTION = (
    w.PREPOSITIONS
    | w.DETERMINERS
    | w.AUXILIARIES
    | w.CONJUNCTIONS
    | frozenset(["he", "she", "it", "they", "him", "them", "who", "which", "that", "then", "there", "not", "up", "out", "off", "away", "back", "still", "again"])
)
_NAME_BEFORE_BRACKET = re.compile(r"(?:\b[A-Z][\w'’-]*|[\"”]) ?[(（]\Z")
_ENGLISH = _FUNCTION | w.FINITE | w.COLOURS | w.IRREGULAR_PLURALS
_KNOWN = frozenset().union(*f.LANGUAGES) - f.ALIKE
_PARTICLES = frozenset(["up", "down", "off", "out", "over", "in", "on", "around", "away", "back", "through", "by", "along", "past"])
_TAKEN_BACK = frozenset(["a", "an", "as", "at", "on", "in", "no", "do", "to", "is", "was", "had", "so", "me", "men", "man", "hat", "am", "hot", "red", "land", "under", "over", "on"])
_GERMAN_ARTICLES = frozenset(["die", "der", "das", "ein", "eine"])
_ARTICLES = _GERMAN_ARTICLES | frozenset(
    ["la", "le", "les", "el", "los", "las", "il", "lo", "gli", "un", "une", "una", "o", "os", "de", "het", "een", "dos", "due", "den", "det"]
)
_HINTS = _KNOWN | {word.capitalize() for word in _KNOWN | _ARTICLES}
_LEADING = frozenset(
    ["a", "as", "no", "do", "in", "am", "an", "die", "den", "con", "sin", "par", "pour", "sans", "on", "un", "i", "e", "o", "y", "et", "es", "en", "to", "at", "op", "met", "of", "over", "under", "till", "so", "ve", "bis", "dos", "est", "sur", "da", "al", "com", "med", "w", "v", "z", "s", "na", "heel", "non"]
)
_REACH = 40  # words before a run that may tell its place in the sentence
_WINDOW = 400  # characters on both sides of it
_LOAN = re.compile("|".join(rf"\b{re.escape(phrase)}\b" for phrase in f.LOANS), re.I)


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True)
class _Run:
    """Words in a row of another language; `sure` where the sentence may go with them."""

    start: int
    end: int
    sure: bool


def _foreign(text: str) -> Iterator[Change]:
    other = not text.isascii() and _OTHER_LETTER.search(text) is not None
    latin = not _HINTS.isdisjoint(word_set(text)) or (not text.isascii() and _ACCENT.search(text) is not None)
    if not (other or latin):
        return
    plain = _without_quotations(text)
    if other and len(_OTHER_LETTER.findall(plain)) >= len(_LATIN.findall(plain)):
        return
    parts = segments(text)
    gone = [_is_foreign(plain[part.start : part.end]) for part in parts]
    if sum(gone) * 2 > len(parts):
        return
    cuts: list[Change] = []
    for i, part in enumerate(parts):
        if gone[i]:
            continue
        found = [_cut(text, part, run) for run in _runs(plain, part, other, latin)]
        gone[i] = None in found
        if not gone[i]:
            cuts += [cut for cut in found if cut is not None and cut.start < cut.end]
    done = 0
    for change in sorted([*without(parts, gone), *cuts], key=lambda change: (change.start, -change.end)):
        if change.start >= done:
            yield change
            done = change.end


def _without_quotations(text: str) -> str:
    """The text with marks in the place of all that is quoted, every character at its place."""
    kept, done = [], 0
    for start, end in quotations(text):
        kept += (text[done:start], '"' * (end - start))
        done = end
    return "".join((*kept, text[done:]))


def _words(plain: str, start: int, end: int) -> list[_Word]:
    return [_Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(plain, start, end)]


def _is_foreign(sentence: str) -> bool:
    """Whether a sentence is another language's as a whole: no word of it can only be English, and one cannot be English."""
    others, latins = len(_OTHER_LETTER.findall(sentence)), len(_LATIN.findall(sentence))
    if others:
        return others >= latins
    found = _WORD.findall(sentence)
    lowers = [word.lower() for word in found]
    accents = sum(_has_accent(word) for word in found if word.islower())
    if len(found) < 2:
        return False
    article = lowers[0] in _ARTICLES and (found[1].islower() or lowers[0] in _GERMAN_ARTICLES)
    if len(found) > 2 and article and _ENGLISH.isdisjoint(lowers[1:]):
        return True
    for language in f.LANGUAGES:
        strong = sum(word in language and word not in f.ALIKE for word in lowers)
        known = sum(word in language for word in lowers)
        english = [word for word in lowers if word in _ENGLISH and word not in language]
        if not _FUNCTION.isdisjoint(english) or len(english) > (strong > 1) or not (strong or (accents and known)):
            continue
        if len(found) > 2 or known + accents > 1 or not found[1][:1].isupper():
            return True
    return accents > 1 and _ENGLISH.isdisjoint(lowers)


def _runs(plain: str, part: Segment, other: bool, latin: bool) -> Iterator[_Run]:
    if other:
        for match in _OTHER_RUN.finditer(plain, part.start, part.end):
            if not _is_quoted(plain, match.start(), match.end()):
                yield _Run(match.start(), match.end(), True)
    if latin:
        words = _words(plain, part.start, part.end)
        if words:
            yield from _runs_of(_language_of(words), plain, part, words)


def _is_quoted(plain: str, start: int, end: int) -> bool:
    """Whether words of another script are a name beside its Latin form, an inscription, or a sign of mathematics."""
    before, after = plain[max(0, start - 30) : start], plain[end : end + 1]
    bracketed = _NAME_BEFORE_BRACKET.search(before) is not None and after in (")", "）")
    marked = before.endswith(("'", "‘", "「", "『", "《", "«", "„")) or (before.endswith('"') and after == '"')
    return (
        bracketed
        or marked
        or _QUOTING.search(before) is not None
        or (end - start == 1 and "\u0370" <= plain[start] <= "\u03ff")
    )


def _language_of(words: Sequence[_Word]) -> frozenset[str]:
    """The language of which most words stand in a sentence."""
    lowers = [word.lower for word in words if not word.text.isupper()]
    counts = [
        (sum(word in language and word not in f.ALIKE for word in lowers), sum(word in language for word in lowers), -i)
        for i, language in enumerate(f.LANGUAGES)
    ]
    return f.LANGUAGES[-max(counts)[2]]


def _runs_of(language: frozenset[str], plain: str, part: Segment, words: Sequence[_Word]) -> Iterator[_Run]:
    """The words in a row that are of a language, between English ones or marks."""
    loans = [match.span() for match in _LOAN.finditer(plain, part.start, part.end)]
    group: list[_Word] = []
    for i, word in enumerate(words):
        english = word.lower in _ENGLISH and word.lower not in language
        loan = any(start <= word.start < end for start, end in loans)
        if not (english or loan):
            group.append(word)
        closed = i + 1 == len(words) or plain[word.end : words[i + 1].start].strip() != ""
        if group and (closed or english or loan):
            first = i + (not (english or loan)) - len(group)
            opened = first == 0 or plain[words[first - 1].end : group[0].start].strip() != ""
            before = words[max(0, first - _REACH) : first]
            yield from _run_in(language, group, before, opened, closed and not (english or loan))
            group = []


def _run_in(
    language: frozenset[str], group: Sequence[_Word], before: Sequence[_Word], opened: bool, closed: bool
) -> Iterator[_Run]:
    """The run in a group of words that may be foreign, between marks (`opened`, `closed`) or English words."""
    members = [i for i, word in enumerate(group) if _is_member(word, language)]
    strong = [i for i in members if group[i].lower in language and group[i].lower not in f.ALIKE]
    strong += [i for i in members if i not in strong and _MANNER.match(group[i].lower)]
    accented = [i for i in members if i not in strong and _ACCENT.search(group[i].text)]
    if not strong and not accented:
        return
    spoken = closed or _has_verb([word.lower for word in before])
    start = strong[0] if strong else accented[0]
    pair = group[start].lower in f.STARTERS and start + 1 < len(group) and _hangs_on(group, start, spoken)
    enough = (
        len(members) > 1 and (len(strong) > 1 or len(members) * 2 >= len(group)) and len(strong) + len(accented) > 0
    )
    if not pair and not enough:
        word = group[start]
        if word.text.islower() and len(word.text) > 4 and (strong or _stands_alone(group, start, before, closed)):
            yield _Run(word.start, word.end, False)
        return
    first, last = members[0], members[-1]
    while first < start and not (group[first].lower in _LEADING and first + 1 in members):
        first += 1
    while last > start and group[last].lower in _TAKEN_BACK:
        last -= 1
    if opened and closed:
        first, last = 0, len(group) - 1
    else:
        last = _with_nouns(group, last, closed, spoken)
    neighbour = group[first - 1] if first else before[-1] if before and not opened else None
    if neighbour is not None and neighbour.capital and (first or len(before) > 1):
        return  # "Rio de Janeiro"
    yield _Run(group[first].start, group[last].end, len(strong) > 1 and (last - first) * 2 > len(before))


def _is_member(word: _Word, language: frozenset[str]) -> bool:
    if word.lower in language and not (word.text.isupper() and len(word.text) > 1):
        return True
    if _ELIDED.match(word.lower) or _MANNER.match(word.lower):
        return True
    return word.text.islower() and _has_accent(word.text)


def _has_accent(word: str) -> bool:
    """Whether a word has an accent and is none of those that English has with one."""
    return _ACCENT.search(word) is not None and f.ACCENTED.isdisjoint((word, *word.split("-")))


def _stands_alone(group: Sequence[_Word], i: int, before: Sequence[_Word], closed: bool) -> bool:
    """Whether a single word with accents can be no loan: it stands where no noun can."""
    left = group[i - 1].lower if i else before[-1].lower if before else ""
    return (
        len(group) == 1 and bool(left) and left not in _FUNCTION and left not in w.FINITE and not w.is_adjective(left)
    )


def _with_nouns(group: Sequence[_Word], last: int, closed: bool, spoken: bool) -> int:
    """The last word with what hangs on it and is in no list: a noun and an adjective, but no verb of the English part."""
    following = group[last + 1 :]
    if closed and len(following) < 4:
        return len(group) - 1
    taken = list(takewhile(lambda word: word.lower not in _ENGLISH | _TAKEN_BACK, following[:2]))
    while taken and not spoken and taken[-1].lower.endswith(("s", "ed", "ing")):
        taken = taken[:-1]
    return last + len(taken)


def _hangs_on(group: Sequence[_Word], i: int, spoken: bool) -> bool:
    """Whether the word behind a preposition can only be its noun: nothing else stands before the next English word."""
    noun = group[i + 1]
    if len(group[i].text) == 1 and noun.text.isascii() and not (group[i].text == "y" and len(noun.text) > 4):
        return False
    accented = _ACCENT.search(noun.text) is not None
    german = noun.capital and group[i].lower in f.GERMAN
    return (noun.text.islower() or german) and (accented or german or (spoken and len(group) - i < 4))


def _cut(text: str, part: Segment, run: _Run) -> Change | None:
    """The change that takes a run out of its sentence; None where nothing whole would be left."""
    begin, finish = max(part.start, run.start - _WINDOW), min(part.end, run.end + _WINDOW)
    lead, trail = text[begin : run.start].rstrip(), text[run.end : finish].lstrip()
    nothing = Change(run.start, run.start, "") if not run.sure else None
    if not any(map(str.isalnum, lead)):
        rest = trail.lstrip(" ,，、;:–—-")
        if not _has_verb(_lowers(rest)):
            return nothing
        at = finish - len(rest)
        return Change(run.start, at + 1, rest[:1].upper())
    if lead.endswith(("(", "（")) and trail.startswith((")", "）")):
        return Change(begin + len(lead) - 1, finish - len(trail) + 1, "")
    if not any(map(str.isalnum, trail)):
        kept = _without_loose_end(lead)
        if kept is None:
            return nothing
        mark = "" if kept[-1] in ".!?…" or trail[:1] in (".", "!", "?", "…") else "."
        return Change(begin + len(kept), run.end, mark)
    if not _fits(_lowers(lead), trail):
        return nothing
    start, end = begin + len(lead), finish - len(trail)
    if trail[0] in ",;:" and lead[-1] in ",;:":
        if _has_verb(_lowers(lead)):
            return Change(start - 1, end, "")
        return Change(start - 1, finish - len(trail[1:].lstrip()), " ")
    return Change(start, end, "" if trail[0] in ",;:.)!?" else " ")


def _lowers(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _without_loose_end(lead: str) -> str | None:
    """The beginning of a sentence without a word that needs another behind it; None where it is no sentence then."""
    words = _words(lead, 0, len(lead))
    end = len(lead)
    loose = (w.PREPOSITIONS - _PARTICLES) | w.CONJUNCTIONS | w.DETERMINERS | {"to", "is", "are"}
    while words and words[-1].lower in loose and _only_marks(lead, words[-1].end, end):
        if words[-1].lower in ("is", "are") or (
            words[-1].lower in w.DETERMINERS and len(words) > 1 and words[-2].lower not in loose
        ):
            return None
        end = words.pop().start
    kept = lead[:end].rstrip(" ,，、;:–—-")
    return kept if _has_verb(_lowers(kept)) else None


def _only_marks(text: str, start: int, end: int) -> bool:
    return not text[start:end].strip(" ,，、;:–—-")


def _fits(before: Sequence[str], trail: str) -> bool:
    """Whether the words before a gap go on with what follows it as a sentence does."""
    after = _lowers(trail)
    joined = trail[0].isalnum() or trail[0] in "\"“'‘("
    left, right = before[-1] if before else "", after[0] if joined and after else ""
    function = w.PREPOSITIONS | w.CONJUNCTIONS | w.AUXILIARIES
    verb = right in w.THIRD_PERSON or right in w.AUXILIARIES
    if left in w.DETERMINERS or (left in w.PREPOSITIONS - _PARTICLES) or left in w.NEVER_NOUNS:
        if not right or right in function or verb or right in w.CONJUNCTIONS:
            return False
    elif (left in w.CONJUNCTIONS and (not right or right in w.CONJUNCTIONS)) or (left in w.AUXILIARIES and (not right or right in w.CONJUNCTIONS)):
        return False
    if right in w.DETERMINERS and not _has_verb(before) and left not in function:
        return False
    return _has_verb([*before, *after])


def _has_verb(words: Sequence[str]) -> bool:
    """Whether there can be a finite verb among small words."""
    return any(
        word in w.FINITE
        or (len(word) > 3 and word.endswith(("s", "ed")) and i > 0 and words[i - 1] not in w.DETERMINERS)
        for i, word in enumerate(words)
    )


LANGUAGE = Rule(
    "language",
    "words and sentences of another language inside English text go",
    ("A man walks 慢慢地 home. Die Leute lachen.", "A man walks home."),
    _foreign,
    language="English",
)
