"""The video as the subject of a sentence, and what becomes of it: "The clip then shows a man walking"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recaption.postfilter.english import words as w
from recaption.postfilter.film import talk, verbs
from recaption.postfilter.film import words as f
from recaption.postfilter.film.grammar import sentence_from
from recaption.postfilter.film.talk import WORD
from recaption.postfilter.vocabulary import listed

Body = tuple[str, int]  # a sentence without a capital, and where the lead-in that it was made from ends

NO_CLAUSE = re.compile(r"(?:to|many|much|few|little)\b")
_GAP = re.compile(
    r", (?=\d)|, (?P<aside>[^,.;:\"“”]{1,90}), | \((?P<in>[^().;:\"“”]{1,90})\) "
    r"| [–—-] (?P<dashed>[^,.;:\"“”]{1,90}?) [–—-] | "
)
DETERMINERS = listed("the this that these those our its a an another one each every both some all most")

_PLURALS = frozenset(
    word for word in f.PARTS | f.FILMS | f.STILLS | f.FRAMES | f.STAGES if word.endswith("s")
) | listed("two three few several both visuals")
_SUBJECT_STARTS = (
    DETERMINERS
    | (f.ADJECTIVES - f.SEEING)
    | w.PLURAL_DETERMINERS
    | f.FRAMES
    | f.STILLS
    | {"much", "half", "part", "parts", "only"}
)
_BESIDE_FILM = (f.ADVERBS - f.PARTICLES) | f.ADJECTIVES | DETERMINERS
_BESIDE_NOUN = (
    DETERMINERS
    | f.ADJECTIVES
    | f.ADVERBS
    | listed("moving visual")
    | listed("that which follows comes before us depicted shown told")
)
_WATCHING = listed("we you viewer viewers one observer")
_HEADS = listed(
    "item items centrepiece centerpiece highlights subjects moment content thing things subject topic theme focus"
    " star protagonist highlight scene shot"
    " image picture sight part segment opener"
    " centre center point view heart core"
)
_NAMED = re.compile(
    r"(?:nothing but |none other than )?(?=(?:an?|the|one|two|three|four|five|several|some|his|her|how|that|when) )"
)
_RANKED = re.compile(r"the (?:\w+est|same|first|last|only|most|least)\b")
_FOLLOWED = re.compile(r" as (?=(?:he|she|they|it) )")
_SECOND_VERB = re.compile(
    r" (?:and|before|then) (?:(?:then|also|later|finally) )?"
    r"(?P<verb>transition|cut|fade|switch|zoom|pan|end(?=\w+ with))(?P<form>e?s|(?:t|m|n)?ing|ing) (?=\S)"
)


@dataclass(frozen=True)
class Subject:
    """The video as a subject, up to its verb."""

    text: str
    words: tuple[str, ...]
    verb: re.Match[str]

    @property
    def is_plain(self) -> bool:
        """Whether it is "the video" with adjectives and adverbs, and no part of it."""
        nouns = [word for word in self.words if word in f.FILMS or word not in _BESIDE_FILM]
        return len(nouns) in (1, 2) and all(
            noun in f.FILMS | f.STAGES | f.STORIES | {"image", "picture"} for noun in nouns
        )

    @property
    def adverbs(self) -> str:
        """The adverbs before the verb."""
        kept = list(self.words)
        while kept and kept[-1] in f.ADVERBS:
            kept.pop()
        return "".join(f"{word} " for word in self.words[len(kept) :])


def _clause(rest: str) -> str | None:
    """The clause behind "that", "how", "when" or "as"."""
    for opener in ("that ", "how ", "when ", "as "):
        if rest.startswith(opener) and not NO_CLAUSE.match(rest, len(opener)):
            return rest[len(opener) :]
    return None


def clause_or_sentence(announced: str) -> str | None:
    return _clause(announced) or sentence_from(announced)


def next_word(sentence: str, position: int) -> tuple[str, str, int]:
    """The word at `position`, the one after it, and where that one begins; "" where the talk is over.

    What only talks between two commas is passed over: "The video, which runs for 20 seconds, shows".
    """
    token = WORD.match(sentence, position)
    gap = _GAP.match(sentence, token.end()) if token else None
    if (
        token is None
        or gap is None
        or not talk.only_talk(talk.words_of(gap["aside"] or gap["dashed"] or gap["in"] or ""))
    ):
        return "", "", position
    following = WORD.match(sentence, gap.end())
    return token[0].lower(), following[0].lower() if following else "", gap.end()


def subject_at(sentence: str, position: int, *, it: bool = False) -> Subject | None:
    """The video as the subject at `position`, where a verb follows that the rules know."""
    start, words = position, list[str]()
    while len(words) < talk.MOST_WORDS:
        word, after, following = next_word(sentence, position)
        any_verb = word.endswith("s") and words[:1] != words[-1:] and not f.SURE.isdisjoint(words)
        known = (word in verbs.VERB_STARTS or any_verb or not word) and words[-1:] not in (["that"], ["which"])
        if words and known and (verb := verbs.VERB.match(sentence, position)) and _can_be_subject(words, verb, it):
            found = Subject(sentence[start:position], tuple(words), verb)
            return None if talk.tells_place(found.text) else found
        if not word or not talk.is_talk(word, words[-1] if words else "", after):
            return None
        if not words and not (word in _SUBJECT_STARTS or talk.bare(word) in f.FILMS or (it and word == "it")):
            return None
        words.append(word)
        position = following
    return None


def _can_be_subject(words: list[str], verb: re.Match[str], it: bool) -> bool:
    if verb[0].split(" ")[0] in verbs.BASES and _PLURALS.isdisjoint(words):
        return False
    if words[0] == "it":
        return (
            it
            and f.ADVERBS.issuperset(words[1:])
            and not (verb["other"] or verb["sure"] or verb["be"] or verb["camera"])
        )
    watching = next((word for word in reversed(words) if word not in f.ADVERBS), "") in _WATCHING
    if watching and not (words[-1] == "one" and talk.names_frame(words)):
        return False
    if talk.names_film(" ".join(words), words) or talk.names_frame(words):
        return True
    if not {"thing", "things", "sight"}.isdisjoint(words) and not f.SEEING.isdisjoint(words):
        return True
    nouns = [word for word in words if word in f.STAGES | f.STILLS | f.STORIES | f.PIECES]
    if not nouns or not all(word in _BESIDE_NOUN or word in nouns for word in words):
        return False
    if verb["be"] and not f.SEEING.isdisjoint(words):
        return True
    if verb["other"] and verb[0] not in ("has", "have"):
        if not f.STORIES.isdisjoint(words):
            return True
        cuts = verb[0] in ("changes", "cuts", "shifts", "fades", "switches", "moves")
        return words[-1] in ("image", "picture") and not cuts
    ordered = nouns[0] not in f.PIECES - f.STAGES or not f.ORDERS.isdisjoint(words) or words[0] == "this"
    return ordered and not (verb["be"] or verb["sure"] or verb["camera"])


def from_video(sentence: str, position: int, opened: bool, it: bool) -> Body | None:
    """ "The video shows a man walking"; where nothing is announced, another subject: "The scene is set at night"."""
    subject = subject_at(sentence, position, it=it)
    if subject is None:
        return None
    rest, tail = _second_verb(sentence[subject.verb.end() :])
    made = _announced(subject, rest.removeprefix(" "), sentence)
    if made is None:
        made = _with_other_subject(subject, rest)
    elif made:
        made = _time(subject, opened) + talk.style_of(subject.text) + made
    return None if made is None else (made and made + tail, subject.verb.end())


def _announced(subject: Subject, announced: str, sentence: str) -> str | None:
    """What a verb of showing announced, as a sentence."""
    verb = subject.verb
    if verb["clause"]:
        return None if NO_CLAUSE.match(announced) else announced
    if focus := verbs.FOCUS_KEPT.match(sentence, verb.start()):
        return f"the focus remains on {sentence[focus.end() :]}"
    if verb["focus"]:
        return f"the focus is on {announced}"
    named = None if _RANKED.match(announced) else _NAMED.match(announced)
    if named and (named[0] or (verb["be"] and _HEADS.intersection(subject.words))):
        return clause_or_sentence(announced[named.end() :])
    if named and verb[0] in ("has", "have"):
        made = sentence_from(announced)
        whole = subject.is_plain and not talk.names_frame(subject.words)
        # "The clip has a man walking" shows him; "The clip has a shallow depth of field" does not.
        return made if made and not (whole and made.startswith("there ")) else None
    if verb["taking"]:
        return clause_or_sentence(announced)
    followed = verb[0] == "follows" and _FOLLOWED.search(announced[:120])
    if verb["show"] or verb["hedge"] or verb["end"] or verb["shot"] or followed:
        return sentence_from(announced, verb["hedge"] or "")
    return None


def _with_other_subject(subject: Subject, rest: str) -> str | None:
    """The sentence with "the scene" or "the camera" in the place of the video."""
    verb = subject.verb
    if not subject.is_plain or subject.words[0] == "it" or talk.names_frame(subject.words):
        return None
    if verb["camera"]:
        return f"the camera {subject.adverbs}{verb[0]}{rest}"
    sure = not f.STRONG_FILMS.isdisjoint(subject.words)  # "the film is thin", "the picture is crooked"
    if verb["other"] or (sure and (verb["be"] or verb["sure"])):
        return f"{talk.style_of(subject.text)}the scene {subject.adverbs}{verb[0]}{rest}"
    return None


def _time(subject: Subject, opened: bool) -> str:
    """The time that a lead-in told, as an opening: "the video then shows", "the next scene", "the video ends with"."""
    if opened:
        return ""
    times = [word for word in subject.adverbs.split() if word in f.TIME_ADVERBS]
    if times:
        return f"{times[0]}, "
    if not f.LATER.isdisjoint(subject.words):
        return "next, "
    return "at the end, " if subject.verb["end"] or not f.LAST.isdisjoint(subject.words) else ""


def _second_verb(rest: str) -> tuple[str, str]:
    """Parts "a man walking and then cuts to a dog" in two; where a relative clause may own the verb, it stays whole."""
    match = _SECOND_VERB.search(rest[:600])
    if match is None or re.search(r"\b(?:who|that|which)\b", rest[: match.start()]):
        return rest, ""
    subject = "camera" if match["verb"] in ("zoom", "pan") else "scene"
    return rest[: match.start()].rstrip(
        ","
    ) + ".", f" The {subject} then {w.third_person(match['verb'])} {rest[match.end() :]}"
