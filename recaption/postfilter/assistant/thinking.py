"""What a model thought before it spoke: in tags, or in sentences that plan a caption.

Between tags everything is thinking. Without them, a block at the start is when its sentences weigh enough: they speak
of the task, of the words to use, of the one who writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recaption.postfilter.assistant import thoughts
from recaption.postfilter.assistant.chatter import talks
from recaption.postfilter.assistant.refusals import is_refusal
from recaption.postfilter.assistant.talk import REFUSES
from recaption.postfilter.assistant.thoughts import weight
from recaption.postfilter.english.segments import Segment, segments, without, word_set
from recaption.postfilter.form.markup import skip_tokens
from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import rare_marks

_TAG = re.compile(rf"[<\[{{◁【⟨«][|｜{{]?\s?(?P<slash>[/\\])?\s?(?P<name>{thoughts.NAME})\s?[|｜}}]?[>\]}}▷】⟩»]", re.I)
_TAG_OPENER = re.compile(r"[<\[{◁【⟨«]")
_ENDS = re.compile(r"(?:end|close|stop)[ _:.-]|.*[ _:.-](?:end|close|stop)\Z", re.I)
_BLOCKS = (
    re.compile(  # the channels of OpenAI's harmony
        r"<[|｜]channel[|｜]>\s{0,4}(?:analysis|commentary)\b(?:(?!<[|｜](?:channel|end)[|｜]>).)*"
        r"(?:<[|｜]end[|｜]>)?",
        re.S,
    ),
    re.compile(
        r"(?:<[|｜]start[|｜]>\s{0,4}assistant\s{0,4})?<[|｜]channel[|｜]>\s{0,4}final\s{0,4}(?:<[|｜]message[|｜]>)?"
    ),
    re.compile(r"\A\s*analysis(?=[A-Z])(?:(?!assistant\s?final).){1,20000}assistant\s?final\s?", re.S),
    re.compile(rf"^(?:```|~~~)`? ?(?:{thoughts.NAME})\b(?:(?!```|~~~).){{0,20000}}(?:```|~~~)`?", re.S | re.M | re.I),
    re.compile(
        rf"<details>\s*<summary>[^<]{{0,40}}?(?:{thoughts.NAME})[^<]{{0,40}}</summary>"
        r"(?:(?!</details>).){0,20000}</details>",
        re.S | re.I,
    ),
)
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")

_TERSE = 60  # characters of a sentence as it is thought
_MOST_NOTES = 12
_LONGEST_RUN = 60  # sentences of thinking without tags and line breaks
_LATEST = 3  # sentences among which thinking without tags begins


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
    elif "?" in text or not thoughts.HINTS.isdisjoint(word_set(text)):
        yield from _untagged(text)


def _tagged(text: str) -> Iterator[Change]:
    """What stands between tags; before a closing tag alone what speaks of the task, behind an opening one too."""
    if not _TAG_OPENER.search(rare_marks(text)):
        return
    opened: int | None = None
    inner = done = 0
    letters_end = _end_of_letters(text)
    for tag in _TAG.finditer(text):
        if not (tag["slash"] or _ENDS.match(tag["name"])):
            if opened is None:
                opened, inner = tag.start(), tag.end()
            continue
        start = opened
        if start is None:
            stray = tag.end() >= letters_end or _is_caption(text[done : tag.start()])
            start = tag.start() if stray else done
        yield Change(start, tag.end(), "")
        opened, done = None, tag.end()
    if opened is not None:
        yield Change(opened, _end_of_thought(text, inner), "")


def _end_of_letters(text: str) -> int:
    """Where the last letter ends; 0 where there is none."""
    return next((end for end in range(len(text), 0, -1) if text[end - 1].isalpha()), 0)


def _is_caption(text: str) -> bool:
    weights = [weight(part) for part in segments(text)]
    return len(weights) > 2 and sum(weights) * 4 < len(weights)


def _end_of_thought(text: str, start: int) -> int:
    """Where thinking that was opened at `start` and never closed gives way to the caption."""
    parts = [part for part in segments(text) if part.end > start]
    weighty = [i for i, part in enumerate(parts) if weight(part) >= 1]
    end = weighty[-1] + 1 if weighty else 0
    if end == len(parts):
        return len(text)
    if end:
        block_end = _BLANK.search(text, parts[end - 1].start)
        return min(parts[end].start, block_end.end()) if block_end else parts[end].start
    block_end = _BLANK.search(text, start)
    return block_end.end() if block_end else start


def _untagged(text: str) -> Iterator[Change]:
    """Thinking at the start, by blocks or by sentences, and single sentences that are certain elsewhere."""
    start = skip_tokens(text)
    parts = [part for part in segments(text) if part.end > start]
    headed = thoughts.HEADING.match(text, start) is not None
    starts = headed or any(weight(part) >= 1 for part in parts[:_LATEST])
    if not (starts or any(map(_is_certain, parts))):
        return
    if any(is_refusal(part.text) for part in (*parts[:1], *parts[-1:])):
        return  # what begins or ends with a refusal is one; inside of thinking "I cannot tell" is a thought
    if starts:
        end = _end_of_thinking(text, start, headed)
        if end > start and any(map(str.isalpha, text[end:])):
            if not all(talks(part) for part in parts if part.start < end):
                yield Change(start, end, "")
            return
    if any(REFUSES.search(part.said.lower()) for part in parts):
        return
    certain = [_is_certain(part) for part in parts]
    first, last = _run(parts), _run(parts[::-1]) if any(certain) else 0
    first = max(first, _notes(parts, certain))
    gone = [i < first or i >= len(parts) - last or sure for i, sure in enumerate(certain)]
    if not all(gone) and not all(talks(part) for part, away in zip(parts, gone, strict=True) if away):
        yield from without(parts, gone)


def _is_certain(part: Segment) -> bool:
    return not thoughts.SURE_HINTS.isdisjoint(word_set(part.text)) and weight(part) >= thoughts.CERTAIN


def _end_of_thinking(text: str, start: int, headed: bool) -> int:
    """Where the blocks of thinking that begin at `start` end, 0 where there are none or nothing else."""
    blocks = _blocks(text, start)
    thought = int(headed and len(blocks) > 1)
    while thought < len(blocks) and _is_thinking(text, blocks[thought]):
        thought += 1
    latest = blocks[min(thought, len(blocks) - 1)][0] if thought else blocks[0][1] if blocks else start
    for cue in thoughts.CUE.finditer(text, blocks[thought - 1][0] if thought else start):
        if start < cue.start() <= latest and (thought or _is_thinking(text, (start, cue.start()))):
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
    if thoughts.REFUSES.search(said):
        return False
    parts = segments(said)
    weights = [weight(part) for part in parts]
    light = [len(part.text) for part, found in zip(parts, weights, strict=True) if found < 1]
    if light and sum(light) > len(light) * _TERSE and max(weights[-2:]) < 1.5:
        return False  # an opening word to the user, and then the caption
    terse = len(said) < len(parts) * _TERSE
    return _plans(weights) or (terse and max(weights) >= 3 and sum(weights) * 5 >= len(weights) * 4)


def _plans(weights: Sequence[float]) -> bool:
    """Whether sentences of these weights plan a caption: one that is certain, or several."""
    weighty = sum(found >= 1 for found in weights)
    if sum(weights) < len(weights) or weighty * 2 < len(weights):
        return len(weights) < 4 and min(weights) >= 1 and sum(weights) >= 4
    certain = max(weights) >= (thoughts.CERTAIN if len(weights) > 3 else thoughts.CERTAIN - 1)
    return certain or sum(found >= 2 for found in weights) > 1 or (min(weights) >= 1 and sum(weights) >= 4)


def _run(parts: Sequence[Segment]) -> int:
    """How many sentences in a row are thinking, from the first on: as far as most of them have weight."""
    weights: list[float] = []
    end = 0
    for part in parts[:_LONGEST_RUN]:
        weights.append(weight(part))
        if sum(weights) * 4 < len(weights) * 3 or (len(weights) > _LATEST and not any(weights)):
            break
        if weights[-1] >= 2 and _plans(weights) and sum(found >= 1 for found in weights) * 5 >= len(weights) * 3:
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


THINKING = Rule(
    "thinking",
    "what was thought before the caption goes, tags and all",
    ("<think>One paragraph, no lists.</think>A man walks.", "A man walks."),
    _thinking,
    quoted=True,
)
