"""Whether a stretch of words is an opinion: mood, meaning, judgement, or a guess that no camera records.

Words of mood and meaning and turns of phrase count for an opinion, words for what is seen against it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

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
    """suggesting hinting implying indicating celebrating reminding inviting speaking contributing elevating
    honouring honoring proving signalling signaling telling wondering pondering contemplating reminiscing imagining hoping
    promising echoing heralding""".split()
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
    connecting linking lending touching moving serving acting standing ending beginning emphasising emphasizing accentuating
    underscoring underlining enhancing reinforcing intensifying amplifying heightening deepening enriching enlivening""".split()
)
_FIRST_PERSON = frozenset(["i", "my", "me", "i'm", "i'll", "i've", "i’m", "i’ll", "i’ve"])  # who talks to the user, captions nothing
_AFTER_STATES = w.PREPOSITIONS | frozenset(["and", "yet", "but", "enough", "that", "which", "only"])
_PERSONS = frozenset(["he", "she", "they", "it", "i"])
_PARTITIVES = frozenset("air sense touch display show note hint act sign mark feeling spirit kind sort form example".split())
_FIGURES = frozenset(
    """bridge window mirror ballet symphony song whisper breath heartbeat pulse ghost canvas tapestry feast storm ocean
    island fortress cathedral altar shrine monument crown jewel pearl jungle maze labyrinth duel battle riddle puzzle answer
    waltz tango parade carnival circus theatre opera gasp sigh bulwark beacon portal gateway doorway postcard snapshot fragment
    slice chorus orchestra melody refrain duet conversation game race contest""".split()
)
"""Nouns that an opinion likens something to: "a bridge between body and spirit"."""
_OF_FIGURES = frozenset(["of", "to", "between", "for", "that", "in", "written", "made", "kept", "against"])
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
        self._points = [ow.WEIGHTS.get(word) or int(ow.is_abstract_by_ending(word)) for word in self._words]
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


def is_sentence_of_opinion(parts: Sequence[Stretch]) -> bool:
    """Whether a whole sentence, in the parts between its pauses, says nothing that is seen."""
    if sum(len(part.content) for part in parts if part.net < 1) > 1:
        return False
    if parts[0].phrases < 2 and _begins_with_fact(parts[0]):
        return False
    net = sum(part.net for part in parts)
    seen = sum(part.seen for part in parts)
    content = sum(len(part.content) for part in parts)
    words = [word for part in parts for word in part.words]
    subject = _subject(parts[0].words)
    opened = bool(parts[0].phrases) or subject or any(part.phrases > 1 for part in parts)
    if len(parts) > 1 and parts[0].net < 2 and len(parts[0].content) > 1 and not (parts[0].phrases or subject):
        return False
    if parts[0].words[:1] and parts[0].words[0] in _PERSONS and net < 4 and not parts[0].phrases:
        return False
    if subject and net >= 1 and net + seen >= 3 and seen <= 2:
        return True
    if (_is_about(parts[0].words) or subject and net + seen >= 2) and net + seen >= 1 and seen <= 1 and net >= 0:
        return True
    if net == 1 and not seen and 2 < content < 6 and _is_of_meaning(words):
        return True
    if net >= 3 or (net >= 2 and not seen):
        return 3 * net >= content
    return net >= 2 and 5 * net >= 2 * content and (opened or net + seen > 2)


def _is_of_meaning(words: Sequence[str]) -> bool:
    """Whether a short sentence has an abstract noun or a judgement, and nobody as its subject."""
    doer = next((word for word in words if word not in _SMALL), "")
    if words[0] in _PERSONS or doer.endswith(("er", "ers", "or", "ors", "ist", "ists", "man", "men")):
        return False
    return any(_is_abstract(word) or word in ow.JUDGING for word in words)


def _is_about(words: Sequence[str]) -> bool:
    """Whether a clause begins with an abstract noun as its subject: "mischief is"."""
    return len(words) > 2 and _is_abstract(words[0]) and (words[1] in w.AUXILIARIES or words[1].endswith("s"))


def _is_abstract(word: str) -> bool:
    return word in ow.NOUNS and word not in ow.THINGS


def _begins_with_fact(part: Stretch) -> bool:
    """Whether something happens before the first word of mood or meaning: "Snow falls on the roofs and creates ..."."""
    before = list(takewhile(lambda word: word not in ow.WEIGHTS, part.words))
    said = sum(word not in _SMALL for word in before)
    return said > 4 or (said > 2 and any(word in ow.VISIBLE for word in before))


def _subject(words: Sequence[str]) -> bool:
    """Whether a sentence is about something abstract, as far as its first words tell."""
    for word in words[:6]:
        if _is_abstract(word):
            return True
        if word in w.AUXILIARIES or word in w.THIRD_PERSON or word in ow.VISIBLE:
            return False
    return False


def follows_opening(part: Stretch, following: Stretch) -> bool:
    """Whether what opens a sentence is no clause, and the part behind it is the main one."""
    return _needs_clause(part.words) and _has_verb(following.words)


def _has_verb(words: Sequence[str]) -> bool:
    own = takewhile(lambda word: word not in ("that", "which", "who", "whose", "as"), words)
    return any(word in w.AUXILIARIES or word in w.THIRD_PERSON for word in own)


def _needs_clause(words: Sequence[str]) -> bool:
    if not words or not w.AUXILIARIES.isdisjoint(words):
        return not words
    opens = words[0] in w.PREPOSITIONS or words[0] in w.SUBORDINATORS or words[0].endswith("ing")
    return opens or len(words) == 1 or (is_adverb(words[0]) and len(words) < 3)


def is_tail(part: Stretch) -> bool:
    """Whether a part behind a comma is an opinion, and can go."""
    words = part.words
    joined = words[:1] in (["and"], ["but"], ["yet"], ["so"], ["for"])
    if joined:
        words = words[1:]
    while words and (is_adverb(words[0]) or words[0] in ("thus", "all", "perhaps", "even", "almost", "while", "once")):
        words = words[1:]
    if len(words) < (3 if joined else 1) or not part.content:
        return False
    return _decides(words, part, joined)


def _decides(words: Sequence[str], part: Stretch, joined: bool) -> bool:
    first = words[0]
    if not joined and (first in w.AUXILIARIES or first in w.THIRD_PERSON):
        return False
    if first.endswith("ing"):
        if first in _TELLING:
            return part.net >= 0
        if first in _LIGHT:
            rest = part.net - ow.WEIGHTS.get(first, 0)
            return rest >= 2 or (rest >= 1 and (_is_about_abstract(words[1:]) or not part.seen))
        if part.seen <= 1 and part.net + part.seen >= 1 and (first in _MINDS or _is_about_abstract(words[1:])):
            return True
        return part.net >= 2
    if first == "as" and words[1:2] in (["if"], ["though"]):
        minds = any(word in _MINDS for word in words)
        return part.net >= 2 or (part.seen <= 1 and (minds or part.net + part.seen >= 1))
    if joined:
        return part.net >= 2 or (part.net >= 1 and not part.seen and _subject(words))
    if part.net >= 2:
        return part.phrases > 1 or (_opens(words) and not (part.seen and part.net < 3 and not _heads(words) and first in w.DETERMINERS))
    if part.net + part.seen >= 1 and part.seen <= 1 and _heads(words[first == "like" :]):
        return True
    if part.net >= 1 and not part.seen:
        return first == "which" or _tells_a_state(words) or (_is_abstract(first) and len(words) > 2)
    return part.net + part.seen >= 1 and part.seen <= 1 and _tells_a_state(words)


def _opens(words: Sequence[str]) -> bool:
    """Whether a part can be left out: a list of adjectives before a noun cannot."""
    first = words[0]
    if first in _SMALL or first.endswith("ed") or first in ("proof", "evidence", "testament", "testimony", "like"):
        return True
    return len(words) == 1 or words[1] in _AFTER_STATES


def _tells_a_state(words: Sequence[str]) -> bool:
    """ "proud of his work", "nervous but hopeful", "patient as a stone"."""
    if words[0] in ("half", "still", "more", "equally", "both", "both", "forever", "always"):
        words = words[1:]
    return len(words) > 2 and words[0] in ow.JUDGING and words[1] in _AFTER_STATES


def _is_about_abstract(words: Sequence[str]) -> bool:
    return _heads(words) or (bool(words) and _is_abstract(words[0]))


def _heads(words: Sequence[str]) -> bool:
    """Whether a noun phrase with a determiner has an abstract head."""
    if words[0] not in w.DETERMINERS:
        return False
    for i, word in enumerate(words[1:7], 1):
        if word in _PARTITIVES or word == "of":
            continue
        following = words[i + 1] if i + 1 < len(words) else ""
        if following in w.PREPOSITIONS or following.endswith("ed") or following in ("that", "which", "who", "where", "when", ""):
            return _is_abstract(word) or (word in _FIGURES and following in _OF_FIGURES)
    return False


_LINK = re.compile(
    r" (?=(?P<link>with|in|as if|as though|as|like|that|which|who|and|but|thus|thereby|to|into|by|through|without|out of"
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
        if before and before[-1] not in _HOLDS and rest.seen <= 1 and _hangs_on(link["link"], rest):
            return link.start()
    return None


def _hangs_on(link: str, rest: Stretch) -> bool:
    words = rest.words[1:]
    while words and (is_adverb(words[0]) or words[0] in ("thus", "so", "thereby", "again")):
        words = words[1:]
    if len(words) < 2:
        return False
    if link in ("with", "like", "in") and _is_likened(words):
        return True
    if rest.seen or rest.net < 2:
        return False
    if link in ("as if", "as though"):
        return True
    if link in ("and", "but", "thus", "thereby", "that", "which", "who"):
        return words[0] in _TELLING or (rest.net >= 3 and len(words) > 3)
    if link.endswith("ing"):
        return link in _TELLING or link in _LIGHT
    abstract = _heads(words) or (_is_abstract(words[0]) and words[1] in ("of", "that"))
    return rest.net >= 3 and len(words) >= 3 and abstract


def _is_likened(words: Sequence[str]) -> bool:
    """ "with the gravity of a judge", "like a memory of better times"."""
    if words[0] not in ("the", "a", "an"):
        return False
    for word, following in pairwise(words[1:5]):
        if _is_abstract(word):
            return following in ("of", "that", "only", "no", "which", "worthy", "born", "reserved")
    return False


def is_opening(part: Stretch) -> bool:
    """Whether what stands before the first comma is an opinion that hangs on the sentence behind it."""
    words = part.words
    if len(words) < 2 or part.seen or part.net < 2 or not w.AUXILIARIES.isdisjoint(words):
        return False
    first = words[0]
    if first.endswith("ing"):
        return first in _TELLING or first in _LIGHT or part.net >= 3
    if first in ("with", "in", "like", "as", "true", "far", "to"):
        return part.net >= 3
    if first in ow.JUDGING or first in ("full", "rich", "heavy", "lost"):
        return True
    return first in w.DETERMINERS and part.net >= 3 and _heads(words) and w.THIRD_PERSON.isdisjoint(words)


def goes_on(part: Stretch) -> bool:
    """Whether a part belongs to the list that an opinion before it began."""
    words = part.words
    if not words or words[0] in ("while", "as", "with", "which", "who"):
        return False
    short = words[0] in ("and", "or") and len(words) <= 5 and not part.seen
    return short or (part.net >= 1 and not words[0].endswith("ing"))
