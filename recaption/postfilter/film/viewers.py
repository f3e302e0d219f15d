"""Those who watch the video as the subject of a sentence: "Then we see a man walking"."""

from __future__ import annotations

import re

from recaption.postfilter.english import words as w
from recaption.postfilter.film import talk
from recaption.postfilter.film import words as f
from recaption.postfilter.film.grammar import number_of, sentence_from
from recaption.postfilter.film.subjects import DETERMINERS, NO_CLAUSE, Body
from recaption.postfilter.film.talk import FILM, WORD
from recaption.postfilter.film.verbs import ADVERBS, INTO, LOOK, SEE, SHOWING, TO_SHOW
from recaption.postfilter.vocabulary import listed

_VIEWER = re.compile(
    r"(?:(?:we|you)(?:['’](?:re|ve|ll|d))?|viewers|the viewers?|an? (?:viewer|observer|onlooker)|the (?:observer"
    rf"|onlooker|watcher)|(?:those who|whoever) (?:watch|watches|views)(?: (?:the|this) {FILM})?"
    rf"|(?:those|anyone|anybody|everyone) watching(?: (?:the|this) {FILM})?|the audience(?= (?:is|are|gets) )"
    r"|one(?= (?:can|could|may|might|gets to|is (?:shown|introduced to|presented with|treated to))\b)"
    r"|one(?= (?:sees|notices|observes|learns|gathers|realises|realizes) (?:how|that)\b)) ",
    re.I,
)
_ONE_SEES = re.compile(
    r"one (?:also )?(?:sees|notices|observes|spots|finds|discovers)(?= (?:an?|the|two|three|several|some)\b)"
)
_BEFORE_VIEWER = DETERMINERS | f.FILMS | listed("what it there which that who whom where and but so")

_HELPING = (
    r"(?:(?:can|could|may|might|will|would|shall|are|is|am|were|was|get|gets|have|has|had|do|does|did|able|to|be|been"
    r"|being|begin|begins|start|starts|come|comes|allowed|invited|given|the|chance|opportunity|privilege|made|asked"
    r"|permitted|free|then|also|now|next|first|again|finally|initially|soon|even|clearly|here|there|still|just"
    r"|immediately|eventually|later|subsequently|additionally|further|all|both|only|briefly|primarily|mainly"
    r"|essentially) ){0,8}"
)
_SELF = r"(?:our|your|him|her|them)sel(?:f|ves)"
_ACTIVE = (
    r"(?:see|observe|notice|witness|spot|glimpse|discover|perceive|behold|encounter|meet|visit|follow|join|recogni[sz]e"
    r"|distinguish|view|experience|watch(?: on)?|note|tell|discern|detect|admire|study|examine|learn|gather|reali[sz]e"
    r"|accompany)(?:e?s)?",
    rf"finds?(?! {_SELF})",
    r"makes? out|comes? (?:across|upon)|stays? with|(?:get|come)s? closer to|becomes? (?:an? )?witness(?:es)? (?:to"
    r"|of)",
    rf"(?:catch(?:es)?|gets?|takes?|has|have|enjoys?|gains?|receives?) (?:sight of|{LOOK})",
    r"looks? (?:at|in on|into|down (?:on|at|into)|out (?:on|over|at)|over|up at|on)",
    r"seeing|watching|looking at|observing|viewing|following|witnessing",
    r"peeks? (?:at|into|inside)|gaz(?:e|es|ing) (?:at|into|upon|over)",
    r"(?:have|has|got|get|gets|catch|catches)(?: before (?:us|you))?(?= (?:an?|two|three|several|some|another) )",
    rf"(?:are|finds? {_SELF}|end up|stand)(?: now| back| here)? (?:in|on|at|inside)",
)
_BEHIND_BE = (
    r"(?:(?<=is )|(?<=are )|(?<=be )|(?<=been )|(?<=being )|(?<=get )|(?<=gets )|(?<=were )|(?<=was )|(?<=['’]re )"
    r"|(?<=then )|(?<=now )|(?<=next )|(?<=also )|(?<=first )|(?<=again ))"
)
_SHOWN = (
    rf"{_BEHIND_BE}(?:shown|introduced to|presented with|treated to|greeted (?:by|with)|met (?:by|with)|offered|granted"
    r"|welcomed (?:by|with)|confronted with|faced with|given|provided with|served|handed|left with|acquainted with"
    r"|taken|led|brought|transported|guided|drawn|directed|plunged|immersed|carried|whisked|invited|dropped|placed|put"
    r"|allowed"
    rf"|ushered|thrown|walked|pulled|pointed)(?: {ADVERBS}{INTO}(?= )(?! {SEE}\b))?(?: (?:to )?{SEE}(?= ))?(?: {LOOK})?"
)
_MOVING = (
    r"(?:begin|start|open|move|go|turn|come|return|travel|arrive|proceed|continue|land|pass|step|enter|head|get|dive"
    r"|walk|venture)(?:e?s)?(?: (?:off|out|up|on|over|in|back|along|forward|down|away|now|here))?"
    rf" (?:with|on|to|into|at|in|inside|upon|by {SHOWING}|by (?:seeing|watching|looking at)|{TO_SHOW}|to see)"
)
SEES = re.compile(
    rf"{_HELPING}(?:(?:{'|'.join(_ACTIVE)}|{_SHOWN})(?: {LOOK})?|{_MOVING}"
    r"|(?P<end>(?:end|finish|conclude|close|leave off|wrap up)s?(?: (?:up|off|out))? (?:with|on|by (?:seeing"
    r"|watching)))|(?P<cut>(?:cut|switch|jump|shift|transition|fade)(?:e?s)? (?:back )?to)"
    r"|(?P<camera>zooms? (?:in|out)(?: on)?|pans?|tilts?))"
    r"(?: (?:along|on|up|down|away|out))?(?P<after> (?:that|as|how|while))?(?= \S)"
)
"""What those who watch do: "can see", "are treated to", "get a glimpse of"."""

ATTENTION = re.compile(
    r"(?:(?:our|your|the viewers?['’]s?|viewers['’]|the audience['’]s|one['’]s|all) (?:\w{3,12} )?"
    r"(?:attention|gaze|eyes?|interest)|the (?:viewer['’]s )?eye|attention|(?:our|the viewers?['’]s?) (?:focus|view))"
    rf" {_HELPING}(?:drawn|directed|turned|turns?|shifts?|shifted|moves?|goes|go|falls?|guided|led|lands?|settles?"
    r"|rests?"
    r"|pulled|placed|brought|called|focused|fixed|captured|caught|held|attracted|steered|follows?|wanders?|drifts?)"
    rf"(?: (?:back|over|away|now|then|next|first|immediately|straight))?(?: by (?:the|this|our) {FILM})?"
    r" (?:to|towards?|on|onto|upon|by)(?= \S)",
    re.I,
)
"""Where those who watch are said to look: "our attention is drawn to"."""


def from_viewer(sentence: str, position: int, opened: bool) -> Body | None:
    """ "Then we see a man walking"; None where "we" does not watch."""
    if position and (one := _ONE_SEES.match(sentence, position)):
        made = sentence_from(sentence[one.end() + 1 :])
        return None if made is None else (made, one.end())
    start, words = position, list[str]()
    while (viewer := _VIEWER.match(sentence, position)) is None:
        token = WORD.match(sentence, position)
        if token is None or len(words) == 8 or not sentence.startswith(" ", token.end()):
            return None
        position = token.end() + 1
        word, after = token[0].lower(), WORD.match(sentence, position)
        if not talk.is_talk(word, words[-1] if words else "", after[0].lower() if after else ""):
            return None
        words.append(word)
        if words[0] in _BEFORE_VIEWER:
            return None
    sees = SEES.match(sentence, viewer.end())
    made = _seen(sees, sentence[sees.end() + 1 :]) if sees else None
    if sees is None or made is None:
        return None
    kept = sentence[start:position] if words and f.ADVERBS.issuperset(words) and "here" not in words else ""
    times = [word for word in sees[0].split() if word in f.TIME_ADVERBS]
    if not kept and not opened:
        kept = f"{times[0]}, " if times else "at the end, " if sees["end"] else ""
    return kept + made, sees.end()


def _seen(sees: re.Match[str], seen: str) -> str | None:
    """What was seen, as a sentence."""
    if sees["cut"]:
        return f"the scene {w.third_person(sees['cut'].split(' ')[0].removesuffix('s'))} to {seen}"
    if sees["camera"]:
        return f"the camera {w.third_person(sees['camera'].split(' ')[0].removesuffix('s'))} {seen}"
    if sees["after"]:
        return None if NO_CLAUSE.match(seen) else seen
    return _with_finite_verb(seen) or sentence_from(seen)


def _with_finite_verb(seen: str) -> str | None:
    """ "a man walk to the door" becomes "a man walks to the door"."""
    tokens = seen[:200].split(" ")[:8]
    for i, token in enumerate(tokens):
        if token.endswith(",") or token.lower() in w.PREPOSITIONS - {"of"} or w.is_participle(token):
            return None
        verb = token.rstrip(".")
        following = tokens[i + 1].rstrip(".,") if i + 1 < len(tokens) else ""
        pure = verb in w.PURE_VERBS and (not following or following in w.PREPOSITIONS | w.CONJUNCTIONS)
        if i and (pure or (verb in w.BASES and following in w.DETERMINERS)):
            subject = " ".join(tokens[:i])
            form = w.third_person(verb) if number_of(subject) == "is" else verb
            return f"{subject} {form}{seen[len(subject) + 1 + len(verb) :]}"
    return None
