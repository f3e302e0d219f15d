"""What a model thought before it spoke: in tags, or in sentences that plan a caption.

Between tags everything is thinking. Without them, a block at the start is, when its sentences weigh enough: they speak of
the task, of the words to use, of the one who writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter import words as w
from recaption.postfilter.markup import skip_tokens
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.segments import Segment, segments, without, word_set

_NAME = (
    r"(?:[a-z0-9]{1,12}[ _:.-]){0,3}(?:think\w{0,4}|thoughts?|reason(?:ing|s)?|reflect\w{0,4}|scratch[ _-]?pad|scratch|analy[sz]\w{1,4}"
    r"|deliberat\w{1,4}|monologue|ponder\w{0,4}|brainstorm\w{0,4}|rationale|cot|draft\w{0,4}|internal|plan(?:ning)?|notes?|musings?"
    r"|思考|推理|分析)(?:[ _:.-][a-z0-9]{1,12}){0,3}"
)
_TAG = re.compile(rf"[<\[{{◁【⟨«][|｜{{]?\s?(?P<slash>[/\\])?\s?(?P<name>{_NAME})\s?[|｜}}]?[>\]}}▷】⟩»]", re.I)
_ENDS = re.compile(r"(?:end|close|stop)[ _:.-]|.*[ _:.-](?:end|close|stop)\Z", re.I)
_BLOCKS = (
    re.compile(
        r"<[|｜]channel[|｜]>\s{0,4}(?:analysis|commentary)\b(?:(?!<[|｜](?:channel|end)[|｜]>).)*"
        r"(?:<[|｜]end[|｜]>(?:\s*<[|｜]start[|｜]>\s*assistant)?)?",
        re.S,
    ),
    re.compile(
        r"(?:<[|｜]start[|｜]>\s{0,4}assistant\s{0,4})?<[|｜]channel[|｜]>\s{0,4}final\s{0,4}(?:<[|｜]message[|｜]>)?"
    ),
    re.compile(r"\A\s*analysis(?=[A-Z])(?:(?!assistant\s?final).){1,20000}assistant\s?final\s?", re.S),
    re.compile(rf"^(?:```|~~~)`? ?(?:{_NAME})\b(?:(?!```|~~~).){{0,20000}}(?:```|~~~)`?", re.S | re.M | re.I),
    re.compile(
        rf"<details>\s*<summary>[^<]{{0,40}}?(?:{_NAME})[^<]{{0,40}}</summary>(?:(?!</details>).){{0,20000}}</details>",
        re.S | re.I,
    ),
)
_HEADING = re.compile(
    r"(?:#{1,4} ?)?[*_]{0,3}\(?(?:(?:my|internal|step[- ]by[- ]step|initial|quick|private|inner|silent) )?(?:thoughts?|thinking|thought process|reasoning"
    r"|(?:reasoning|thinking) process|scratch ?pad|analysis|notes(?: to (?:self|myself))?|plan|planning|working(?: notes)?|draft(?: notes)?"
    r"|brainstorm(?:ing)?|deliberation|self-?check|chain[- ]of[- ]thought|here(?:'s| is) my (?:thought process|thinking|reasoning))\)?[*_]{0,3} ?(?::[*_]{0,3}|\n)",
    re.I,
)
_CUE = re.compile(
    r"(?:^|(?<=[.!?…\"”)]\s))(?:#{1,4} ?)?[*_]{0,3}(?:(?:so|now|okay|ok|alright|and)[, ]+)?(?:here(?:'s| is|’s) )?(?:(?:my|the) )?"
    r"(?:(?:final|english|actual|full|finished|polished|clean|dense|one-paragraph|written|revised) ){0,2}(?:answer|caption|response|output|description|result|version|paragraph|write-?up)"
    r"[*_]{0,3} ?(?::[*_]{0,3}|[*_]{0,3}\n)\s*",
    re.I | re.M,
)
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")

_HINTS = frozenset(
    """I I'm I'll I'd I've Let Let's Okay OK Ok Hmm Hm Wait Alright prompt instruction instructions caption Caption
    description paragraph paragraphs sentence sentences tense headings bullet mention Avoid Need Must Mention Thinking
    Reasoning Thought Thoughts Analysis Plan prose guess guessing wording neutral chronological We we frames stills
    opinions rules user plan adjectives So speculate speculation unclear Note Skip Keep Task""".split()
)
_WRITER = re.compile(
    r"\bI(?:'ll|'d|'m|'ve| will| would| should| shall| need| must| can't| cannot| could| might| may| have| had| want| was| am| think| guess"
    r"| suppose| believe| assume| wonder| don't| won't| do| did| keep| start| begin| write| mention| describe| skip| count| know| remember| check"
    r"| go| avoid| note| just| only| first| still| better| shouldn't)\b"
    r"|\b[Ww]e(?:'ll|'d| will| would| should| shall| need| must| have to| are given| shouldn't| could| want| mention| describe| keep| avoid| write)\b"
    r"|\b[Ll]et(?: me|'s| us)\b(?! [A-Z])|\b(?:do|am|should|can|could|must|would|will) (?:I|we)\b"
    r"|\b(?:user|prompt|question|instructions?|task|request|rules?|guidelines?|system message|assignment|brief|client)(?:'s)? (?:\w+ ){0,2}(?:asks?|asked|asking|wants?"
    r"|wanted|says?|said|needs?|requires?|forbids?|tells?|expects?|calls|mentions?|specif\w+|states?|limits?|demands?|prefers?|allows?|is to|is for|excludes?|bans?)\b"
    r"|\b[Tt]hey (?:ask|want|asked|wanted|expect|need) (?:me|for|a|an|the|one|to|only|no|plain|english|English|camera|it)\b"
    r"|\b(?:my|My|the|The) (?:caption|description|answer|response|output|paragraph|summary|draft|wording|plan) (?:should|must|needs?|has to|is to|will|can|may|is|would)\b"
    r"|\b(?:[Tt]o (?:caption|describe) (?:this|it|the)|[Gg]iven the (?:instruction|prompt|task|rules?|request))\b"
)
_SEES = re.compile(r"\bI (?:can )?(?:also )?(?:see|saw|notice|get|got|observe|spot)\b")
_SURE = re.compile(
    r"(?:okay|ok|hmm+|hm|alright|all right|wait|got it|let's see|good|done|fine|right|oh|ah|actually|hold on|so|great|now|interesting)(?:[,.:;!?…]| [-–—])"
    r"|(?:yes|no)[,:]|(?:okay|ok|alright),? (?:so|now|let|i|this|the user|we)\b|hmm+\b|so (?:the|it|this|that|a|first|in|we|i|there)\b|not sure\b"
    r"|\(?(?:internal |quick |my )?(?:thinking|reasoning|thoughts?|thought process|note(?: to self)?|plan|task|scratch ?pad|check)\s*:|quick check\b|(?:then|next) (?:a|the|come)\b",
    re.I,
)
_ORDER = re.compile(
    r"(?:avoid|don't|do not|keep|mention|describe|write|use|skip|count|start|begin|no need|must|need|needs|stay|remember|include|focus|stick|make sure"
    r"|check|note|draft|output|never|leave|omit|list|stop|follow|say|cover|finish|go|double-check|try|combine|pick|put|aim|limit|consider|watch out|only (?:say|what|the)"
    r"|nothing about|present tense|plain (?:text|prose)|no (?:\w+ ){0,2}(?:headings?|lists?|markdown|bullets?|names?|guess\w*|mood|emotions?|opinions?|adjectives?|quotes?|numbering|text)"
    r"|(?:about |around |roughly )?(?:one|two|three|four|\d+|fifty|sixty|eighty|a hundred)(?: (?:or|to) \w+)? (?:sentences?|paragraphs?|words)|should|maybe|perhaps|probably|possibly|length|looking at)\b",
    re.I,
)
_TASK = re.compile(
    r"\b(?:captions?|descriptions?|prompt|user|instructions?|paragraphs?|sentences?|(?:present|past) tense|bullets?|bullet points?|headings?|markdown|prose|wording|answer"
    r"|writ(?:e|ing)|mention(?:ing)?|describ(?:e|ing)|guess(?:es|ing)?|plain text|flowing text|chronologic\w+|objective|neutral|third person|output|no lists?|unsure|unclear"
    r"|legible|readable|in order|safer|skip|no need|(?:\d+|ten|twenty|thirty|forty|fifty|sixty|eighty|hundred|few|many|these) words|speculat\w+|whether|adjectives?|opinions?|numbering|rules?|enough|visible|worth|leave (?:it|that|out)|frames|stills"
    r"|subject|action|(?:could|might|may|must) be|probably|roughly|the clip|the video)\b|→|->|=>|\d ?[-–] ?\d+ ?s\b|\d+ s:",
    re.I,
)
_REFUSES = re.compile(
    r"\b(?:sorry|apolog\w+|as an ai|language model|unable to|(?:can't|cannot|can not|won't|couldn't) (?:\w+ )?(?:help|assist|provide|fulfil\w*|comply|view|watch|access|open|process"
    r"|caption|describe (?:the|this|it)|continue)|against my|my guidelines|not (?:able|allowed|trained))\b",
    re.I,
)
_PERHAPS_VERB = re.compile(r"\w{2}(?:s|ed)\b")
_CERTAIN_WORDS = frozenset(
    "I I'm I'll I'd I've we We Let Let's let user prompt instruction instructions question task request rules".split()
)
_TERSE = 60  # characters of a sentence as it is thought
_MOST_NOTES = 12
_LATEST = 3  # sentences among which thinking without tags begins
_SHORT = 60  # characters of a sentence that may lack a verb
_CERTAIN = 5  # weight at which a sentence is thinking wherever it stands


def _thinking(text: str) -> Iterator[Change]:
    found = [*_tagged(text)]
    for pattern in _BLOCKS if "channel" in text or "analysis" in text or "```" in text or "<details" in text else ():
        found += [Change(match.start(), match.end(), " ") for match in pattern.finditer(text)]
    if found:
        done = 0
        for change in sorted(found, key=lambda change: (change.start, -change.end)):
            if change.start >= done:
                yield change
                done = change.end
    elif not _HINTS.isdisjoint(word_set(text)):
        yield from _untagged(text)


def _tagged(text: str) -> Iterator[Change]:
    """What stands between tags; before a closing tag alone what speaks of the task, behind an opening one too."""
    opened: int | None = None
    inner = done = 0
    for tag in _TAG.finditer(text):
        if not (tag["slash"] or _ENDS.match(tag["name"])):
            if opened is None:
                opened, inner = tag.start(), tag.end()
            continue
        start = opened
        if start is None:
            stray = not any(map(str.isalpha, text[tag.end() :])) or _is_caption(text[done : tag.start()])
            start = tag.start() if stray else done
        yield Change(start, tag.end(), "")
        opened, done = None, tag.end()
    if opened is not None:
        yield Change(opened, _end_of_thought(text, inner), "")


def _is_caption(text: str) -> bool:
    weights = [_weight(part) for part in segments(text)]
    return len(weights) > 2 and sum(weights) * 4 < len(weights)


def _end_of_thought(text: str, start: int) -> int:
    """Where thinking that was opened at `start` and never closed gives way to the caption."""
    parts = [part for part in segments(text) if part.end > start]
    weighty = [i for i, part in enumerate(parts) if _weight(part) >= 1]
    end = weighty[-1] + 1 if weighty else 0
    if end and len(parts) - end > 1:
        block_end = _BLANK.search(text, parts[end - 1].start)
        return min(parts[end].start, block_end.end()) if block_end else parts[end].start
    block_end = _BLANK.search(text, start)
    return block_end.end() if block_end else start


def _untagged(text: str) -> Iterator[Change]:
    """Thinking at the start, by blocks or by sentences, and single sentences that are certain elsewhere."""
    start = skip_tokens(text)
    parts = [part for part in segments(text) if part.end > start]
    headed = _HEADING.match(text, start) is not None
    if headed or any(_weight(part) >= 1 for part in parts[:_LATEST]):
        end = _end_of_thinking(text, start, headed)
        if end > start and any(map(str.isalpha, text[end:])):
            yield Change(start, end, "")
            return
    if any(_REFUSES.search(part.said) for part in parts):
        return
    certain = [not _CERTAIN_WORDS.isdisjoint(word_set(part.text)) and _weight(part) >= _CERTAIN for part in parts]
    first, last = _run(parts), _run(parts[::-1]) if any(certain) else 0
    first = max(first, _notes(parts, certain))
    gone = [i < first or i >= len(parts) - last or sure for i, sure in enumerate(certain)]
    if not all(gone):
        yield from without(parts, gone)


def _end_of_thinking(text: str, start: int, headed: bool) -> int:
    """Where the blocks of thinking that begin at `start` end, 0 where there are none or nothing else."""
    blocks = _blocks(text, start)
    thought = int(headed and len(blocks) > 1)
    while thought < len(blocks) and _is_thinking(text, blocks[thought]):
        thought += 1
    for cue in _CUE.finditer(text, blocks[thought - 1][0] if thought else start):
        if cue.start() > start and (thought or _is_thinking(text, (start, cue.start()))):
            return cue.end()
    return blocks[thought][0] if 0 < thought < len(blocks) else 0


def _blocks(text: str, start: int) -> list[tuple[int, int]]:
    """The paragraphs from `start` on, or lines where there is but one paragraph."""
    for breaks in (_BLANK, re.compile(r"\n\s*")):
        found, begin = [], start
        for gap in breaks.finditer(text, start):
            if any(map(str.isalnum, text[begin : gap.start()])):
                found.append((begin, gap.start()))
                begin = gap.end()
        if any(map(str.isalnum, text[begin:])):
            found.append((begin, len(text)))
        if len(found) > 1:
            break
    return found


def _is_thinking(text: str, block: tuple[int, int]) -> bool:
    said = text[block[0] : block[1]]
    if _REFUSES.search(said):
        return False
    parts = segments(said)
    weights = [_weight(part) for part in parts]
    light = [len(part.text) for part, weight in zip(parts, weights, strict=True) if weight < 1]
    if light and sum(light) > len(light) * _TERSE and max(weights[-2:]) < 1.5:
        return False  # an opening word to the user, and then the caption
    return _plans(weights)


def _plans(weights: Sequence[float]) -> bool:
    """Whether sentences of these weights plan a caption: one that is certain, or several."""
    weighty = sum(weight >= 1 for weight in weights)
    if sum(weights) < len(weights) or weighty * 2 < len(weights):
        return len(weights) < 4 and min(weights) >= 1 and sum(weights) >= 4
    certain = max(weights) >= (_CERTAIN if len(weights) > 3 else _CERTAIN - 1)
    return certain or sum(weight >= 2 for weight in weights) > 1 or (min(weights) >= 1 and sum(weights) >= 4)


def _run(parts: Sequence[Segment]) -> int:
    """How many sentences in a row are thinking, from the first on: as far as most of them have weight."""
    weights: list[float] = []
    end = 0
    for part in parts:
        weights.append(_weight(part))
        if sum(weights) * 4 < len(weights) * 3 or len(weights) > _LATEST and not any(weights):
            break
        if weights[-1] >= 2 and _plans(weights) and sum(weight >= 1 for weight in weights) * 5 >= len(weights) * 3:
            end = len(weights)
    return end


def _notes(parts: Sequence[Segment], certain: Sequence[bool]) -> int:
    """How many sentences at the start are notes: short ones, in lines of their own, that end in certain thinking."""
    for i in range(1, min(len(parts) - 1, _MOST_NOTES)):
        if certain[i] and parts[i].line < parts[i + 1].line:
            notes, rest = parts[: i + 1], parts[i + 1 :]
            short, long = (sum(part.end - part.start for part in some) / len(some) for some in (notes, rest))
            return i + 1 if short * 1.5 < long else 0
    return 0


def _weight(part: Segment) -> float:
    """How much a sentence speaks of the task and the one who writes."""
    said = part.said
    weight = 3.0 if _WRITER.search(said) else 0.0
    if _SURE.match(said):
        weight += 2
    elif _ORDER.match(said):
        weight += 1.5
    if said.endswith("?"):
        weight += 2
    elif _SEES.search(said):
        weight += 1
    if len(said) < _SHORT and not _PERHAPS_VERB.search(said) and w.FINITE.isdisjoint(word_set(said)):
        weight += 1
    return weight + min(2 if weight else 1, len(set(_TASK.findall(said.lower()))))


THINKING = Rule(
    "thinking",
    "what was thought before the caption goes, tags and all",
    ("<think>One paragraph, no lists.</think>A man walks.", "A man walks."),
    _thinking,
    quoted=True,
)
