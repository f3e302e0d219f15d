"""The shapes in which clauses of opinion come: what opens them, and what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.postfilter.opinion import words as ow
from recaption.postfilter.opinion.stretches import is_small
from recaption.postfilter.opinion.visible_words import VISIBLE
from recaption.postfilter.vocabulary import listed

# Participles that tell what something means or does to those who see it, or guess at it.
TELLING = ow.CONVEYING | listed(
    """suggesting hinting implying indicating celebrating reminding inviting speaking contributing elevating honouring
    honoring proving signalling signaling telling wondering pondering contemplating reminiscing imagining hoping
    promising echoing heralding emphasising emphasizing underscoring reinforcing intensifying amplifying
    heightening enhancing enriching enlivening commanding exuding radiating belying betraying"""
)
# Participles that do as much where their object is nothing visible.
LIGHT = listed(
    """creating making giving adding bringing turning transforming setting leaving keeping maintaining providing
    offering producing building establishing drawing allowing letting rendering showing showcasing demonstrating
    revealing reflecting highlighting capturing portraying depicting representing expressing displaying marking
    blending mixing merging combining balancing bridging blurring mirroring passing carrying sharing finding
    ensuring helping sealing earning rewarding crowning completing raising stirring melting filling weaving
    taking putting placing presenting sparking triggering restoring preserving uniting defying redefining
    challenging questioning grounding anchoring framing paying doing being having knowing becoming feeling
    seeming asking winning losing breaking opening closing connecting linking lending touching moving serving
    acting standing ending beginning underlining deepening accentuating"""
)
# What somebody has in mind.
MINDS = listed(
    """thinking thought knowing knows knew remembering searching seeking saying say wondering hoping waiting dreaming
    contemplating considering pondering lost trying expecting sensing aware ashamed afraid bored shy unsure
    reluctant apologising apologizing goodbye enjoying savouring relishing longing feeling trusting loving
    fearing wishing cherishing appreciating anticipating asking asks deciding decided understood understanding
    wants wanting sure planning plotting scheming intending deliberating regretting worrying praying"""
)
_LIKENED_TO = listed(
    """bridge window mirror ballet symphony song whisper breath heartbeat pulse ghost canvas tapestry feast storm ocean
    island fortress cathedral altar shrine monument crown jewel pearl jungle maze labyrinth duel battle riddle
    puzzle answer waltz tango parade carnival circus theatre opera gasp sigh bulwark beacon portal gateway
    doorway postcard snapshot fragment slice chorus orchestra melody refrain duet conversation game race contest
    dance witness sentinel explosion celebration kaleidoscope"""
)
_UNSEEN = listed(
    """ballet symphony whisper breath heartbeat ghost battle riddle waltz gasp sigh beacon gateway melody refrain
    duet conversation lullaby rumour secret prayer dream promise farewell confession argument verdict truce
    bargain ovation letter ritual dialogue handshake invitation echo memory monument shrine ode love witness
    celebration kaleidoscope explosion"""
)
_BEHIND_LIKENED = listed("of to between for that in written made kept against")
_EYES = listed(
    """eye eyes viewer viewers attention scene image picture look feel feeling interest drama dynamism depth"""
)
_PARTITIVES = listed(
    "air sense touch display show note hint act sign mark feeling spirit kind sort form example gesture"
)
_RELATIVES = listed("that which who whose where when")
_IRREGULAR_PARTICIPLES = listed("written made kept born frozen lost told drawn worn grown")
_BEHIND_STATES = w.PREPOSITIONS | frozenset(["and", "despite", "yet", "but", "enough", "that", "which", "only"])
_BEHIND_VERB = w.PREPOSITIONS | w.DETERMINERS | {"each", "and"}
EAGER = listed("eager keen anxious impatient glad content determined desperate hungry happy proud")
"""States of mind that a person in the scene is said to be in: "eager to leave"."""
CRAFTED = listed("zoom pan grading space use editing cut cuts camera close-up focus montage")
"""What is craft only where something is said of it."""
EFFECTS = listed(
    """adds add gives give lends lend creates create makes make amplifies amplify enhances enhance heightens
    heighten conveys convey builds build carries exudes radiates communicates emphasises emphasizes emphasise
    underlines underscores reinforces evokes suggests conveys invites draws draw leads guides sets keeps helps
    works brings complements elevates deepens intensifies softens imbues infuses"""
)
"""What such work does to those who look on."""
_MEANING = listed("conveys convey builds build brings evokes suggests invites exudes radiates communicates")
_BEHIND_MANNERS = frozenset(
    ["of", "nobody", "no", "everyone", "one", "you", "we", "that", "only", "no", "which", "worthy", "born", "reserved"]
)
_APPOSED = frozenset(["proof", "evidence", "testament", "testimony", "like"])


def is_abstract(word: str) -> bool:
    """Whether a noun can hardly name what is seen."""
    return word in ow.NOUNS and word not in ow.THINGS


def is_about_abstract(words: Sequence[str]) -> bool:
    """Whether words begin with an abstract noun, or with a noun phrase that has one as its head."""
    return bool(words) and (is_abstract(words[0]) or has_abstract_head(words))


def has_abstract_head(words: Sequence[str]) -> bool:
    """Whether words begin with a noun phrase with a determiner and an abstract head: "a small victory that"."""
    if words[0] not in w.DETERMINERS:
        return False
    for word, following in pairwise([*words[1:8], ""]):
        if word not in _PARTITIVES and word != "of" and _ends_phrase(following):
            return is_abstract(word) or (word in _LIKENED_TO and following in _BEHIND_LIKENED)
    return False


def is_likened(words: Sequence[str]) -> bool:
    """ "the last breath of a small sun", "a love letter to the sea": what is not in the scene stands for it."""
    pairs = pairwise([*words[1:5], ""])
    return words[0] in w.DETERMINERS and any(word in _UNSEEN and after in _BEHIND_LIKENED for word, after in pairs)


def _ends_phrase(word: str) -> bool:
    closed = not word or word in w.PREPOSITIONS or word in _RELATIVES
    return closed or word.endswith("ed") or word in _IRREGULAR_PARTICIPLES


def has_abstract_subject(words: Sequence[str]) -> bool:
    """Whether a clause is about something abstract, as far as its first words tell."""
    for word in words[:6]:
        if is_abstract(word):
            return True
        if word in w.AUXILIARIES or word in w.THIRD_PERSON or word in VISIBLE:
            return False
    return False


def begins_with_abstract(words: Sequence[str]) -> bool:
    """Whether an abstract noun without a determiner is the subject: "mischief is written all over his face"."""
    return len(words) > 2 and is_abstract(words[0]) and (words[1] in w.AUXILIARIES or words[1].endswith("s"))


def is_topic(words: Sequence[str]) -> bool:
    """Whether words are an abstract noun, by itself: "Trust" of "Trust, once given, holds."."""
    content = [word for word in words if not is_small(word)]
    alone = words[0] not in w.PREPOSITIONS and not any(map(is_finite, words))
    return alone and 0 < len(content) <= 2 and all(map(is_abstract, content))


def is_state(words: Sequence[str]) -> bool:
    """ "proud of his work", "nervous but hopeful", "still hungry for more"."""
    if words[0] == "half" and is_abstract(words[1] if len(words) > 1 else ""):
        return True
    if words[0] in ("still", "more", "equally", "both", "forever", "always"):
        words = words[1:]
    return len(words) > 2 and words[0] in ow.JUDGING and words[1] in _BEHIND_STATES


def is_compared(words: Sequence[str]) -> bool:
    """ "as patient as the stones", "proud as a king": a state of mind or value that is likened."""
    adjective = words[1] if words[0] == "as" and len(words) > 3 else words[0]
    return words[1 + (words[0] == "as") :][:1] == ["as"] and adjective in ow.JUDGING and len(words) > 2


def is_judged(words: Sequence[str]) -> bool:
    """ "a delightful addition to the fun", "the perfect end to the day": an apposition that opens with a judgement."""
    return len(words) > 2 and words[0] in ("a", "an", "the", "another") and ow.WEIGHTS.get(words[1], 0) > 1


def praises_craft(words: Sequence[str]) -> bool:
    """ "The palette amplifies the sense of mystery", "The depth of field works beautifully": how a picture was made."""
    verb = next((i for i, word in enumerate(words[:9]) if i and word in EFFECTS), 0)
    if not verb or (ow.CRAFT | CRAFTED).isdisjoint(words[:5]) or words[0] in w.PREPOSITIONS:
        return False
    effect = words[verb + 1 :]
    unseen = words[verb] in _MEANING and VISIBLE.isdisjoint(effect)
    judged = unseen or any(ow.WEIGHTS.get(word, 0) > 0 or word in _EYES for word in effect)
    return judged and sum(word in VISIBLE and word not in ow.CRAFT | CRAFTED | _EYES for word in effect) < 2


def is_manner(words: Sequence[str]) -> bool:
    """What follows "with" or "like": "the gravity of a judge", "a memory of better times"."""
    if words[0] not in ("the", "a", "an"):
        return False
    pairs = ((word, following) for word, following in pairwise(words[1:5]) if is_abstract(word))
    return next((following in _BEHIND_MANNERS for _, following in pairs), False)


def can_be_left_out(words: Sequence[str]) -> bool:
    """Whether what stands behind a comma is a phrase of its own; one of several adjectives before a noun is none."""
    first = words[0]
    if is_small(first) or first.endswith("ed") or first in _APPOSED or first in MINDS:
        return True
    return len(words) == 1 or words[1] in _BEHIND_STATES or (is_abstract(first) and len(words) > 2)


def is_finite(word: str) -> bool:
    return word in w.AUXILIARIES or word in w.THIRD_PERSON


def has_verb(words: Sequence[str]) -> bool:
    """Whether there is a finite verb outside of relative clauses, as far as the words are known."""
    return any(map(is_finite, takewhile(lambda word: word not in _RELATIVES and word != "as", words)))


def needs_clause(words: Sequence[str]) -> bool:
    """Whether words at the start of a sentence are no clause: "Through her eyes", "Slowly"."""
    if len(words) < 2:
        return True
    if any(word in w.AUXILIARIES for word in words):
        return False
    first = words[0]
    opens = first in w.PREPOSITIONS or first in w.SUBORDINATORS or first.endswith("ing")
    return opens or (is_adverb(first) and len(words) < 3)


def has_clause(words: Sequence[str]) -> bool:
    """Whether words begin with a subject and its verb, as far as the words are known."""
    triples = zip(words[:7], words[1:8], [*words[2:8], ""], strict=False)
    bases = any(word in w.BASES for word in words[2:7])
    return bases or any(
        is_finite(word) or (after in _BEHIND_VERB and (word.endswith("s") or before.endswith("s")))
        for before, word, after in triples
    )


def is_verb_form(word: str) -> bool:
    """Whether a word behind "and" can be the verb of the subject before."""
    return (
        is_finite(word) or word in w.BASES or (word.endswith("s") and word not in VISIBLE and not word.endswith("ss"))
    )
