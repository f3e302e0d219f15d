"""What belongs to a model's chat and not to its words: special tokens, role tags, HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.rule import Change, Rule
from recaption.postfilter.vocabulary import rare_marks

_BAR = r"[|｜]"
_SPECIAL = re.compile(
    rf"""<{_BAR}[^<>\n]{{1,60}}?{_BAR}>           # <|im_end|>, <｜end▁of▁sentence｜>
    |<{_BAR}[\w▁]{{1,40}}>|<[\w▁]{{1,40}}{_BAR}>|(?<![\w<|｜])(?:im_start|im_end|eot_id|endoftext|end_of_text){_BAR}>
    |</?(?:s|unk|pad|bos|eos|sep|cls|mask|image|video|img|im_start|im_end|im_patch|vid_start|vid_end|vi_start|vi_end
        |vid_patch|img_context|imagehere|videohere|audio|image_placeholder|video_placeholder|image_soft_token
        |fake_token_around_image|global-img|end_of_utterance|end_of_turn|start_of_turn|endoftext|eod|eot|eoa|eoh|eom|eoc
        |eop|sop|sot|gmask|n|ret|0x[0-9a-f]{{2}}|(?:image|img|frame|video|picture|clip)[ _-]?\d{{1,4}})>
    |<</?SYS>>
    |\[/?INST\]
    |\[(?:SEP|CLS|PAD|G?MASK|UNK|BOS|EOS|EOT|IMG|IMG_BREAK|IMG_END|UNUSED_TOKEN_\d{{1,5}})\](?!\()
    |<(?:{_BAR}[\w▁]{{0,30}}{_BAR}?|/[a-z]{{0,12}})\Z     # a token that the limit cut
    """,
    re.X | re.I,
)
_HTML = re.compile(
    r"</?(?:b|i|u|em|strong|br|p|ul|ol|li|h[1-6]|hr|div|span|code|pre|caption|answer|description|summary|output"
    r"|response)"
    r"(?:\s[^<>\n]{0,200})?\s?/?>|<!--[^<>\n]{0,200}-->",
    re.I,
)
_NEW_LINE = ("<br", "<p", "<li", "</p", "</h")
_ROLE = (
    r"(?P<role{0}>user|human|system|assistant|ai[ _]assistant|(?:chat)?bot|model|(?:chat)?gpt(?:-?4[ov]?)?|ai|claude"
    r"|gemini|qwen|(?:video-?)?ll[ao][vm]a|vicuna|videochat2?|internvl|minicpm(?:-v)?|smolvlm|deepseek|mistral)"
)
_SENTENCE_START = (
    r"(?:^|(?<=[.!?]\s)|(?<=>\s)|(?<=>)|(?<=[.!?])(?=\#|(?-i:USER|HUMAN|ASSISTANT|User:|Human:|Assistant:)))"
)
# Elsewhere none of the many kinds of turns need be tried.
_MAY_START = r"(?=[<\[({#*\n]|(?:(?<![^\n>.!?])|(?<=[>.!?]\s))\w)"
_TURN = re.compile(
    rf"{_MAY_START}(?:"
    + "|".join(
        (
            rf"<{_BAR}\w{{1,20}}{_BAR}>\s{{0,4}}{_ROLE.format(1)}(?=\s*(?:\n|\Z|<{_BAR}))\s{{0,4}}"
            rf"(?:<{_BAR}(?:end_header_id|header_end|message){_BAR}>)?",  # <|im_start|>assistant
            rf"<{_BAR}(?:im_start|start_header_id|start){_BAR}>\s{{0,4}}{_ROLE.format(8)}\b",
            rf"\[UNUSED_TOKEN_146\]\s{{0,4}}{_ROLE.format(2)}\b",  # opens a turn of InternLM-XComposer
            rf"<start_of_turn>\s{{0,4}}{_ROLE.format(3)}\b",
            rf"[<\[]{_BAR}{_ROLE.format(4)}{_BAR}[>\]]:?",
            rf"{_SENTENCE_START}[<\[({{]{{1,2}}{_ROLE.format(5)}[>\])}}]{{1,2}}(?::|(?<=[>\]]))",
            rf"{_SENTENCE_START}(?:\#{{1,4}}\s?)?(?:\*\*)?(?P<plain>{_ROLE.format(6)})(?:\*\*)?:(?:\*\*)?(?!\S*//)",
            rf"^(?:\#{{1,4}}\ )?{_ROLE.format(7)}[ \t]*\n|(?<=[.!?>]\n){_ROLE.format(9)}\s*\Z",  # a line of its own
            r"^(?:\#{1,4}\s?)?(?:\*\*)?"
            r"(?P<ask>Instructions?|Question|Query|Input|User prompt|Prompt|Q(?=:[^\n]*\n\s*A:))"
            r"(?:\*\*)?:(?:\*\*)?|\nQ:(?P<asks>)(?=[^\n]*\Z)",
            rf"{_SENTENCE_START}(?:\#{{1,4}}\s?)?(?P<answer>Response|Answer|Output|(?<=\n)A):",
            r"(?P<opens>\[INST\])",
            r"(?P<closes>\[/INST\])",
        )
    )
    + ")",
    re.I | re.M,
)
_SKIPPED = re.compile(
    rf"\s+|(?:{_SPECIAL.pattern})|(?:assistant|model)(?=\s*\n|<[|｜])|(?-i:ASSISTANT|Assistant|AI)\s*:", re.X | re.I
)
_MARK = re.compile(r"[:>\]\n]")
# For small letters. Where each name begins with a letter, and with nothing else, names are found fastest.
_NAME_BEFORE = re.compile(
    r"(?:user|human|system|assistant|bot|model|gpt\S{0,3}|ai(?<=\bai)|claude|gemini|qwen|ll[ao][vm]a|vicuna|chat2?|vl"
    r"|minicpm\S{0,2}|smolvlm|deepseek|mistral|inst|start|header_id|turn|146|instructions?|question|query|input|prompt"
    r"|response|answer|output|q(?<=\bq)|a(?<=\ba))[^\w\n]{0,4}\Z"
)
_ASKING = {"user", "human", "system"}
_SHORT_REQUEST = 5  # words
_REQUEST = re.compile(
    r"(?:please|now|next|describe|write|give|tell|list|what|how|why|who|where|when|which|can|could|would|will|make"
    r"|explain|summari[sz]e"
    r"|translate|shorten|add|is|are|do|does|did|thanks?|caption|provide|generate|create|i|you|that|ok|okay|great|also"
    r"|and|focus|use)\b",
    re.I,
)
_TASK = re.compile(
    r"\b(?:assistant|captions?|descriptions?|describe|the (?:video|image|clip|user)|detailed|paragraph)\b",
    re.I,
)
# "Human: A Love Story": the words go on like a title.
_TITLE = re.compile(r" (?:(?:A|An|The) )?[A-Z][\w'’-]*(?: (?:of|the|and|in|a|to|for))* [A-Z][\w'’-]*")
_IN_TITLES = {"Human", "User", "System", "Model", "Bot"}


def _special_tokens(text: str) -> Iterator[Change]:
    # A space stands in, so that what is around a token cannot become another token.
    if not ("<" in text or "[" in text or "|" in text or "｜" in text):
        return
    for match in _SPECIAL.finditer(text):
        yield Change(match.start(), match.end(), " ")


def _html(text: str) -> Iterator[Change]:
    if "<" not in text:
        return
    for match in _HTML.finditer(text):
        tag = match[0].lower()
        new = "\n# " if tag.startswith("<h") and tag[2:3].isdigit() else "\n" if tag.startswith(_NEW_LINE) else " "
        yield Change(match.start(), match.end(), new)


def _role_tags(text: str) -> Iterator[Change]:
    """The tags go; so do the turns of a user or of the system, and everything that follows the model's own answer.

    A lower-case "user:" or "model:" in a sentence is no tag: plain words count at the start of a line or sentence only,
    and there with a capital.
    """
    if not _may_have_turns(text):
        return
    turns = [match for match in _TURN.finditer(text) if not (match["plain"] or "A").islower()]
    if len(turns) == 1 and turns[0]["plain"] in _IN_TITLES and _TITLE.match(text, turns[0].end()):
        return
    if not turns:
        return
    answered = _speaks(text[: turns[0].start()])
    over = False
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        end = following.start() if following else len(text)
        asking = _asks(turn)
        if asking and not over and (answered or turn["plain"]) and _is_caption(text[turn.end() : end]):
            asking = False  # a stray tag inside of the caption
        others_answer = following is not None or answered
        over = over or (asking and answered)
        if over or (asking and others_answer):
            yield Change(turn.start(), end, " ")
            continue
        yield Change(turn.start(), turn.end(), " ")
        answered = answered or _speaks(text[turn.end() : end])


def _may_have_turns(text: str) -> bool:
    marks = _MARK.finditer(text) if _MARK.search(rare_marks(text)) else ()
    ends = (*(mark.start() for mark in marks), len(text))
    return any(_NAME_BEFORE.search(text[max(0, end - 16) : end].lower()) for end in ends)


def _asks(turn: re.Match[str]) -> bool:
    if turn["ask"] or turn["opens"] or turn["asks"] is not None:
        return True
    role = next((turn[f"role{i}"] for i in range(1, 10) if turn[f"role{i}"]), "assistant")
    return role.lower() in _ASKING


def _is_caption(said: str) -> bool:
    """Whether what follows a user's tag goes on with the caption, and asks for nothing."""
    if len(said.split()) <= _SHORT_REQUEST or "?" in said:
        return False
    return not _REQUEST.match(said.lstrip(" *\n")) and not _TASK.search(said)


def skip_tokens(text: str) -> int:
    """Where the tokens and role tags at the start of a text end."""
    position = 0
    while match := _SKIPPED.match(text, position):
        position = match.end()
    return position


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
