"""What a lead-in announced, as a sentence: "The clip shows a man walking", "What we see is a man walking"."""

from __future__ import annotations

import re

from recaption.postfilter.english import words as w
from recaption.postfilter.film import talk, verbs
from recaption.postfilter.film import words as f
from recaption.postfilter.film.grammar import sentence_from
from recaption.postfilter.film.subjects import Body, clause_or_sentence, from_video, next_word
from recaption.postfilter.film.talk import WORD
from recaption.postfilter.film.viewers import ATTENTION, from_viewer
from recaption.postfilter.vocabulary import listed

_THIS_IS = re.compile(
    r"(?:(?:this|it|the (?:video|image|clip|footage)|here) is|it['’]s|here['’]s|here are|this footage is) (?:an? "
    r"|some |the )?"
    rf"{talk.KINDS}{talk.FILM}(?: (?:clip|footage|sequence))? (?P<link>of|about|(?:that|which) (?:shows|depicts"
    r"|captures|features|follows|presents)|showing|depicting|featuring|capturing|where|in which|on which)(?= \S)"
    rf"|this is {verbs.LOOK}(?= \S)",
    re.I,
)
_HEADING = re.compile(
    rf"(?:an? |some )?{talk.KINDS}(?:video(?: clip| footage)?|clip|footage|recording|time-?lapse|gif|animation)"
    r" (?:of|showing|featuring|depicting|capturing|with|about)(?= \S)",
    re.I,
)
_HERE = re.compile(r"here (?:is|are|(?:we|you) have)(?= (?:an?|two|three|several|some) )", re.I)
_NEXT = re.compile(
    r"(?:this|that|it) (?:is|gets|was) (?:then |soon |next |in turn |immediately )?followed by|next up (?:is|are|comes)"
    r"|up next (?:is|are|comes)",
    re.I,
)
_PART_IN_WHICH = re.compile(
    r"(?:(?:then|next|now|there|here|finally) ){0,2}(?:is|comes|follows|begins) (?:an?"
    r"|the|one|another) (?P<part>(?:[\w'’-]+,? ){1,9}?)(?:in which|on which|when|where)(?= \S)",
    re.I,
)
_COMES = re.compile(
    r"(?:then |next |now |finally |after (?:this|that|which) ){1,2}(?:comes?|follows?|there is|is)"
    r" (?:an?|the|one|another) (?P<part>(?:[\w'’-]+,? ){1,5}?)(?:of|with|showing|featuring|depicting)(?= \S)",
    re.I,
)
_FINITE = re.compile(rf" (?P<verb>{'|'.join(sorted(w.THIRD_PERSON | w.AUXILIARIES))})\b")
_RELATIVE = re.compile(r"\b(?:who|that|which|where|as|while|when|and)\b|[,;]")

_WHAT = re.compile(r"(?:(?:here(?:['’]s| is) )?what|all(?: that)?) ", re.I)
_BE = re.compile(r"(?:is|are|was|were) (?=\S)")
_KNOWN = r"(?:seen|observed|noted|noticed|made out|said|told|discerned|recogni[sz]ed|shown|witnessed|stated|mentioned)"
_IT_IS = re.compile(
    rf"(?:it (?:can|could|may|might|should|must|is to) (?:also |then |clearly |now |further )?be (?:clearly )?{_KNOWN}"
    rf"|it (?:is|becomes|was) (?:also |then |clearly |now )?(?:{_KNOWN}|clear|visible|evident|apparent|obvious"
    r"|noticeable|worth noting|noteworthy|notable|to be (?:seen|noted|noticed|observed))"
    r"|(?:watch|see|observe|note|notice)|what (?:can be|is) seen is)"
    r"(?P<where>(?: [\w'’-]+){0,7}?) (?:that|how|as)(?= (?!to\b|many\b|much\b|few\b|little\b|well\b|if\b|though\b))",
    re.I,
)

_IT_IS_HERE = re.compile(r"it (?:is|was) (?P<where>(?:[\w'’-]+ ){1,12}?)that (?=\S)", re.I)
_FRONTED = listed(
    "presented shown captured depicted seen pictured displayed featured portrayed recorded filmed illustrated"
    " visible included"
    " documented introduced central"
)
_IN_FRONT = w.PREPOSITIONS | f.ADVERBS | _FRONTED | f.PROGRESS
_IS = re.compile(
    r"(?:(?:can|could|may|might) be (?:seen|observed|watched|found|made out|noticed)|(?:is|are) (?:shown|seen|presented"
    r"|depicted)|is|are|was|were|comes?|follows?|stands?|lies?|opens|unfolds|appears?|begins)(?= \w)"
)


def announced_at(sentence: str, position: int, *, opened: bool, it: bool) -> Body | None:
    """What a lead-in at `position` announced; None where there is none, or no sound sentence.

    Args:
        opened: some opening stays in front of it, so that it needs no time of its own.
        it: "it" may be the video.
    """
    if not talk.begins_talk(sentence, position):
        return None
    return (
        _from_heading(sentence, position)
        or _from_cleft(sentence, position)
        or _from_attention(sentence, position)
        or from_video(sentence, position, opened, it)
        or from_viewer(sentence, position, opened)
        or _from_inversion(sentence, position)
    )


def _from_heading(sentence: str, position: int) -> Body | None:
    """ "This is a video of a man walking", "A video of a man walking"."""
    if match := _NEXT.match(sentence, position):
        made = sentence_from(sentence[match.end() + 1 :])
        return None if made is None else ("next, " + made, match.end())
    if (match := _COMES.match(sentence, position)) and _is_picture(match["part"]):
        made = sentence_from(sentence[match.end() + 1 :])
        return None if made is None else ("next, " + made, match.end())
    if (match := _PART_IN_WHICH.match(sentence, position)) and (
        talk.names_film(match[0], talk.words_of(match["part"])) or _is_picture(match["part"])
    ):
        return (sentence[match.end() + 1 :], match.end()) if talk.only_talk(talk.words_of(match["part"])) else None
    match = _THIS_IS.match(sentence, position) or _HERE.match(sentence, position) or _HEADING.match(sentence, position)
    if match is None or not talk.are_kinds(match.groupdict().get("kinds") or ""):
        return None
    if match.re is _HEADING and _has_verb(sentence, match.end()):
        return None
    announced = sentence[match.end() + 1 :]
    if match.re is _THIS_IS and (match["link"] or "").lower().endswith(("where", "which")):
        return talk.style_of(match[0]) + announced, match.end()
    made = sentence_from(announced)
    return None if made is None else (made and talk.style_of(match[0]) + made, match.end())


def _is_picture(part: str) -> bool:
    """Whether "a picture of", behind "then comes", is one that the model was shown."""
    words = talk.words_of(part)
    return talk.only_talk(words) and not (f.FRAMES | f.STILLS).isdisjoint(words)


def _has_verb(sentence: str, position: int) -> bool:
    """Whether the sentence has a verb of its own behind a heading: "A video of a man plays on a screen"."""
    verb = _FINITE.search(sentence, position, position + 300)
    return verb is not None and not _RELATIVE.search(sentence, position, verb.start())


def _from_cleft(sentence: str, position: int) -> Body | None:
    """ "What we see is a man walking", "It can be seen that a man walks"."""
    if match := _WHAT.match(sentence, position):
        end = _end_of_what(sentence, match.end())
        if match[0].lower().startswith("all") and not talk.names_film("", talk.words_of(sentence[:end])):
            return None
        made = clause_or_sentence(sentence[end:]) if end else None
        return None if made is None else (made, end)
    if (match := _IT_IS_HERE.match(sentence, position)) and _is_talk_of_film(match["where"]):
        return from_viewer(sentence, match.end(), True) or (sentence[match.end() :], match.end())
    if (match := _IT_IS.match(sentence, position)) and talk.only_talk(talk.words_of(match["where"])):
        return sentence[match.end() + 1 :], match.end()
    return None


def _is_talk_of_film(text: str) -> bool:
    words = talk.words_of(text)
    return talk.only_talk(words) and (talk.names_film(text, words) or talk.names_frame(words))


def _end_of_what(sentence: str, position: int) -> int:
    """Where what follows "What we see in this video is" begins: behind the last "is" of the talk; 0 where none is."""
    end, before = 0, ""
    for _ in range(14):
        if before and before not in ("we", "you", "one") and (be := _BE.match(sentence, position)):
            end = be.end()
        word, after, position = next_word(sentence, position)
        if not word or not (talk.is_talk(word, before, after) or word == "camera"):
            break
        before = word
    return end


def _from_attention(sentence: str, position: int) -> Body | None:
    """ "Our attention is drawn to a man walking"."""
    match = ATTENTION.match(sentence, position)
    made = sentence_from(sentence[match.end() + 1 :]) if match else None
    return (made, match.end()) if match and made is not None else None


def _from_inversion(sentence: str, position: int) -> Body | None:
    """ "Captured in this video is a man walking", "Midway through the clip comes a dog"."""
    start, words = position, list[str]()
    while len(words) < 14:
        verb = _IS.match(sentence, position) if words else None
        if verb and (words[0] in _FRONTED or talk.names_film("", words) or talk.names_frame(words)):
            made = None if talk.tells_place(sentence[start:position]) else _inverted(words, sentence[verb.end() + 1 :])
            return None if made is None else (made, verb.end())
        token = WORD.match(sentence, position)
        if token is None or not sentence.startswith(" ", token.end()):
            return None
        position = token.end() + 1
        word, after = token[0].lower(), WORD.match(sentence, position)
        if not talk.is_talk(word, words[-1] if words else "", after[0].lower() if after else ""):
            return None
        words.append(word)
        if words[0] not in _IN_FRONT:
            return None
    return None


def _inverted(words: list[str], announced: str) -> str | None:
    following = announced.split(" ", 1)[0].lower()
    if words[0] not in _FRONTED and following not in w.DETERMINERS | {"when", "how"}:
        return None
    made = clause_or_sentence(announced)
    return made and talk.style_of(" ".join(words)) + made
