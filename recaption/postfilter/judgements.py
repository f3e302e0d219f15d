"""Whether a stretch of words is an opinion: mood, meaning, judgement, or a guess that no camera records.

Words of mood and meaning and turns of phrase count for an opinion, words for what is seen against it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from recaption.postfilter import opinion_words as ow
from recaption.postfilter import words as w
from recaption.postfilter.noun_phrase import is_adverb
from recaption.postfilter.opinion_phrases import PHRASES, STRONG_OPENING, WEAK_OPENING

_WORD = re.compile(r"[a-zà-ÿ]+(?:['’](?:t|s|ll|ve|re|d)\b)?|\d[\d.,:]*|[\"“”]")
_MARKS = ".,;:!?-–—()\"“”"
_SMALL = (
    w.DETERMINERS
    | w.PREPOSITIONS
    | w.CONJUNCTIONS
    | w.AUXILIARIES
    | frozenset("he she it they you i we him them me us who which that what whose there here not s so too".split())
)

# Verbs that tell what something does to those who see it, or guess at it.
_TELLING = ow.CONVEYING | frozenset(
    """suggesting hinting implying indicating celebrating reminding inviting speaking contributing elevating enriching
    honouring honoring proving signalling signaling telling wondering pondering contemplating reminiscing imagining hoping
    promising echoing lending heralding""".split()
)
# Verbs that do as much where their object is nothing visible.
_LIGHT = frozenset(
    """creating making giving adding bringing turning transforming setting leaving keeping maintaining providing offering
    producing building establishing drawing allowing letting rendering showing showcasing demonstrating revealing
    reflecting highlighting capturing portraying depicting representing expressing displaying marking blending mixing
    merging combining balancing bridging blurring mirroring passing carrying sharing finding ensuring helping sealing
    earning rewarding crowning completing raising stirring melting filling weaving taking putting placing presenting
    sparking triggering restoring preserving uniting defying redefining challenging questioning grounding anchoring
    framing paying doing being having knowing becoming feeling seeming asking winning losing breaking opening closing
    connecting linking touching moving serving acting standing ending beginning""".split()
)
_FIRST_PERSON = frozenset(["i", "my", "me", "i'm", "i'll", "i've", "i’m", "i’ll", "i’ve"])  # who talks to the user, captions nothing
_PERSONS = frozenset(["he", "she", "they", "his", "her", "their"])
_PARTITIVES = frozenset("air sense touch display show note hint act sign mark feeling spirit kind sort form example".split())
_NEVER = 99
_MINDS = frozenset(
    """thinking thought knowing knows knew remembering searching seeking saying say wondering hoping waiting dreaming
    contemplating considering pondering lost trying expecting sensing aware ashamed afraid bored shy unsure reluctant
    apologising goodbye enjoying savouring relishing longing feeling trusting loving fearing wishing cherishing appreciating
    expecting anticipating asking asks deciding decided understood understanding wants wanting sure""".split()
)



class Stretch:
    """Some words of a sentence, with how much speaks for an opinion and how much against."""

    def __init__(self, words: Sequence[str], points: int, seen: int, phrases: int) -> None:
        self.words = words
        self.seen = seen
        self.phrases = phrases
        self.net = -_NEVER if not _FIRST_PERSON.isdisjoint(words) else points + phrases - seen

    @property
    def content(self) -> list[str]:
        return [word for word in self.words if word not in _SMALL]


class Reading:
    """A sentence, with what each of its words says."""

    def __init__(self, sentence: str) -> None:
        self.text = sentence.lower()
        found = list(_WORD.finditer(self.text))
        self._starts = [match.start() for match in found]
        self._words = [match[0] for match in found]
        self._points = [ow.WEIGHTS.get(word) or _by_ending(word) for word in self._words]
        self._seen = [word in ow.VISIBLE or not word[0].isalpha() for word in self._words]
        self._phrases = sorted(self._find_phrases())

    def stretch(self, start: int, end: int) -> Stretch:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        phrases = sum(weight for at, stop, weight in self._phrases if start <= at and stop <= end)
        if STRONG_OPENING.match(self.text, start, end):
            phrases += 2
        elif WEAK_OPENING.match(self.text, start, end):
            phrases += 1
        points, seen = sum(self._points[first:last]), sum(self._seen[first:last])
        return Stretch(self._words[first:last], points, seen, phrases)

    def _find_phrases(self) -> Iterator[tuple[int, int, int]]:
        """Start, end and weight of each turn of phrase."""
        patterns = {id(known[0]): known for word in set(self._words) & PHRASES.keys() for known in PHRASES[word]}
        for pattern, weight in patterns.values():
            for match in pattern.finditer(self.text):
                yield match.start(), match.end(), weight


def without_marks(text: str) -> str:
    """The text with a space for each mark."""
    for mark in _MARKS:
        text = text.replace(mark, " ")
    return text


def weight(words: str) -> int:
    """How much the words of a lower-case text without marks speak for an opinion: a quick look."""
    get = ow.WEIGHTS.get
    return sum([get(word, 0) for word in words.split()])


def _by_ending(word: str) -> int:
    return int(bool(ow.ABSTRACT_ENDING.fullmatch(word)) and word not in ow.THINGS)


def is_sentence_of_opinion(parts: Sequence[Stretch]) -> bool:
    """Whether a whole sentence, in the parts between its pauses, says nothing that is seen."""
    if any(_is_fact(part, first=not i) for i, part in enumerate(parts)):
        return False
    if parts[0].phrases < 2 and _begins_with_fact(parts[0]):
        return False
    net = sum(part.net for part in parts)
    seen = sum(part.seen for part in parts)
    content = sum(len(part.content) for part in parts)
    subject = _subject(parts[0].words)
    opened = bool(parts[0].phrases) or subject
    if parts[0].words[:1] and parts[0].words[0] in _PERSONS and net < 4 and not parts[0].phrases:
        return False
    if subject and net >= 1 and net + seen >= 3 and seen <= 2:
        return True
    return (net >= 3 and 3 * net >= content) or (net >= 2 and 5 * net >= 2 * content and opened)


def _begins_with_fact(part: Stretch) -> bool:
    """Whether something happens before the first word of mood or meaning: "Snow falls on the roofs and creates ..."."""
    said = 0
    for word in part.words:
        if ow.WEIGHTS.get(word):
            break
        said += word not in _SMALL
    return said >= 3


def _subject(words: Sequence[str]) -> bool:
    """Whether a sentence is about something abstract, as far as its first words tell."""
    for word in words[:6]:
        if word in ow.NOUNS:
            return True
        if word in w.AUXILIARIES or word in w.THIRD_PERSON or word in ow.VISIBLE:
            return False
    return False


def _is_fact(part: Stretch, *, first: bool) -> bool:
    if part.net >= 1 or len(part.content) <= 1:
        return False
    return first or part.seen > 0 or len(part.content) > 3


def is_tail(part: Stretch) -> bool:
    """Whether a part behind a comma is an opinion, and can go."""
    words = part.words
    joined = words[:1] in (["and"], ["but"], ["yet"], ["so"], ["for"])
    if joined:
        words = words[1:]
    while words and (is_adverb(words[0]) or words[0] in ("thus", "all", "perhaps", "even", "almost", "while", "once")):
        words = words[1:]
    if len(words) < (3 if joined else 1):
        return False
    return _decides(words, part, joined)


def _decides(words: Sequence[str], part: Stretch, joined: bool) -> bool:
    first = words[0]
    if first.endswith("ing"):
        if first in _TELLING:
            return part.net >= 0
        if first in _LIGHT:
            return part.net - ow.WEIGHTS.get(first, 0) >= 1
        return part.net >= 2 or (part.net >= 1 and not part.seen and first in _MINDS)
    if first == "as" and words[1:2] in (["if"], ["though"]):
        return part.net >= 2 or (not part.seen and any(word in _MINDS for word in words))
    if joined:
        return part.net >= 2 or (part.net >= 1 and not part.seen and _subject(words))
    if part.net >= 2:
        return _opens(words)
    if part.net + part.seen >= 1 and part.seen <= 1 and _heads(words):
        return True
    return part.net >= 1 and not part.seen and (first == "which" or _tells_a_mind(words))


def _opens(words: Sequence[str]) -> bool:
    """Whether a part can be left out: a list of adjectives before a noun cannot."""
    first = words[0]
    if first in _SMALL or first.endswith("ed") or first in ("proof", "evidence", "testament", "testimony", "like"):
        return True
    return len(words) == 1 or words[1] in w.PREPOSITIONS or words[1] in ("and", "yet", "but", "enough")


def _tells_a_mind(words: Sequence[str]) -> bool:
    """ "proud of his work", "eager to please"."""
    return words[0] in ow.WEIGHTS and words[1:2] in (["of"], ["to"], ["with"], ["as"], ["in"], ["that"], ["by"])


def _heads(words: Sequence[str]) -> bool:
    """Whether a noun phrase with a determiner has an abstract head."""
    if words[0] not in w.DETERMINERS:
        return False
    for i, word in enumerate(words[1:7], 1):
        if word in _PARTITIVES or word == "of":
            continue
        following = words[i + 1] if i + 1 < len(words) else ""
        if following in w.PREPOSITIONS or following.endswith("ed") or following in ("that", "which", "who", "where", "when", ""):
            return word in ow.NOUNS and word not in ow.THINGS
    return False


_LINK = re.compile(
    r" (?=(?P<link>with|in|as if|as though|as|like|that|which|who|and|but|thus|thereby|to|into|by|through|without|out of|of"
    r"|amid|[a-z]{3,12}ing) )"
)
_FARTHEST = 200  # characters from the end of a clause at which an opinion without a comma can begin
_HOLDS = w.AUXILIARIES | w.PREPOSITIONS | w.DETERMINERS | frozenset(
    """filled full rich steeped imbued infused charged brimming laden heavy serves serve serving acts act acting stands seems
    looks feels appears sounds seem look feel sound becomes become remains remain known seen described regarded so such
    same more less rather not only known covered bathed bursting looking expression smile grin frown gaze""".split()
)
"""Words that need what follows them."""


def inner_tail(reading: Reading, start: int, end: int) -> int | None:
    """Where in a clause an opinion begins that no comma cuts off ("with a sense of pride"); None where there is none."""
    for link in _LINK.finditer(reading.text, max(start + 1, end - _FARTHEST), end):
        before = reading.stretch(max(start, link.start() - 24), link.start()).words
        rest = reading.stretch(link.end(), end)
        if before and before[-1] not in _HOLDS and not rest.seen and _hangs_on(link["link"], rest):
            return link.start()
    return None


def _hangs_on(link: str, rest: Stretch) -> bool:
    words = rest.words[1:]
    while words and (is_adverb(words[0]) or words[0] in ("thus", "so")):
        words = words[1:]
    if len(words) < 2 or rest.net < 2:
        return False
    if link in ("as if", "as though"):
        return True
    if link in ("and", "but", "thus", "thereby", "that", "which", "who"):
        return words[0] in _TELLING or (rest.net >= 3 and words[0].endswith("s") and not words[0].endswith("ss"))
    if link.endswith("ing"):
        return link in _TELLING or link in _LIGHT
    return rest.net >= 3 and len(words) >= 3 and _heads(words)


def is_opening(part: Stretch) -> bool:
    """Whether what stands before the first comma is an opinion that hangs on the sentence behind it."""
    words = part.words
    if len(words) < 2 or part.seen or part.net < 2 or not w.AUXILIARIES.isdisjoint(words):
        return False
    first = words[0]
    if first.endswith("ing"):
        return first in _TELLING or first in _LIGHT or part.net >= 3
    if first in ("with", "in", "like", "as", "full", "true", "far", "to"):
        return part.net >= 3
    return first in w.DETERMINERS and part.net >= 3 and _heads(words) and w.THIRD_PERSON.isdisjoint(words)


def goes_on(part: Stretch) -> bool:
    """Whether a part belongs to the list that an opinion before it began."""
    words = part.words
    if not words or words[0] in ("while", "as", "with", "which", "who"):
        return False
    short = words[0] in ("and", "or") and len(words) <= 5 and not part.seen
    return short or (part.net >= 1 and not words[0].endswith("ing"))
