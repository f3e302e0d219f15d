"""What a sentence claims of the camera, and of the film where it goes on with another shot.

Three shapes: a camera that does something ("the camera pans left, then zooms in"), a noun for what it does ("a slow pan
to the left"), an adjective of a shot or a camera ("a static shot").
"""

from __future__ import annotations

from collections.abc import Iterator

from recaption.postfilter.english import words as w
from recaption.postfilter.english.noun_phrase import is_adverb
from recaption.postfilter.vocabulary import listed
from recaption.verify import camera_words as c
from recaption.verify.claim import Claim
from recaption.verify.tokens import Tokens

_BEFORE_SUBJECT = listed(
    "and as while before until then when but with so where after once because next that time throughout, first finally"
)
_CLAUSE_ENDS = listed("and then before as while until after when who which that where but so because to-be")
_JOINTS = listed(", ; and then before while after by also first next but")
_WITH_ING = listed("before while after by")
_ARTICLES = listed("the a an this another one")
_NOT_FURTHER = listed("of side-by-side")
_OF_PICTURE = listed("frame picture screen stage room scene view image")
_BETWEEN = listed("back slightly further farther straight a bit little all the way again")
_IN_AND_ON = listed("on for to toward towards closer and then as while until before from close . , ; :")
_CUT_TO = listed("to into back away between from")
_TURNING = listed("pan tilt turn swing swivel rotate pivot whip veer sweep shift")
_MOST_MODIFIERS = 4
_ASIDE = 12
"""Words of an insertion between two commas."""


def camera_claims(tokens: Tokens) -> list[Claim]:
    """The claims of one sentence, in their order."""
    reader = _Reader(tokens)
    found = [*reader.clauses(), *reader.nouns(), *reader.adjectives()]
    unique = {(claim.kind, claim.value, claim.start): claim for claim in found}
    return sorted(unique.values(), key=lambda claim: (claim.start, claim.end))


def _describes(word: str) -> bool:
    """Whether a word can stand between the article and a shot, a view or a film that is this one."""
    return word in _ARTICLES or word in c.MODIFIERS or word in c.ADJECTIVES or w.is_adjective(word)


class _Reader:
    """One sentence; `used` are the verbs that a claim was read from."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.used: set[int] = set()
        self.has_camera = False

    def clauses(self) -> Iterator[Claim]:
        for i in range(len(self.tokens)):
            word = self.tokens.word(i)
            who = next((who for who in (c.CAMERAS, c.VIEWS, c.FILMS) if word in who), None)
            if who is not None and (start := self._subject(i, who)) is not None:
                self.has_camera |= who is not c.FILMS
                yield from self._chain(self._head(i) + 1, start, who)
        for i in range(len(self.tokens)):
            if i not in self.used:
                yield from self._free(i)

    def _subject(self, i: int, who: frozenset[str]) -> int | None:
        """Where the noun phrase of a subject begins; None where the noun is none."""
        start = i
        while start > max(0, i - _MOST_MODIFIERS) and self.tokens.word(start) not in _ARTICLES:
            before = self.tokens[start - 1]
            if before.is_mark or before.word in w.PREPOSITIONS | w.CONJUNCTIONS | _BEFORE_SUBJECT:
                break
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
        """The last word of "the camera's perspective"."""
        if self.tokens.word(i) != "camera":
            return i
        if self.tokens.follows(i + 1, "' s"):
            i += 2
        return i + 1 if self.tokens.word(i + 1) in c.CAMERA_PARTS else i

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
            yield from (claim for claim in claims if not (moved and claim.value == c.STATIC))
            moved = moved or any(claim.kind == "camera" for claim in claims)
            last = form or last
            following = self._next(end, last, who)
            if following is None:
                return
            i, elliptic = following
            speeds = []
            if elliptic:
                yield elliptic
                following = self._next(i, last, who)
                if following is None or following[1]:
                    return
                i = following[0]

    def _predicate(
        self, i: int, who: frozenset[str], speeds: list[int]
    ) -> tuple[list[Claim], int, c.Form | None] | None:
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
            elif stays and self._is_still(i) and not (following in c.VERBS and word == "still"):
                return self._state(first, i, c.MOVING if denied else c.STATIC, who), i + 1, None
            elif stays and word in c.SHAKY:
                return self._state(first, i, "" if denied else c.HANDHELD, c.CAMERAS), i + 1, None
            elif word in ("keeps", "keep", "keeping") and following == "pace" and who is c.CAMERAS:
                return [self._claim(c.MOVING, i, i + 1)], self._end(i), None
            elif word in c.CUTTING and (cut := self._cut(i, who, denied)):
                return [cut], self._end(i + 1), c.CUTTING[word]
            elif verb and i == first and verb.verb == word and who is not c.FILMS:
                return None  # "a camera pan"
            elif verb and not (verb.verb == "back" and following in ("to", "and")):
                self.used.add(i)
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

    def _other(self, i: int, who: frozenset[str]) -> tuple[list[Claim], int, c.Form] | None:
        """Where something else that the camera does ends: "leads him down the hall, ..."."""
        while is_adverb(self.tokens.word(i)):
            i += 1
        if who is not c.CAMERAS or self.tokens.word(i) not in c.OTHER_VERBS:
            return None
        return [], self._end(i + 1), c.SOME_VERB

    def _is_still(self, i: int) -> bool:
        tokens = self.tokens
        return tokens.word(i) in c.STILL or tokens.follows(i, "in place") or tokens.follows(i, "the same")

    def _state(self, first: int, i: int, value: str, who: frozenset[str]) -> list[Claim]:
        if not value or who is c.FILMS:
            return []
        return [self._claim(value, first, i)]

    def _verb(self, i: int, who: frozenset[str], denied: bool, speeds: list[int]) -> tuple[list[Claim], int, c.Form]:
        """What a verb claims, where its words end, and itself."""
        form = c.VERBS[self.tokens.word(i)]
        end = self._end(i + 1)
        value = self._value(i, end, form, who)
        if denied:
            value = c.STATIC if value == c.MOVING and form.verb == "move" else ""
        if not value:
            return [], end, form
        claims = [self._claim(value, i, end - 1)]
        if value not in (c.STATIC, c.HANDHELD):
            claims += self._speeds([*speeds, *self._behind(i, end)])
        return claims, end, form

    def _value(self, i: int, end: int, form: c.Form, who: frozenset[str]) -> str:
        family = form.family
        if (who is c.FILMS and not family.films) or (who is c.VIEWS and not family.views):
            return ""
        direction = self._direction(i + 1, end, form.verb)
        value = family.directions.get(direction, family.alone) if direction else family.alone
        if who is c.VIEWS and direction in (c.CLOCKWISE, c.COUNTER):
            return "roll"  # it turns one way, and the camera the other
        if who is not c.CAMERAS and value == c.MOVING and family.directions:
            return ""
        return value

    def _speeds(self, places: list[int]) -> list[Claim]:
        return [
            Claim(
                "motion",
                "slow" if self.tokens.word(i) in c.SLOW else "fast",
                self.tokens[i].start,
                self.tokens[i].end,
                loose=True,
            )
            for i in places
        ]

    def _behind(self, i: int, end: int) -> list[int]:
        """Words for speed behind a verb, before anything but a direction."""
        found = []
        for k in range(i + 1, end):
            word = self.tokens.word(k)
            if word in c.SLOW | c.FAST and word.endswith("ly"):
                found.append(k)
            elif not (word in c.TOWARDS or word in ("to", "the", *_BETWEEN) or is_adverb(word)):
                break
        return found

    def _end(self, i: int) -> int:
        """Where the words of a verb end: at a mark, or where a clause begins."""
        while i < len(self.tokens) and not (self.tokens[i].is_mark or self.tokens.word(i) in _CLAUSE_ENDS):
            i += 1
        return i

    def _direction(self, i: int, end: int, verb: str) -> str:
        """The direction that words name; "" for none."""
        near = True
        for k in range(i, end):
            if side := self._side(k):
                return side
            word = self.tokens.word(k)
            direction = c.TOWARDS.get(word, "")
            if direction and near and self._is_way(k, direction, verb):
                return direction
            if word in ("closer", "nearer"):
                return c.IN
            near = near and (is_adverb(word) or word in _BETWEEN)
        return ""

    def _side(self, i: int) -> str:
        """The side in "to the left" or "from left to right" at `i`."""
        tokens = self.tokens
        if tokens.word(i) not in ("to", "toward", "towards"):
            return ""
        k = i + 1
        while tokens.word(k) in ("the", "far", "very", "its"):
            k += 1
        if tokens.word(k) not in (c.LEFT, c.RIGHT):
            return ""
        beyond = tokens.word(k + 1)
        if beyond == "of" and _OF_PICTURE.isdisjoint(tokens.words(k + 2, 2)):
            return ""
        return tokens.word(k)

    def _is_way(self, i: int, direction: str, verb: str) -> bool:
        """Whether a word that can name a direction does."""
        word, following = self.tokens.word(i), self.tokens.word(i + 1)
        if word == "back" and following == "to":
            return verb in ("pull", "draw") or self.tokens.word(i + 2) in w.BASES
        if word == "back":
            return following not in (*c.TOWARDS, "and", "over")
        if word == "in":
            return verb == "zoom" or following in _IN_AND_ON
        if word == "out":
            return verb in ("zoom", "pull") or following != "of"
        if word in ("toward", "towards"):
            return verb not in _TURNING
        if word == "down":
            return not c.WAYS.intersection(self.tokens.words(i + 1, 4))
        return True

    def _cut(self, i: int, who: frozenset[str], denied: bool) -> Claim | None:
        """The claim of a verb of cutting, or None where it is none here."""
        tokens = self.tokens
        form, end = c.CUTTING[tokens.word(i)], self._end(i + 1)
        rest = [tokens.word(k) for k in range(i + 1, end)]
        if form.verb == "shift" and (who is c.CAMERAS or self._direction(i + 1, end, "shift")):
            return None
        if form.verb == "fade" and ("black" in rest or not _CUT_TO.intersection(rest)):
            return None
        if (
            not _CUT_TO.intersection(rest)
            and form.verb != "cut"
            and not (form.verb == "change" and who is not c.CAMERAS)
        ):
            return None
        if {"angle", "viewpoint"} & {tokens.word(i - 1)}:
            return None
        return Claim("shots", "one" if denied else "several", tokens[i].start, tokens[end - 1].end)

    def _next(self, i: int, last: c.Form | None, who: frozenset[str]) -> tuple[int, Claim | None] | None:
        """Where the same subject goes on, with the claim of a mere direction ("and then back to the left")."""
        tokens = self.tokens
        joints = set()
        while tokens.word(i) in _JOINTS:
            joints.add(tokens.word(i))
            i += 1
        if not joints:
            return None
        if tokens.word(i) == "it" and {";", "then"} & joints:
            return i + 1, None
        k = i + 1 if tokens.word(i) == "back" else i
        if last and last.family.directions:
            side = self._side(k) or (tokens.word(k) if k > i or tokens[k + 1].is_mark else "")
            direction = side if side in last.family.directions else c.TOWARDS.get(side, "")
            if value := last.family.directions.get(direction, ""):
                return self._end(k), self._claim(value, i, self._end(k) - 1)
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
        if not joined or (form.form != c.ING and (i == 0 or not self.has_camera)):
            return
        if not (self._direction(i + 1, self._end(i + 1), form.verb) or tokens.word(i + 1) in w.PREPOSITIONS):
            return
        claims, _, _ = self._verb(i, c.CAMERAS, False, [])
        yield from claims

    def nouns(self) -> Iterator[Claim]:
        """A pan, a tilt, a zoom ..., with its direction before or behind it."""
        tokens = self.tokens
        for i in range(len(tokens)):
            word = tokens.word(i)
            value = c.MOVE_NOUNS.get(word)
            if value is None or i in self.used:
                continue
            first = i
            while tokens.word(first - 1) in c.MODIFIERS or (is_adverb(tokens.word(first - 1)) and first > 1):
                first -= 1
            before = [tokens.word(k) for k in range(first, i)]
            if not self._is_move(i, value, before, tokens.word(first - 1)):
                continue
            last = i
            if "_" not in value:
                value, last = self._moved(i, value, before)
            if value:
                yield self._claim(value, first, last)
                yield from self._speeds([k for k in range(first, i) if tokens.word(k) in c.SLOW | c.FAST])

    def _is_move(self, i: int, value: str, before: list[str], determiner: str) -> bool:
        tokens, following = self.tokens, self.tokens.word(i + 1)
        if "_" in value:
            return True
        if following == "lens" or (determiner == "the" and not before):
            return False
        if value == "roll":
            return "camera" in before or tokens.follows(i + 1, "of the camera") or (self.has_camera and bool(before))
        if determiner not in w.DETERMINERS | w.PREPOSITIONS and not before and i > 0:
            return False
        way = self._direction(i + 1, self._end(i + 1), value) or any(word in c.TOWARDS for word in before)
        if way or (value == "pan" and following in ("across", "over", "around", "along")):
            return True
        return bool(c.OF_CAMERA.intersection(before) if value == "tilt" else before) and following != "of"

    def _moved(self, i: int, noun: str, before: list[str]) -> tuple[str, int]:
        """What a noun claims with its direction, and its last word."""
        tokens, end = self.tokens, self._end(i + 1)
        directions = c.VERBS[noun].family.directions
        for word in before:
            if word.endswith(("-to-left", "-to-right")):
                return directions.get(word.rpartition("-")[2], ""), i
            if word in c.TOWARDS:
                return directions.get(c.TOWARDS[word], noun), i
        direction = self._direction(i + 1, end, noun)
        if not direction:
            return noun, i
        last = next(k for k in range(i + 1, end) if c.TOWARDS.get(tokens.word(k)) == direction)
        if tokens.word(i + 1) == "from":
            last = max(k for k in range(i + 1, end) if c.TOWARDS.get(tokens.word(k)) == direction)
        return directions.get(direction, noun), last

    def adjectives(self) -> Iterator[Claim]:
        """A static shot, a handheld camera, no camera movement."""
        tokens = self.tokens
        for i in range(len(tokens)):
            word = tokens.word(i)
            if value := c.ADJECTIVES.get(word):
                yield from self._adjective(i, value)
            elif word in ("no", "without", "zero") or tokens.follows(i, "lack of"):
                yield from self._no_movement(i)
            elif word in ("shot", "filmed", "recorded", "captured") and tokens.word(i + 1) in ("handheld", "hand-held"):
                yield self._claim(c.HANDHELD, i, i + 1)

    def _adjective(self, i: int, value: str) -> Iterator[Claim]:
        tokens = self.tokens
        k = i + 1
        skipped = c.MODIFIERS | c.ADJECTIVES.keys() | {","}
        while tokens.word(k) in skipped - c.SHOT_NOUNS[value] and k < i + 5:
            k += 1
        noun = tokens.word(k)
        if noun not in c.SHOT_NOUNS[value] or (noun == "position" and tokens.word(i - 2) != "from"):
            return
        if value in c.MOVE_NOUNS and value in c.VERBS:
            moved = self._direction(k + 1, self._end(k + 1), value)
            value = c.VERBS[value].family.directions.get(moved, value)
        yield Claim("camera", value, tokens[i].start, tokens[i].end, loose=True)

    def _no_movement(self, i: int) -> Iterator[Claim]:
        tokens = self.tokens
        for k in range(i + 1, i + 5):
            pair = tokens.words(k, 2)
            if tokens[k].is_mark:
                return
            if pair[0] == "camera" and pair[1] in ("movement", "movements", "motion", "move", "moves"):
                yield self._claim(c.STATIC, i, k + 1)
                return
            if tokens.follows(k, "movement of the camera"):
                yield self._claim(c.STATIC, i, k + 3)
                return

    def _claim(self, value: str, first: int, last: int) -> Claim:
        return Claim("camera", value, self.tokens[first].start, self.tokens[last].end)
