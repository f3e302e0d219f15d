"""What is said not to be in the scene goes: whole sentences, and clauses that a sentence can do without.

A property of a thing that is there stays ("a bicycle without a saddle"), and so does what somebody does not do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter import absence_talk as talk
from recaption.postfilter import words as w
from recaption.postfilter.by_sentence import by_sentence
from recaption.postfilter.noun_phrase import is_adverb
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.statements import is_clause, is_phrase, opens, words_of

_LONGEST = 1000  # characters of a sentence that is looked at; nobody writes longer ones
_LONGEST_PHRASE = 120
_MOST_CLAUSES = 30
_MARKS = " .!?…"
# Where a clause may begin: behind a mark, and before a conjunction that a negation follows.
_JOINT = re.compile(
    r";\s|,\s|\s[–—-]\s|—|:\s|\s?\(|\s(?=(?:and|but|so|while|whereas|although|though|because|since|as|where|yet) (?:there|no|not"
    r"|none|nobody|nothing|neither|nowhere|without|other|further)\b)|\s(?=with(?: absolutely)? (?:no|not|nothing|nobody|neither|none)\b)"
    r"|\s(?=without\b)"
)
_LINK = re.compile(
    r"(?:(?:and|but|so|yet|or|while|whereas|although|though|even though|because|since|as|for|where|also|then|here|otherwise"
    r"|however|meanwhile|notably|interestingly|instead|still|plus|again|additionally|furthermore|in addition|in which|on which),? ){0,3}"
)
_OPENED = re.compile(
    rf"(?:{'|'.join(sorted(w.PREPOSITIONS - {'of', 'without', 'like'}))}) [^,;:()]{{1,80}}?,? (?=(?:there|no|not|nobody|nothing|neither|none|one|you|we"
    r"|nowhere|(?:[a-z]+s?|is|are) (?:no|neither|nobody|nothing))\b)"
)
_BREAK = re.compile(
    r"[;:()]|\s[–—-]\s|—|,|\s(?=(?:while|whereas|although|though|because|until|when|whenever|before|after|since|if|except|but)\b)"
    rf"|(?<!s)\s(?=and (?:{'|'.join(sorted(w.THIRD_PERSON))})\b)"
    r"|\s(?=(?:and|as|so) (?:he|she|they|it|there|his|her|their|its|the|a|an|this|that|these|one|two|three|then|only|just)\b)"
)
_STOP = re.compile(r"[;:()–—\"“]| - ")
_GOES_ON = frozenset("in on at near neither not nor or anywhere whatsoever throughout let much at_all either".split())
_BUT = re.compile(
    r"\b(?:but|except|excepting|save|only|unless|until|than|just|merely|instead|rather|excluding)\b|\b(?:apart|aside) from\b|\bbesides\b"
)
_KNOWN = re.compile(
    r"\bthe only things?\b|\b(?:other than|except(?: for)?|apart from|aside from|besides|but|save for) (?:the|this|that|these|those|him|her|it|them|his|their)\b"
)
_CONNECTOR = re.compile(
    r"(?:[;:,]|\s[–—-]|—)?\s?(?:(?:and|but|so|yet|while|whereas|although|though|as|because|since) )?(?:(?:then|instead) )?"
)
_SUBORDINATE = re.compile(rf"(?:{'|'.join(sorted(w.SUBORDINATORS))}|even though) ")
_DROPPED = frozenset(["as", "while", "although", "though", "whereas", "even though"])  # without them, the clause is a sentence
_EXCEPTING = re.compile(r"(?:except|apart from|aside from|other than|besides|but for|save)\b")
_POSSESSIVE = re.compile(r"\b(?:his|her|their|its)\b")


def _absences(text: str) -> Iterator[Change]:
    return by_sentence(text, _judged) if _may_be(text) else iter(())


def _may_be(text: str) -> bool:
    lowered = f" {text.lower()} ".replace("(", " ")
    return any(stem in lowered for stem in talk.STEMS)


def _judged(text: str, start: int, end: int) -> Sequence[Change] | None:
    """The changes of one sentence; None where it says nothing else."""
    sentence = text[start:end]
    told = sentence.lower().replace("’", "'")
    if len(told) > _LONGEST or len(told) != len(sentence) or not _may_be(told):
        return ()
    told = told.rstrip(_MARKS)
    for joint, begin in _clause_starts(told):
        finish = _absence(told, begin, joint)
        if finish is not None:
            cuts = _cuts(told, joint, finish)
            if cuts is None:
                return None
            if cuts:
                return [
                    Change(start + first, start + last, sentence[last - 1].upper() if first == 0 else "")
                    for first, last in cuts
                ]
    return ()


def _clause_starts(told: str) -> list[tuple[int, int]]:
    """Where what joins a clause to the sentence begins, and where the clause does."""
    starts = [(0, 0), *(match.span() for match in _JOINT.finditer(told))]
    return starts[:_MOST_CLAUSES]


def _cuts(told: str, joint: int, finish: int) -> list[tuple[int, int]] | None:
    """The places that go with a clause; none where no sound sentence is left, None where nothing else is said.

    A place at the start takes the first letter of what is left along, since that becomes a capital.
    """
    left, right = told[:joint], told[finish:].removeprefix(")") if told[joint : joint + 2].lstrip()[:1] == "(" else told[finish:]
    if _EXCEPTING.match(_KNOWN.sub("", left)):
        return []
    conjunction = _SUBORDINATE.match(left)
    if conjunction and "," not in left and is_clause(left[conjunction.end() :]):
        if right or conjunction[0].strip() not in _DROPPED:
            return []
        return [(0, conjunction.end() + 1), (joint, finish)]
    if opens(left):
        if not right:
            return None
        connector = _CONNECTOR.match(right)
        rest = connector.end() if connector else 0
        return [(0, finish + rest + 1)] if not left and is_clause(right[rest:]) else []
    end = len(told) - len(right)
    following = words_of(right[:40])
    verb = following[:1] == ["and"] and following[1:2] or following[:1]
    verb = verb and (verb[0] in w.THIRD_PERSON or verb[0] in w.AUXILIARIES)
    return [(joint, end + 1 if right.startswith(",") and verb else end)]


def _absence(told: str, begin: int, joint: int) -> int | None:
    """Where a clause that says what is not there ends; None where the clause is none."""
    link = _LINK.match(told, begin)
    at = link.end() if link else begin
    if told.startswith(("with ", "without "), at):
        return _accompanied(told, at, comma=told[joint] == ",")
    if (opened := _OPENED.match(told, at)) and opens(opened[0]):
        if inverted := talk.INVERTED.match(told, opened.end()):
            return _finish(told, at, inverted.end())
        finish = _denial(told, opened.end(), joint, bare=False)
        if finish is not None:
            return finish
    return _denial(told, at, joint, bare=at == begin and told[joint : joint + 1] == "," and not opens(told[:joint]))


def _denial(told: str, at: int, joint: int, bare: bool) -> int | None:
    """The same, of a clause without a conjunction or an opener in front of it; `bare` where only a comma is there."""
    for pattern in talk.PLAIN_CLAUSES:
        clause = pattern.match(told, at)
        if clause and is_phrase(clause.groupdict().get("phrase") or "thing") and (finish := _finish(told, at, clause.end())):
            return finish
    for opening, predicate in talk.PARTED:
        if (opened := opening.match(told, at)) and (said := _behind_phrase(told, opened.end(), predicate)):
            return _finish(told, at, said.end())
    bare = bare and not told.startswith(("other ", "further ", "additional "), at)
    if not bare and (said := _behind_phrase(told, at, talk.NOT_THERE)) and (finish := _finish(told, said.end(), said.end())):
        tail = told[said.end() : finish]
        whole = joint == 0 and finish == len(told)
        return finish if _can_be_absent(words_of(told[at : said.start()]), said, tail, whole) and (_is_place(tail, said[0]) or bool(said["stay"]) and is_phrase(tail)) else None
    end = _end(told, at)
    if (plain := talk.PLAIN.match(told, at, end)) and _is_plain(plain["phrase"], inside=joint > 0 or end < len(told)):
        return end
    return None


def _behind_phrase(told: str, at: int, predicate: re.Pattern[str]) -> re.Match[str] | None:
    """The first predicate that a noun phrase from `at` on has."""
    stop = _STOP.search(told, at, at + _LONGEST_PHRASE)
    for said in predicate.finditer(told, at, stop.start() if stop else at + _LONGEST_PHRASE):
        if is_phrase(told[at : said.start()]):
            return said
    return None


def _is_plain(phrase: str, inside: bool) -> bool:
    """Whether a negated phrase without a verb is of the kind "No people in sight", "No text or logos"."""
    words = words_of(phrase)
    acts = any(word in w.FINITE for word in words)
    return not acts and is_phrase(phrase) and not _BUT.search(phrase) and bool(
        talk.IN_SIGHT.search(phrase) if inside else talk.IN_VIEW.search(phrase) or talk.SCENERY.search(phrase)
    )


def _finish(told: str, begin: int, said: int) -> int | None:
    """The end of a clause that has said by `said` that something is not there; None where it makes an exception."""
    end = _end(told, said)
    clause = _KNOWN.sub("", told[begin:end])
    dash = told[:begin].rstrip()[-1:] in ("-", "–", "—")
    return None if _BUT.search(clause) or (dash and not talk.IN_VIEW.search(clause)) else end


def _can_be_absent(words: list[str], said: re.Match[str], tail: str, whole: bool) -> bool:
    """Whether a subject is of the kind that its predicate takes out of the scene.

    "Pedestrians do not walk here", but not "The man does not walk" or "A pedestrian does not walk".
    """
    if words[0] in _NEVER_ABSENT or words[0] in w.PREPOSITIONS or w.is_participle(words[0]):
        return False
    if words[:3] == ["the", "presence", "of"]:
        return not said["stay"]
    if words[0] in ("the", "this", "that", "these", "those"):
        return whole and bool(said["strong"]) and not any(word.endswith(("'s", "s'")) for word in words)
    single = words[0] in ("a", "an", "another", "either")
    if "missing" in said[0] or "lacking" in said[0]:
        joined = "and" in words or "or" in words
        return not _POSSESSIVE.search(tail) and (not single or joined or " from " in said[0] + tail)
    if said["strong"] or said["gone"] or said["appear"]:
        return True
    placed = re.match(r"(?:is|was|has not been|hasn't been)\b", said[0])
    if single and said["stay"] and _COVERS.search(said[0]):
        return True
    return bool(placed) if single or words[0] == "any" else _plural(words)


def _plural(words: list[str]) -> bool:
    """Whether a noun phrase without an article is plural, or names what is not counted."""
    head = words
    for i, word in enumerate(words):
        if i and word in w.PREPOSITIONS:
            head = words[:i]
            break
    return "and" in words or head[-1].endswith("-by") or "or" in words or w.is_plural(head[-1], bare=True) or head[-1] in _MASS


_COVERS = re.compile(
    r" (?:surround|enclose|border|line|cover|separate|span|block|adorn|decorate|accompany|divide|protect|shade|light|illuminate|frame"
    r"|crown|stand|hang|flank|mark|share)\b"
)
_MASS = frozenset("snow ice water traffic smoke music light grass furniture rain fog mist moss sand fire wind dust".split())
_NEVER_ABSENT = frozenset(
    """he she they it his her their its my our your each every both some several many most all everything everyone
    everybody someone somebody something this these those who which what one two three four five six seven eight nine ten
    you we i there few and but or if when while as""".split()
) - {"this", "these", "those"}


def _is_place(tail: str, said: str) -> bool:
    words = words_of(tail)
    return not words or words_of(said)[-1] in w.PREPOSITIONS or words[0] in w.PREPOSITIONS or is_adverb(words[0]) or words[0] in _AFTERWARDS


_AFTERWARDS = frozenset("altogether anywhere either here there or and nor whatsoever whatever once this during yet today nearby".split())


def _end(told: str, position: int) -> int:
    """Where a clause ends that has said what it says by `position`; a list goes on behind its commas."""
    listing = False
    for mark in _BREAK.finditer(told, position):
        if mark[0] != "," or not _is_listed(told[mark.end() :], listing):
            return mark.start()
        listing = True
    return len(told)


def _is_listed(rest: str, listing: bool) -> bool:
    mark = _BREAK.search(rest)
    part = rest[: mark.start()] if mark else rest
    words = words_of(part)
    if not words:
        return False
    if words[0] in _GOES_ON:
        return True
    if words[0] == "and":
        return words[1:2] and (words[1] in _GOES_ON or (listing and words[1] not in w.FINITE and is_phrase(part.partition("and ")[2])))
    ends = re.search(r"\b(?:or|nor|and)\b", rest)
    return bool(ends) and is_phrase(part) and words[0] not in w.PREPOSITIONS | w.DEFINITE and not w.is_participle(words[0])


_ACCOMPANIED = re.compile(r"(?:with (?:absolutely |virtually )?(?P<no>no|not an?|not any|nothing|nobody|no one|neither|none) ?|without (?:any |an? )?)")


def _accompanied(told: str, at: int, comma: bool) -> int | None:
    """The end of "with no other people in view", "without any visible text"."""
    opened = _ACCOMPANIED.match(told, at)
    if opened is None:
        return None
    end = _end(told, opened.end())
    body = told[opened.end() : end]
    if _BUT.search(_KNOWN.sub("", body)) or len(body) > 160:
        return None
    first = body[:40]
    other = talk.OTHER.match(first) or opened["no"] in ("nobody", "no one")
    sight, visible = talk.IN_SIGHT.search(body), talk.IN_VIEW.search(body)
    scene = talk.SCENERY.search(first)
    acting = scene and talk.ACTING.search(body)
    if opened["no"]:
        found = other or visible or acting or (comma and scene)
    else:
        found = sight or (scene and (visible or comma or other))
    return end if found else None


ABSENCES = Rule(
    "absence",
    "what is said not to be in the scene goes",
    ("There are no other people. A man walks, with no cars in sight.", "A man walks."),
    _absences,
)
