"""What belongs to a model's chat and not to its words: special tokens, role tags, HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule

_BAR = r"[|｜]"
_SPECIAL = re.compile(
    rf"""<{_BAR}[^<>\n]{{1,60}}?{_BAR}>           # <|im_end|>, <｜end▁of▁sentence｜>
    |</?(?:s|unk|pad|bos|eos|sep|cls|mask|image|video|img|im_start|im_end|im_patch|vid_start|vid_end|vi_start|vi_end
        |vid_patch|img_context|imagehere|image_placeholder|video_placeholder|image_soft_token|fake_token_around_image
        |global-img|end_of_utterance|end_of_turn|start_of_turn|eod|eot|endoftext|n|0x[0-9a-f]{{2}})>
    |<</?SYS>>
    |\[/?INST\]
    |\[(?:SEP|CLS|PAD|MASK|UNK|BOS|EOS|IMG|IMG_BREAK|IMG_END|UNUSED_TOKEN_\d{{1,5}})\]
    """,
    re.X | re.I,
)
_HTML = re.compile(
    r"</?(?:b|i|u|em|strong|br|p|ul|ol|li|h[1-6]|hr|div|span|code|pre|caption|answer|description|summary|output|response)"
    r"(?:\s[^<>\n]{0,200})?\s?/?>",
    re.I,
)
_ROLE = r"(?P<role{0}>user|human|system|assistant|bot|model|gpt|ai)"
_TURN = re.compile(
    "|".join(
        (
            rf"<{_BAR}(?:im_start|start_header_id){_BAR}>\s{{0,4}}{_ROLE.format(1)}\b\s{{0,4}}(?:<{_BAR}end_header_id{_BAR}>)?",
            rf"\[UNUSED_TOKEN_146\]\s{{0,4}}{_ROLE.format(5)}\b",  # opens a turn of InternLM-XComposer
            rf"<start_of_turn>\s{{0,4}}{_ROLE.format(2)}\b",
            rf"<{_BAR}{_ROLE.format(3)}{_BAR}>",
            rf"(?:^|(?<=[.!?]\s)|(?<=>\s)|(?<=>)|(?<=[.!?])(?=\#))(?:\#{{1,4}}\s?)?(?:\*\*)?{_ROLE.format(4)}(?:\*\*)?:(?:\*\*)?(?!\S*//)",
            r"(?P<ask>\[INST\])",
            r"(?P<answer>\[/INST\])",
        )
    ),
    re.I | re.M,
)
_TAG = re.compile(r"[:<\[]")
_ASKING = {"user", "human", "system"}


def _special_tokens(text: str) -> Iterator[Change]:
    # A space stands in, so that what is around a token cannot become another token.
    for match in _SPECIAL.finditer(text):
        yield Change(match.start(), match.end(), " ")


def _html(text: str) -> Iterator[Change]:
    for match in _HTML.finditer(text):
        yield Change(
            match.start(), match.end(), "\n" if match[0].lower().startswith(("<br", "<p", "<li", "</p")) else " "
        )


def _role_tags(text: str) -> Iterator[Change]:
    """The tags go; so do the turns of a user or of the system, and everything that follows the model's own answer.

    A lower-case "user:" or "model:" in a sentence is no tag: plain words count at the start of a line or sentence only,
    and there with a capital.
    """
    if not _TAG.search(text):
        return
    turns = [match for match in _TURN.finditer(text) if not (match["role4"] or "A").islower()]
    if not turns:
        return
    answered = _speaks(text[: turns[0].start()])
    over = False
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        end = following.start() if following else len(text)
        asking = _role(turn) in _ASKING
        others_answer = following is not None or answered
        over = over or (asking and answered)
        if over or (asking and others_answer):
            yield Change(turn.start(), end, " ")
            continue
        yield Change(turn.start(), turn.end(), " ")
        answered = answered or _speaks(text[turn.end() : end])


def _role(turn: re.Match[str]) -> str:
    if turn["ask"]:
        return "user"
    return (turn["role1"] or turn["role2"] or turn["role3"] or turn["role4"] or turn["role5"] or "assistant").lower()


def _speaks(text: str) -> bool:
    """Whether there is a word left when special tokens are gone."""
    return any(character.isalpha() for character in _SPECIAL.sub(" ", text))


ROLE_TAGS = Rule(
    "role_tag",
    "chat roles go, with the turns that are not the model's answer",
    ("USER: Describe it. ASSISTANT: A man walks. USER: More.", "   A man walks.  "),
    _role_tags,
    quoted=True,
)
SPECIAL_TOKENS = Rule(
    "special_token",
    "tokens of the model's template go",
    ("A man walks.<|im_end|></s>", "A man walks.  "),
    _special_tokens,
    quoted=True,
)
HTML = Rule("html", "HTML tags go", ("A <b>red</b> ball rolls.", "A  red  ball rolls."), _html, quoted=True)
