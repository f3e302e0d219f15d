"""Talk of the single frames or pictures that a model was shown: "In the third frame, a man sits down"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from recaption.postfilter.english import words as w
from recaption.postfilter.english.sentences import spans
from recaption.postfilter.film import frame_patterns as p
from recaption.postfilter.film import lead_ins, plainer, talk, wordings
from recaption.postfilter.film import words as f
from recaption.postfilter.film.asides import aside, is_free, without_sentence
from recaption.postfilter.film.frame_sentences import DIFFERENCE, end_of_frame_talk, names_own_frame
from recaption.postfilter.rule import Change, Rule

_AWAY = re.compile(r"\b(?:absent|missing|gone)\b")


def _frames(text: str) -> Iterator[Change]:
    cells = plainer.cells_of(text)
    naming = frozenset(talk.sentences_with(text, f.SHOWN_STILL | cells))
    talked = named = False
    for number, (start, end) in enumerate(spans(text) if naming else ()):
        found: Sequence[Change] = ()
        if talked or (start, end) in naming:
            change = wordings.reworded(text, start, end, cells) if (start, end) in naming else None
            found = [change] if change else _changes(text, number, start, end, talked)
        if named and not found:
            found = _from_ordinal(text, start, end)
        yield from found
        talked = bool(found)
        named = named or talked


def _changes(text: str, number: int, start: int, end: int, talked: bool) -> Sequence[Change]:
    """What becomes of a sentence that names frames, or that follows on one that did."""
    if change := _from_difference(text, start, end) or _from_clause(text, start, end):
        return [change]
    cuts = _mentions(text, start, end)
    told = end_of_frame_talk(text, start, end, cuts[-1] if cuts else None, talked=talked)
    if told == end:
        return [without_sentence(spans(text), number)]
    if told > start:
        return [Change(start, told + 1, text[told].upper())]
    if change := lead_ins.change(text, start, end, frames=True):
        return [change]
    elliptic = list(p.ELLIPSIS.finditer(text, cuts[-1].end(), end)) if cuts else []
    if len(cuts) + len(elliptic) < 2:
        return _cut(text, start, end, cuts[0] if cuts else None)
    return _contrasted(text, [*cuts, *elliptic])


def _from_ordinal(text: str, start: int, end: int) -> Sequence[Change]:
    """Where frames were spoken of, "In the second, he sits" and "The second shows him" speak of them too."""
    if match := p.IN_ORDINAL.match(text, start, end):
        return [Change(start, match.end() + 1, text[match.end()].upper())]
    match = p.ORDINAL_SHOWS.match(text, start, end)
    made = lead_ins.without_lead_in(f"{match['which']} frame shows {text[match.end() : end]}") if match else None
    return [Change(start, end, made.text)] if made else []


def _mentions(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Where a sentence names frames behind its first words."""
    return [
        match
        for match in p.CUTS.finditer(text, start + 1, end)
        if is_free(text, match.end(), sure=True)
        and names_own_frame(text, start, match[0])
        and not (match[0].startswith(" of ") and p.SOME_OF.search(text, start, match.start()))
        and not talk.tells_place(text[match.start() : match.end() + 20])
    ]


def _from_difference(text: str, start: int, end: int) -> Change | None:
    """ "Image 4 differs from image 3 in that the door is open" becomes "The door is open"."""
    match = p.DIFFERS.match(text, start, end) or p.IT_IS_IN.match(text, start, end)
    match = match or p.WHERE.match(text, start, end)
    if match is None and (match := DIFFERENCE.match(text, start, end)):
        match = match if match["clause"] else None
    if match is None or not names_own_frame(text, start, match[0]):
        return None
    clause = match.end() + text.startswith(" ", match.end())
    if text[clause:end].split(" ", 1)[0] in w.AUXILIARIES | w.THIRD_PERSON:
        return None
    return Change(start, clause + 1, text[clause].upper())


def _cut(text: str, start: int, end: int, mention: re.Match[str] | None) -> Sequence[Change]:
    """The only mention inside of a sentence goes, with the aside that it may be in."""
    noun = p.ANY.search(text, start + 1, end)
    apart = aside(text, start, end, noun) if noun else None
    if apart and (mention is None or apart.start <= mention.start()):
        return [apart] if names_own_frame(text, start, _AWAY.sub("", text[apart.start : apart.end])) else []
    if mention is None or p.INVERTING.match(text, start, end) or p.CONTRAST.search(text, mention.end(), end):
        return []
    hung = p.HUNG_ON.search(text, start, mention.start()) if mention[0].startswith((" of ", " between ")) else None
    cut = hung.start() if hung and hung.start() > start else mention.start()
    if leading := p.LEADING.search(text, start, cut):
        cut = leading.start()
    if _is_only_frames(text, start, text[start:cut]):
        return [Change(start, mention.end() + 2, text[mention.end() + 1 : mention.end() + 2].upper())]
    time = f" {mention['later']}" if mention["later"] else ""
    comma = text[cut - 1] == "," and not time and text.find(", ", mention.end() + 1, end) < 0
    return [Change(cut - comma, mention.end(), time)]


def _is_only_frames(text: str, start: int, said: str) -> bool:
    return bool(said) and names_own_frame(text, start, said)


def _from_clause(text: str, start: int, end: int) -> Change | None:
    """ ", and the next frame shows him asleep" becomes ", and he is asleep"."""
    for link in p.SHOWN_CLAUSE.finditer(text, start + 1, end):
        made = lead_ins.without_lead_in(text[link.end() : end])
        if made and made.text and names_own_frame(text, start, made.talk):
            shown = made.text.removeprefix("Next, ").removeprefix("At the end, ")
            named = f" {shown.split(' ', 1)[0]} " in text[start:end]
            return Change(link.end(), end, shown if named else shown[0].lower() + shown[1:])
    return None


def _contrasted(text: str, cuts: Sequence[re.Match[str]]) -> list[Change]:
    """What becomes of several mentions.

    Times stand for those that contrast: "full in the first frame and empty in the last". Those that compare, and those
    with a clause of their own, go. Nothing changes where neither is sure.
    """
    if cuts[-1].re is p.ELLIPSIS and cuts[-1]["than"]:
        return [Change(*cut.span(), "") for cut in cuts]
    times = [next((time for pattern, time in p.TIMES if pattern.match(cut[0].lower())), "") for cut in cuts]
    if all(times):
        return [Change(*cut.span(), time) for cut, time in zip(cuts, times, strict=True)]
    if all(cut[0].startswith(" from ") and " to " not in cut[0] for cut in cuts):
        return [Change(*cut.span(), "") for cut in cuts]  # "the dog from frame 2 barks at the cat from frame 3"
    apart = all(p.CLAUSE.search(text, one.end(), other.start()) for one, other in pairwise(cuts))
    return [Change(*cut.span(), "") for cut in cuts] if apart else []


FRAMES = Rule(
    "frame_mention",
    "single frames are not spoken of; what one shows stays",
    ("In the third frame, a man sits down. The last two frames are alike.", "A man sits down."),
    _frames,
    language="English",
)
