"""Sentences that begin with the video, or with those who watch it, instead of with what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter import film_talk as talk
from recaption.postfilter import words as w
from recaption.postfilter.grammar import number_of, sentence_from
from recaption.postfilter.rule import Change, Rule, Sign
from recaption.postfilter.sentences import capitalised, spans

_HAS_VERB = re.compile(rf" (?:{'|'.join(sorted(w.THIRD_PERSON | w.AUXILIARIES))})\b")
_FOLLOWED = re.compile(r" as (?=(?:he|she|they|it) )")


def _lead_ins(text: str) -> Iterator[Change]:
    shown = talk.first_shown(text)
    for start, end in spans(text):
        if start > shown:
            return
        sentence = text[start:end]
        rewritten = _rewritten(sentence)
        if rewritten != sentence:
            yield _narrow(start, sentence, rewritten)


def _is_left(text: str) -> bool:
    """Whether a sentence still announces what the video shows."""
    shown = talk.first_shown(text)
    for start, end in spans(text):
        if start > shown:
            return False
        subject = talk.SUBJECT.match(text, start, end)
        verb = talk.VERB.match(text, subject.end(), end) if subject else None
        if verb and (verb["show"] or verb["hedge"] or verb["end"]):
            return True
    return False


def _rewritten(sentence: str) -> str:
    """The sentence without its lead-in."""
    kept, position = _openings(sentence, 0)
    this_is = talk.THIS_IS.match(sentence, position) or talk.VIDEO_OF.match(sentence, position)
    if this_is and (this_is.re is talk.THIS_IS or not _HAS_VERB.search(sentence)):
        made = sentence_from(sentence[this_is.end() :])
        return capitalised(kept + _style(this_is["style"]) + made) if made else sentence
    if opening := talk.OPENING.match(sentence, position):
        again, position = _openings(sentence, opening.end())
        kept += opening[0] + again
    body = None
    if subject := talk.SUBJECT.match(sentence, position):
        body = _without_video(sentence, subject, bool(kept))
    elif viewer := talk.VIEWER.match(sentence, position):
        body = _without_viewer(sentence[viewer.end() :], bool(kept))
    if body == "" or (body is None and not position):
        return sentence if body is None else ""
    return capitalised(kept + (sentence[position:] if body is None else body))


def _openings(sentence: str, position: int) -> tuple[str, int]:
    """What stands for the openings that go from `position` on, and where they end."""
    kept = ""
    while True:
        if match := talk.DROPPED.match(sentence, position):
            position = match.end()
        elif match := talk.AT_THE_END.match(sentence, position):
            kept, position = "at the end, ", match.end()
        else:
            return kept, position


def _without_video(sentence: str, subject: re.Match[str], opened: bool) -> str | None:
    """What follows "the video" as a sentence; None where its verb is in no table, or says nothing of a video."""
    verb = talk.VERB.match(sentence, subject.end())
    if verb is None:
        return None
    rest = sentence[verb.end() :]
    if viewers := talk.TO_VIEWERS.match(rest):
        rest = rest[viewers.end() - 1 :]
    rest, tail = _second_verb(rest)
    announced = rest.removeprefix(" ")
    made = _announced(verb, announced)
    if made is not None:
        return made and _time(subject, verb, opened) + _style(subject["style"]) + made + tail
    if re.fullmatch(talk.STAGE, subject["noun"], re.I) or subject["noun"].lower() in ("images", "visuals"):
        return None
    if verb["be"] and not subject["noun"].lower().startswith(("video", "footage")):
        return None  # "the film is thin", "the picture is crooked"
    if verb["camera"]:
        return f"the camera {verb[0]}{rest}{tail}"
    return f"{_style(subject['style'])}the scene {subject['adverbs']}{verb[0]}{rest}{tail}"


def _announced(verb: re.Match[str], announced: str) -> str | None:
    """What a verb of showing announced, as a sentence."""
    if verb["clause"]:
        return announced
    if verb["focus"]:
        return f"the focus is on {announced}"
    if verb[0] in ("maintains", "retains") and (focus := talk.FOCUS_KEPT.match(announced)):
        return f"the focus remains on {announced[focus.end() :]}"
    followed = verb[0] == "follows" and _FOLLOWED.search(announced[:120])
    if verb["show"] or verb["hedge"] or verb["end"] or verb["shot"] or followed:
        return sentence_from(announced, verb["hedge"] or "")
    return None


def _time(subject: re.Match[str], verb: re.Match[str], opened: bool) -> str:
    """The time that a lead-in told, as an opening: "the video then shows", "the next scene", "the video ends with"."""
    if opened:
        return ""
    times = [word for word in subject["adverbs"].lower().split() if word in talk.TIME_ADVERBS]
    which = subject["which"].lower().strip()
    if times:
        return f"{times[0]}, "
    if which in talk.LATER:
        return "next, "
    return "at the end, " if verb["end"] or which in talk.LAST else ""


def _style(style: str | None) -> str:
    """The style that a lead-in named, as an opening: "the animated video shows"."""
    if not style:
        return ""
    return next(opening for name, opening in talk.STYLES.items() if name.lower() == style.lower())


def _second_verb(rest: str) -> tuple[str, str]:
    """Parts "a man walking and then cuts to a dog" in two; where a relative clause may own the verb, it stays whole."""
    match = talk.SECOND_VERB.search(rest[:600])
    if match is None or re.search(r"\b(?:who|that|which)\b", rest[: match.start()]):
        return rest, ""
    subject = "camera" if match["verb"] in ("zoom", "pan") else "scene"
    return rest[: match.start()] + ".", f" The {subject} then {w.third_person(match['verb'])} {rest[match.end() :]}"


def _without_viewer(rest: str, opened: bool) -> str | None:
    """What follows "we" as a sentence; None where "we" does not watch."""
    sees = talk.SEES.match(rest)
    if sees is None:
        return None
    times = [word for word in sees[0].split() if word in talk.TIME_ADVERBS]
    opening = f"{times[0]}, " if times and not opened else ""
    seen = rest[sees.end() :]
    if sees["after"] or sees["watch"]:
        return opening + seen
    made = _with_finite_verb(seen) or sentence_from(seen)
    return None if made is None else opening + made


def _with_finite_verb(seen: str) -> str | None:
    """ "a man walk to the door" becomes "a man walks to the door"."""
    tokens = seen[:200].split(" ")[:8]
    for i, token in enumerate(tokens):
        if token.endswith(",") or token.lower() in w.PREPOSITIONS - {"of"} or w.is_participle(token):
            return None
        verb = token.rstrip(".")
        following = tokens[i + 1].rstrip(".,") if i + 1 < len(tokens) else ""
        if (
            i
            and verb in w.PURE_VERBS
            and (not following or following in w.PREPOSITIONS | w.DETERMINERS | w.CONJUNCTIONS)
        ):
            subject = " ".join(tokens[:i])
            form = w.third_person(verb) if number_of(subject) == "is" else verb
            return f"{subject} {form}{seen[len(subject) + 1 + len(verb) :]}"
    return None


def _narrow(start: int, old: str, new: str) -> Change:
    """The change from one sentence to another, without the words that both end with."""
    shared = 0
    limit = min(len(old), len(new)) - 1
    while shared < limit and old[-1 - shared] == new[-1 - shared]:
        shared += 1
    while shared and not old[-shared].isspace():
        shared -= 1
    return Change(start, start + len(old) - shared, new[: len(new) - shared])


LEAD_INS = Rule(
    "lead_in",
    'what only announces goes ("The video shows", "As the video progresses,", "We see"), the sentence stays one',
    ("The video shows a man walking down a street.", "A man is walking down a street."),
    _lead_ins,
    language="English",
)
LEFT = Sign(
    "lead_in",
    "a sentence still announces what the video shows; no rule had a sound sentence for it",
    "The video shows nothing but darkness.",
    _is_left,
    language="English",
)
