"""What a sentence claims of the camera by what it does: "the camera pans left, then zooms in".

A film that goes on with another shot is read here too ("the scene cuts to a kitchen").
"""

from __future__ import annotations

from collections.abc import Iterator

from recaption.postfilter.english import sentence_words as s
from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.postfilter.vocabulary import listed
from recaption.verify import camera_words as c
from recaption.verify.camera_nouns import adjectives, nouns
from recaption.verify.claim import Claim
from recaption.verify.directions import BETWEEN, clause_end, direction, leads_ahead, on_both_sides, side, speed_claims
from recaption.verify.tokens import Tokens

_BEFORE_SUBJECT = listed(
    "and as while before until then when but with so where after once because next that time throughout first finally"
)
_JOINTS = listed(", ; and then before while after by also first next but")
_WITH_ING = listed("before while after by")
_ARTICLES = listed("the a an this another one")
_NOT_OURS = listed("a another one")
"""Before a camera that may be a thing in the film: it claims what a film would, "zooms in" and no "moves"."""
_CUT_TO = listed("to into back away between from")
_NO_CUT_BEFORE = listed("off out short through across along")
_TIMES = listed("dawn dusk sunrise sunset morning evening spring summer autumn winter")
_MOST_MODIFIERS = 4
_NEAR = 30
"""Words before a verb in which a clause of a thing's own may begin."""
_ASIDE = 12
"""Words of an insertion between two commas."""

_Read = tuple[list[Claim], int, c.Form | None]
"""Claims, where their words end, and the verb."""


def camera_claims(tokens: Tokens) -> list[Claim]:
    """The claims of one sentence."""
    reader = _Reader(tokens)
    found = [*reader.clauses()]
    return [*found, *nouns(tokens, has_camera=reader.has_camera, verbs=reader.verbs), *adjectives(tokens)]


def _describes(word: str) -> bool:
    """Whether a word can stand between the article and a shot, a view or a film that is this one."""
    return word in _ARTICLES or word in c.MODIFIERS or word in c.ADJECTIVES or w.is_adjective(word)


class _Reader:
    """One sentence.

    Attributes:
        verbs: places of verbs that claims were read from.
        has_camera: whether it says what a camera or a view does.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.verbs: set[int] = set()
        self.has_camera = False

    def clauses(self) -> Iterator[Claim]:
        for i in range(len(self.tokens)):
            word = self.tokens.word(i).removesuffix("'s")
            who = next((who for who in (c.CAMERAS, c.VIEWS, c.FILMS) if word in who), None)
            if who is not None and (start := self._subject(i, who)) is not None:
                if who is c.CAMERAS and self.tokens.word(i - 1) in _NOT_OURS:
                    who = c.FILMS
                self.has_camera |= who is not c.FILMS
                yield from self._chain(self._head(i) + 1, start, who)
        for i in range(len(self.tokens)):
            if i not in self.verbs:
                yield from self._free(i)

    def _subject(self, i: int, who: frozenset[str]) -> int | None:
        """Where the noun phrase of a subject begins; None where the noun is none."""
        start = i
        while start > max(0, i - _MOST_MODIFIERS) and self.tokens.word(start) not in _ARTICLES:
            before = self.tokens[start - 1]
            if before.is_mark or before.word in w.PREPOSITIONS | w.CONJUNCTIONS | _BEFORE_SUBJECT:
                break
            if before.word in ("no", "without", "few"):
                return None
            if who is not c.CAMERAS and not _describes(before.word):
                return None  # "a bed frame", "the paper clip"
            start -= 1
        if self.tokens.word(start) not in _ARTICLES and start != i and start != 0:
            return None
        before = self.tokens[start - 1]
        opens = before.is_mark or before.word in _BEFORE_SUBJECT or is_adverb(before.word)
        named = before.word in c.VIEWS | c.FILMS
        return start if opens or named else None

    def _head(self, i: int) -> int:
        """The last word of "the camera angle" or "the camera's perspective"."""
        is_part = self.tokens.word(i).startswith("camera") and self.tokens.word(i + 1) in c.CAMERA_PARTS
        return i + 1 if is_part else i

    def _chain(self, i: int, start: int, who: frozenset[str]) -> Iterator[Claim]:
        """The claims of all that a subject does."""
        tokens = self.tokens
        if tokens.word(i) == ",":
            closing = next((k for k in range(i + 1, i + _ASIDE) if tokens.word(k) == ","), None)
            if closing is None:
                return
            if (aside := c.VERBS.get(tokens.word(i + 1))) and aside.form == c.ING:
                claims, _, _ = self._verb(i + 1, who, False, [])
                yield from claims
            i = closing + 1
        absolute = tokens.word(start - 1) == "with"
        speeds = [start - 2] if tokens.word(start - 1) == "," and tokens.word(start - 2) in c.SLOW | c.FAST else []
        last: c.Form | None = None
        moved = False
        while True:
            read = self._predicate(i, who, speeds) or self._other(i, who)
            if read is None:
                return
            claims, end, form = read
            if form and absolute and form.form != c.ING:
                return
            # A hold after a move is none of the whole clip.
            yield from (claim for claim in claims if not (moved and claim.value == c.STATIC))
            moved = moved or any(claim.kind == "camera" for claim in claims)
            last = form or last
            following = self._next(end, last)
            while following and following[1]:
                yield following[1]
                following = self._next(following[0], last)
            if following is None:
                return
            i, speeds = following[0], []

    def _predicate(self, i: int, who: frozenset[str], speeds: list[int]) -> _Read | None:
        """What is claimed from `i` on, where it ends, and the verb; None where nothing is."""
        tokens = self.tokens
        first, denied, stays, speeds = i, False, False, [*speeds]
        while True:
            word, following = tokens.word(i), tokens.word(i + 1)
            verb = c.VERBS.get(word)
            if word in c.NEGATIONS:
                denied = True
            elif word in c.SLOW | c.FAST:
                speeds.append(i)
            elif stays and word in c.AIMED and following in ("on", "onto", "upon"):
                return [], clause_end(tokens, i + 1), None
            elif stays and self._is_still(i) and not (following in c.VERBS and word == "still"):
                return self._state(first, i, c.MOVING if denied else c.STATIC, who), i + 1, None
            elif stays and word in c.SHAKY:
                return self._state(first, i, "" if denied else c.HANDHELD, c.CAMERAS), i + 1, None
            elif word in ("keeps", "keep", "keeping") and following == "pace" and who is c.CAMERAS:
                return [self._claim(c.MOVING, i, i + 1)], clause_end(self.tokens, i), None
            elif word in c.CUTTING and (cut := self._cut(i, who, denied)):
                return [cut], clause_end(self.tokens, i + 1), c.CUTTING[word]
            elif verb and i == first and verb.verb == word and who is not c.FILMS:
                return None  # "a camera pan"
            elif verb and not (verb.verb == "back" and following in ("to", "and")):
                self.verbs.add(i)
                claims, end, form = self._verb(i, who, denied, speeds)
                return (claims, end, form) if claims or i > first or end > i + 1 else None
            elif word in c.COPULAS or (word in c.HOLDS and self._is_still(i + 1)):
                stays = True
            elif not (
                word in c.BEGINNERS
                or (is_adverb(word) and not tokens[i].is_mark)
                or (word == "and" and is_adverb(tokens.word(i - 1)))
                or (stays and word in ("steady", "and", "level"))
            ):
                return None
            i += 1

    def _other(self, i: int, who: frozenset[str]) -> _Read | None:
        """Where something else that the camera does ends: "leads him down the hall, ..."."""
        while is_adverb(self.tokens.word(i)):
            i += 1
        if who is not c.CAMERAS or self.tokens.word(i) not in c.OTHER_VERBS:
            return None
        return [], clause_end(self.tokens, i + 1), c.SOME_VERB

    def _is_still(self, i: int) -> bool:
        tokens = self.tokens
        return tokens.word(i) in c.STILL or tokens.follows(i, "in place") or tokens.follows(i, "the same")

    def _state(self, first: int, i: int, value: str, who: frozenset[str]) -> list[Claim]:
        if not value or who is c.FILMS:
            return []
        return [self._claim(value, first, i)]

    def _verb(self, i: int, who: frozenset[str], denied: bool, speeds: list[int]) -> _Read:
        """What a verb claims, where its words end, and itself."""
        form = c.VERBS[self.tokens.word(i)]
        end = clause_end(self.tokens, i + 1)
        value = self._value(i, end, form, who)
        if denied:
            value = c.STATIC if value == c.MOVING and form.verb == "move" else ""
        if not value:
            return [], end, form
        claims = [self._claim(value, i, end - 1)]
        if value not in (c.STATIC, c.HANDHELD):
            claims += speed_claims(self.tokens, [*speeds, *self._behind(i, end)])
        return claims, end, form

    def _value(self, i: int, end: int, form: c.Form, who: frozenset[str]) -> str:
        family = form.family
        if form.verb == "drop" and self.tokens.word(i + 1) == "from":
            return ""  # "from his hands"
        if (who is c.FILMS and not family.films) or (who is c.VIEWS and not family.views):
            return ""
        way = direction(self.tokens, i + 1, end, form.verb)
        value = family.directions.get(way, family.alone)
        if value in c.HEIGHT.values() and not way and leads_ahead(self.tokens, i + 1):
            value = c.MOVING
        if way in (c.CLOCKWISE, c.COUNTER):
            words = self.tokens.words(i, end - i)
            if "around" in words and "axis" not in words:
                value = c.MOVING  # "clockwise around the statue"
            elif who is c.VIEWS:
                return "roll"  # it turns one way, and the camera the other
        if who is not c.CAMERAS and value == c.MOVING and family.directions:
            return ""
        return value

    def _behind(self, i: int, end: int) -> list[int]:
        """Words for speed behind a verb, before anything but a direction."""
        found = []
        for k in range(i + 1, end):
            word = self.tokens.word(k)
            if word in c.SLOW | c.FAST and word.endswith("ly"):
                found.append(k)
            elif not (word in c.TOWARDS or word in ("to", "the", *BETWEEN) or is_adverb(word)):
                break
        return found

    def _cut(self, i: int, who: frozenset[str], denied: bool) -> Claim | None:
        """The claim of a verb of cutting, or None where it is none here."""
        tokens = self.tokens
        verb, end = c.CUTTING[tokens.word(i)].verb, clause_end(tokens, i + 1)
        rest = {tokens.word(k) for k in range(i + 1, end)}
        if who is c.CAMERAS and (verb not in ("cut", "switch", "jump") or tokens.word(i - 1) in ("angle", "viewpoint")):
            return None
        if verb == "shift" and (who is c.VIEWS or "from" in rest or direction(tokens, i + 1, end, verb)):
            return None
        alone = rest <= {"again"} and (tokens[end].is_mark or tokens.word(end) in ("and", "then"))
        leads = bool(_CUT_TO & rest) or verb == "cut" or (verb == "change" and alone)
        timely = any(tokens.word(k) in _CUT_TO and tokens.word(k + 1) in _TIMES for k in range(i + 1, end))
        if timely or rest & {"black", "day", "night"}:
            return None
        if not leads or tokens.word(i + 1) in _NO_CUT_BEFORE or (denied and verb != "cut"):
            return None
        return Claim("shots", "one" if denied else "several", tokens[i].start, tokens[end - 1].end)

    def _next(self, i: int, last: c.Form | None) -> tuple[int, Claim | None] | None:
        """Where the same subject goes on, with the claim of a mere direction ("and then back to the left")."""
        tokens = self.tokens
        joints = set()
        if on_both_sides(tokens, i):
            return None
        while tokens.word(i) in _JOINTS:
            joints.add(tokens.word(i))
            i += 1
        if not joints:
            return None
        if tokens.word(i) == "it" and {";", "then"} & joints:
            return i + 1, None
        k = i + 1 if tokens.word(i) == "back" else i
        if last and last.family.directions:
            alone = tokens.word(k) if k > i or tokens[k + 1].is_mark else ""
            if value := last.family.directions.get(side(tokens, k) or c.TOWARDS.get(alone, ""), ""):
                return (end := clause_end(tokens, k)), self._claim(value, i, end - 1)
        following = c.VERBS.get(tokens.word(i)) or c.CUTTING.get(tokens.word(i))
        if following and last:
            fits = following.form == last.form or following.form == c.ING
            if following.form == c.ING and last.form != c.ING and not (_WITH_ING & joints or following.family.own):
                return None
            return (i, None) if fits else None
        return i, None

    def _free(self, i: int) -> Iterator[Claim]:
        """Verbs of camera work that need no subject beside them: "Panning left, ...", ", then zooms in on"."""
        tokens = self.tokens
        form = c.VERBS.get(tokens.word(i))
        if form is None or not form.family.own or not (self.has_camera or i == 0):
            return
        k = i - 1
        while is_adverb(tokens.word(k)) or tokens.word(k) in c.SLOW | c.FAST:
            k -= 1
        joined = tokens[k].is_mark or tokens.word(k) in _JOINTS
        others = form.form != c.ING and (i == 0 or not s.RELATIVES.isdisjoint(tokens.words(i - _NEAR, _NEAR)))
        if not joined or others:
            return
        leads = direction(tokens, i + 1, clause_end(tokens, i + 1), form.verb) or tokens.word(i + 1) in w.PREPOSITIONS
        if leads:
            claims, _, _ = self._verb(i, c.CAMERAS, False, [])
            yield from claims

    def _claim(self, value: str, first: int, last: int) -> Claim:
        return Claim("camera", value, self.tokens[first].start, self.tokens[last].end)
