"""Whether a sentence, or a part of one, is an opinion: mood, meaning, judgement, or a guess that no camera records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.postfilter.opinion import shapes
from recaption.postfilter.opinion import words as ow
from recaption.postfilter.opinion.stretches import Reading, Stretch, is_small
from recaption.postfilter.opinion.visible_words import VISIBLE
from recaption.postfilter.vocabulary import listed

_PERSONS = frozenset(["he", "she", "they"])
_ADJECTIVES = ow.JUDGING - shapes.TELLING - shapes.LIGHT
_JOINING = frozenset(["and", "but", "yet", "so", "for", "because", "since"])
_POINTING = listed("it this that there one you we i who what he she they")
_LOOSE = w.PREPOSITIONS | {"ready", "no"}  # what opens with these can go, and tells little where nothing seen is in it
_CURT = frozenset(["it shows", "rightly so", "deservedly so", "justly so", "with good reason", "understandably so"])
_LED_BY = frozenset(["thus", "thereby", "again", "all", "perhaps", "even", "almost", "while", "once", "so"])
_INTENSIFIERS = listed(
    """utterly completely totally clearly obviously truly deeply evidently perfectly ever forever quite so visibly
    plainly"""
)
_SENSING = listed("can could cannot can't feels senses wants wonders almost might may imagines suspects hopes")
_NEW_CLAUSE = frozenset(["while", "as", "with", "which", "who"])
_LINK = re.compile(
    r" (?=(?P<link>with|in|as if|as though|as|like|that|which|who|and|but|thus|thereby|to|into|by|through|without|amid"
    r"|[a-z]{3,12}ing) )"
)
_PARTICIPLES = re.compile(r" and (?=[a-z]{3,12}ing )")
_LINKING_VERBS = frozenset(["and", "but", "thus", "thereby", "that", "which", "who"])
_FARTHEST = 200  # characters from the end of a clause at which an opinion without a comma can begin
_NEAR = 24
# Words that need what follows them.
_INCOMPLETE = (
    w.AUXILIARIES
    | w.PREPOSITIONS
    | w.DETERMINERS
    | listed(
        """filled full rich steeped imbued infused charged brimming laden heavy serves serve serving acts act acting
        stands seems looks feels appears sounds seem look feel sound becomes become remains remain known seen described
        regarded so such same more less rather not only covered bathed bursting looking expression left smile grin frown
        gaze himself herself itself themselves"""
    )
)
_OPENS_WITH_PREPOSITION = frozenset(["with", "in", "like", "as", "true", "far", "to"])
_OPENS_WITH_STATE = frozenset(["full", "rich", "heavy", "lost"])


def is_sentence_of_opinion(parts: Sequence[Stretch]) -> bool:
    """Whether a whole sentence, in the parts between its pauses, says nothing that is seen."""
    first = parts[0]
    if len(parts) == 1 and (shapes.praises_craft(first.words) or _is_saying(first)):
        return True
    points, seen = sum(part.points for part in parts), sum(part.seen for part in parts)
    net, content = points - seen, sum(part.content for part in parts)
    if len(parts) > 1 and shapes.is_topic(first.words) and seen <= 1:
        return True
    if _has_fact(parts) or (first.words[0] in _PERSONS and net < 4 and not first.phrases):
        return False
    if shapes.has_abstract_subject(first.words) or shapes.begins_with_abstract(first.words):
        lofty = net >= 0 and seen <= 1 and (points >= 2 or shapes.begins_with_abstract(first.words))
        if lofty or (net >= 1 and points >= 3 and seen <= 2):
            return True
        opened = True
    else:
        opened = first.phrases > 0 or any(part.phrases > 1 for part in parts)
    if net >= 3 or (net == 2 and not seen):
        return 3 * net >= content
    return net == 2 and 5 * net >= 2 * content and (opened or points > 2)


def _is_saying(part: Stretch) -> bool:
    """Whether a short sentence is a turn of phrase with hardly anything around it: "The dog is having a great time"."""
    return part.phrases > 1 and part.seen < 2 and part.content < 7 and part.words[0] not in _POINTING


def _has_fact(parts: Sequence[Stretch]) -> bool:
    """Whether something is told in parts of their own, or before the first word of mood or meaning."""
    first = parts[0]
    if sum(part.content for part in parts if part.net < 1) > 1:
        return True
    if first.phrases < 2 and _begins_with_fact(first.words):
        return True
    weak = first.net < 2 and first.content > 1 and not first.phrases
    return weak and len(parts) > 1 and not shapes.has_abstract_subject(first.words)


def _begins_with_fact(words: Sequence[str]) -> bool:
    """ "Snow falls on the roofs and creates a ..."."""
    before = list(takewhile(lambda word: word not in ow.WEIGHTS, words))
    said = sum(not is_small(word) for word in before)
    return said > 4 or (said > 2 and any(word in VISIBLE for word in before))


def is_opening(part: Stretch) -> bool:
    """Whether what stands before the first comma is an opinion that hangs on the sentence behind it."""
    words = part.words
    if len(words) > 2 and not part.seen and _names_state(words):
        return True
    if len(words) < 2 or part.seen or part.net < 2 or not w.AUXILIARIES.isdisjoint(words):
        return False
    first = words[0]
    if first in ("with", "in", "like") and all(is_small(word) or word in ow.WEIGHTS for word in words):
        return True
    if first in shapes.TELLING or first in shapes.LIGHT or first in ow.JUDGING or first in _OPENS_WITH_STATE:
        return True
    if first.endswith("ing") or first in _OPENS_WITH_PREPOSITION:
        return part.net >= 3
    return part.net >= 3 and shapes.has_abstract_head(words) and not shapes.has_verb(words)


def _names_state(words: Sequence[str]) -> bool:
    """ "Eager to please", "Ever the professional", "A symphony of colour": nothing of it is in the scene."""
    eager = words[0] in shapes.EAGER and words[1] == "to"
    ever = words[0] == "ever" and words[1] in ("the", "so")
    called = words[0] in _INTENSIFIERS and words[1] in ("a", "an", "the")
    magic = words[0] == "as" and words[1] in ("if", "though") and len(words) < 6
    manner = words[0] == "with" and len(words) < 5 and shapes.is_abstract(words[-1])
    return eager or ever or called or magic or manner or (shapes.is_likened(words) and not shapes.has_verb(words))


def is_main(part: Stretch, before: Stretch) -> bool:
    """Whether a part is the main clause of the sentence, since what stands before it is none."""
    return shapes.needs_clause(before.words) and shapes.has_verb(part.words)


def is_tail(part: Stretch) -> bool:
    """Whether a part behind a comma is an opinion, and the sentence whole without it."""
    words = part.words
    joined = words[:1] != [] and words[0] in _JOINING
    if joined and " ".join(words[1:]) in _CURT:
        return True
    words = _without_adverbs(words[joined:])
    if len(words) < (3 if joined else 1) or (part.content < 2 and part.points == part.phrases):
        return False
    if (
        joined
        and not part.seen
        and (
            words[0] == "you"
            or (words[0] == "one" and words[1] in _SENSING)
            or (words[0] in ("it", "this", "everything") and part.points and part.content < 3)
        )
    ):
        return True
    if joined:
        return part.net >= 2 or (part.net >= 1 and not part.seen and shapes.has_abstract_subject(words))
    first = words[0]
    if shapes.is_finite(first):
        return False
    if first.endswith("ing") and first not in _ADJECTIVES:
        return _tells(words, part)
    if first == "as" and words[1:2] in (["if"], ["though"]):
        unseen = not part.seen and part.content > 2
        return unseen or part.net >= 2 or part.is_lofty or (part.seen <= 1 and not shapes.MINDS.isdisjoint(words))
    return _is_added(words, part)


def _tells(words: Sequence[str], part: Stretch) -> bool:
    """Whether a part that opens with a participle is an opinion."""
    first, rest = words[0], part.net - ow.WEIGHTS.get(words[0], 0)
    if first in shapes.TELLING or (first in shapes.LIGHT and words[1:2] in (["how"], ["that"], ["what"])):
        return part.net >= 0
    if first in shapes.LIGHT:
        return rest >= 2 or (rest >= 1 and not part.seen) or (rest >= 1 and shapes.is_about_abstract(words[1:]))
    return part.net >= 2 or (part.is_lofty and (first in shapes.MINDS or shapes.is_about_abstract(words[1:])))


def _is_added(words: Sequence[str], part: Stretch) -> bool:
    """Whether a part that opens with a noun, an adjective, a preposition or "which" is an opinion."""
    if not part.seen and part.points and part.content > 1 and words[0] in _LOOSE:
        return True
    if shapes.is_compared(words) or (not part.seen and _tells_state(words, part)):
        return True
    if part.seen < 2 and len(words) > 2 and words[0] in shapes.EAGER and words[1] == "to":
        return True
    if not part.seen and shapes.is_judged(words):
        return True
    headed = shapes.has_abstract_head(words[words[0] == "like" :] or words)
    if part.net >= 2:
        doubtful = part.seen and part.net < 3 and words[0] in w.DETERMINERS and not headed
        return part.phrases > 1 or (shapes.can_be_left_out(words) and not doubtful)
    if (headed and part.seen < 2 and (part.points or shapes.is_likened(words))) or (
        not part.seen and shapes.is_state(words)
    ):
        return True
    return (
        part.net == 1 and not part.seen and (words[0] == "which" or (shapes.is_abstract(words[0]) and len(words) > 2))
    )


def _tells_state(words: Sequence[str], part: Stretch) -> bool:
    """ "utterly content", "ever loyal", "who is clearly bored", "pure magic"."""
    if words[0] in ("who", "which") and words[1:2] != [] and words[1] in ("is", "are", "was", "were", "seems", "seem"):
        return part.points > 0 and part.content < 4
    led = part.words[0] in _INTENSIFIERS and len(part.words) == 2
    return led and (words[-1] in shapes.EAGER or words[-1] in ow.JUDGING)


def _without_adverbs(words: Sequence[str]) -> Sequence[str]:
    i = 0
    while i < len(words) and (is_adverb(words[i]) or words[i] in _LED_BY):
        i += 1
    return words[i:]


def list_goes_on(parts: Sequence[Stretch]) -> int:
    """How many of the parts behind an opinion belong to a list that it began: "evoking calm, rest, and joy"."""
    short = list(takewhile(_is_item, parts))
    last = next((i for i, part in enumerate(short) if part.words[0] in ("and", "or")), None)
    return len(list(takewhile(lambda part: part.net > 0, short))) if last is None else last + 1


def _is_item(part: Stretch) -> bool:
    words = part.words[1:] if part.words[:1] in (["and"], ["or"]) else part.words
    if not words or words[0] in _NEW_CLAUSE or words[0].endswith("ing") or shapes.is_finite(words[0]):
        return False
    return part.net > 0 or (len(words) < 4 and not part.seen and not words[0].endswith(("s", "ed")))


def front(reading: Reading, start: int, end: int) -> int | None:
    """Where what is seen begins in a part behind a comma that is an opinion up to there; None without it.

    It is "casting" in "creating a calm mood and casting long shadows".
    """
    for joint in _PARTICIPLES.finditer(reading.text, start, end):
        seen = reading.stretch(joint.end(), end)
        if seen.points == 0 and seen.seen and is_tail(reading.stretch(start, joint.start())):
            return joint.end()
    return None


def follows_fact(reading: Reading, start: int, at: int) -> bool:
    """Whether what stands before an inner tail tells something, and no opinion."""
    before = reading.stretch(start, at)
    return not before.points and before.content > 1


def inner_tail(reading: Reading, start: int, end: int) -> int | None:
    """Where in a clause an opinion begins that no comma cuts off ("with a sense of pride"); None without one."""
    for link in _LINK.finditer(reading.text, max(start + 1, end - _FARTHEST), end):
        before = reading.stretch(max(start, link.start() - _NEAR), link.start()).words
        if before and before[-1] not in _INCOMPLETE:
            rest = reading.stretch(link.end(), end)
            if _hangs_on(link["link"], rest):
                return link.start()
    return None


def _hangs_on(link: str, rest: Stretch) -> bool:
    words = _without_adverbs(rest.words[1:])
    if len(words) < 2 or rest.seen > 1:
        return False
    if link in ("with", "like", "in") and (shapes.is_manner(words) or (not rest.seen and _is_mood(link, words, rest))):
        return True
    if rest.phrases > 2:
        return True
    if rest.seen or rest.net < 2:
        return False
    if link in ("as if", "as though"):
        return True
    if link in _LINKING_VERBS:
        return words[0] in shapes.TELLING or (rest.net >= 3 and len(words) > 3)
    if link.endswith("ing"):
        return link in shapes.TELLING or link in shapes.LIGHT
    abstract = shapes.has_abstract_head(words) or (shapes.is_abstract(words[0]) and words[1] in ("of", "that"))
    return rest.net >= 3 and len(words) >= 3 and abstract


def _is_mood(link: str, words: Sequence[str], rest: Stretch) -> bool:
    """ "in a symphony of colour", "like a joyful explosion of life", "with great care and devotion"."""
    if link != "with" and shapes.is_likened(words):
        return True
    if link == "in" and words[0] in ("a", "an") and shapes.is_judged([words[0], *_without_adverbs(words[1:])]):
        return True
    judged = all(is_small(word) or word in ow.WEIGHTS or word in ("mix", "blend", "mixture") for word in words)
    return rest.net >= 3 and (judged or (link == "like" and words[0] in ("a", "an", "some")))
