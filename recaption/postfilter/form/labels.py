"""Labels before the words of a caption, such as numbers of scenes and aspects; quotation marks around the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recaption.postfilter.english.sentences import QUOTED_WHOLE, spans
from recaption.postfilter.rule import Change, Rule


def _any(listed: str) -> str:
    """An alternation of words and of several joined by "_"."""
    return "(?:" + "|".join(sorted(listed.split(), key=len, reverse=True)).replace("_", " ") + ")"


NOUN = (
    r"(?:captions?|descriptions?|summary|summaries|paragraph|transcript|answer|response|output|prompt|recaption"
    r"|re-caption"
    r"|narration|narrative|account|overview|write-?up|alt[- ]text|synopsis|rewrite)"
)
KIND = (
    r"(?:(?:video|image|clip|scene|footage|detailed|dense|full|final|revised|refined|short|brief|long|overall|visual"
    r"|generated|improved|new|one-paragraph|single-paragraph|english|complete|concise|structured|comprehensive|factual"
    r"|objective|product|rich|updated|corrected|suggested|proposed|draft|plain|main|training|model|the|my|your|frame) )"
)
_OF = r"(?: (?:of|for) (?:the |this |your )?(?:video|clip|image|scene|footage|recording|film)(?: ?#?\d{1,4})?)?"
_VERSION = r"(?: ?#?\d{1,3}| ?[\(\[][^()\[\]\n]{1,40}[\)\]])?"
_SECTION = (
    r"(?:scene|shot|clip|part|segment|section|step|paragraph|video|frame|moment|event|phase|stage|act|chapter"
    r"|sequence|take"
    r"|round|beat|image|photo|panel|cut|point|item|key ?frame|transition|view|camera|second)s?"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|next|final|last|opening|closing|initial|middle|main|key"
    r"|establishing)"
)
_COUNT = r"(?:\d{1,3}(?:/\d{1,3})?|[A-H]|[IVX]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)"
_TITLE = (
    r"(?:(?:the|of|an?|and|in|on|at|to|with)|[A-Z][\w'’-]{0,20})"
    r"(?: (?:(?:the|of|an?|and|in|on|at|to|with|&)|[A-Z][\w'’-]{0,20})){0,5}"
)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_SECONDS = r"\d{1,4}(?:[.,]\d{1,3})? ?(?:s|sec|secs|seconds?)"
_TIME = rf"(?:{_CLOCK}|{_SECONDS})(?: ?(?:[-–—~]|to|-->) ?(?:{_CLOCK}|{_SECONDS}))?|\d{{1,3}} ?[-–—] ?{_SECONDS}"
_SIDE = _any(
    """setting settings location place environment surroundings background foreground middle_ground midground lighting
    light light_and_shadow shadows colour color colours colors palette colour_palette color_palette colour_grading
    color_grading camera camera_work camerawork camera_movement camera_movements camera_motion camera_angle
    camera_angles camera_position framing composition perspective viewpoint point_of_view shot_type shot_size
    subject subjects main_subject main_subjects character characters people person figures performer performers
    animal animals object objects prop props item items product products action actions activity activities movement
    movements motion event events key_event key_events main_event moment moments key_moment key_moments main_action
    main_actions sequence sequence_of_events order_of_events plot story narrative storyline progression development
    mood atmosphere tone style visual_style visual_effects effects aesthetic aesthetics quality weather time
    time_of_day season clothing clothes attire outfit costume costumes appearance expression expressions
    facial_expression facial_expressions gestures body_language emotions sound sounds audio music text texts
    on-screen_text text_on_screen visible_text overlay text_overlay signs texture textures material materials detail
    details notable_details additional_details other_details key_details visual_details observation observations
    introduction intro opening beginning start middle climax ending end conclusion outro closing transition
    transitions visuals visual_elements key_elements elements content context focus focal_point depth_of_field
    pacing pace speed interaction interactions result outcome opening_scene opening_shot closing_scene closing_shot
    final_scene final_shot scene scene_description video_description shot shots view angle layout architecture
    furniture equipment tools vehicles vehicle food ingredients technique main_content timeline look first_half
    second_half overall_impression"""
)
_FILE = r"[\w-]{1,40}\.(?:mp4|mov|avi|webm|mkv|gif|jpe?g|png)"
_LANGUAGE = r"(?:english|en|en-us|en-gb)"
_SIDES = (
    rf"(?:(?:overall|general|initial|main|key|visual|detailed|other|additional) )?{_SIDE}(?: ?(?:&|/|,|and"
    rf"|\+) ?{_SIDE}){{0,2}}"
)
_NUMBERED = rf"{_SECTION} ?#?{_COUNT}(?: ?[-–&] ?{_COUNT})?"
_BRACKET = r"(?: ?[(\[][^()\[\]\n]{1,40}[)\]])?"
_LABEL = re.compile(
    rf"(?:{KIND}{{0,3}}{NOUN}{_VERSION}{_OF}{_VERSION}(?: generated| below| follows)?"
    rf"|{_NUMBERED}{_BRACKET}(?-i: ?[-–—:,] {_TITLE})?|{_ORDINAL} {_SECTION}{_BRACKET}|(?:no\.|number) ?\d{{1,3}}"
    rf"|\d{{1,2}}/\d{{1,2}}"
    r"|(?:video )?frame \d{1,4} at \d{1,6}(?:\.\d{1,3})? seconds?(?:\(s\))?(?: description)?"
    rf"|{_SIDES}{_BRACKET}"
    rf"|{_LANGUAGE}|tl;dr|in (?:short|summary|brief)|to sum up|(?:at "
    rf"|time(?:stamp)?:? ?)?(?:[(\[<{{] ?(?:{_TIME}) ?[)\]>}}]|{_TIME})"
    rf"|{_FILE}) ?:(?!\d)[*_]{{0,3}} ?",
    re.I,
)
LABEL_LINE = re.compile(
    rf"[\[(*_ ]{{0,4}}(?:(?:\d{{1,2}}|[IVX]{{1,4}})[.)] )?(?:{KIND}{{0,3}}{NOUN}{_VERSION}{_OF}|{_NUMBERED}"
    rf"|{_ORDINAL} {_SECTION}|{_SIDES}|{_FILE})"
    rf"{_BRACKET}[\])*_ ]{{0,4}}:?[*_ ]{{0,3}}\Z",
    re.I,
)
"""A line that is nothing but a label."""

# Without a colon: only what can be nothing else.
_BARE = re.compile(
    rf"(?:{_SECTION} ?#?{_COUNT}{_BRACKET}(?: ?[-–—|] |\. (?=[A-Z]))"
    rf"|[\[(]{_SECTION} ?#?{_COUNT}[\])](?: ?[-–—:|])? "
    rf"|(?:{KIND}{{0,3}}{NOUN}|beginning|middle|end|start|opening|closing|setting|camera|lighting|background"
    r"|foreground|subject|action) [-–—] (?-i:(?=[A-Z]))"
    rf"|(?:{_CLOCK}) ?(?:[-–—~]|to|-->) ?(?:{_CLOCK})(?: ?[|:–—-])? |{_CLOCK} [-–—|] (?-i:(?=[A-Z]))"
    rf"|[\[<{{] ?(?:{_TIME}) ?[\]>}}] |\((?:{_CLOCK})(?: ?[-–—] ?(?:{_CLOCK}))?\) (?-i:(?=[A-Z])))(?=\S)",
    re.I,
)
_BOLD_LABEL = re.compile(
    r"[*_]{1,3}[^*_\n]{1,60}(?: ?[:–—] ?[*_]{1,3}|[*_]{1,3}(?: ?[:–—]| -(?= ))) ?(?=\S|$)"
    rf"|[*_]{{2,3}}(?:{_SECTION} {_COUNT}|{_ORDINAL} {_SECTION}|{_SIDE}|{KIND}{{0,3}}{NOUN})[.:]?[*_]{{2,3}} (?=\S)",
    re.I | re.M,
)
_LONGEST = 90  # characters of a label
_PERHAPS_BARE = re.compile(
    r"[\[(<{\d]|[A-Za-z]{3,10} ?#?(?:\d|[A-HIVX]\b|one|two|three|four|five|six|seven)|[A-Z][\w ]{2,40} [-–—] "
)
_LINE_START = re.compile(r"^", re.M)


def _starts(text: str) -> list[int]:
    """Where lines and sentences begin."""
    lines = [match.start() for match in _LINE_START.finditer(text)] if "\n" in text else [0]
    return sorted({*lines, *(start for start, _ in spans(text))})


def _bold_labels(text: str) -> Iterator[Change]:
    if "*" not in text and "_" not in text:
        return
    for start in _starts(text):
        if match := _BOLD_LABEL.match(text, start):
            yield Change(start, match.end(), "")


def _labels(text: str) -> Iterator[Change]:
    for start in _starts(text):
        end = start
        while match := _label_at(text, end):
            end = match.end()
        if end > start and (start == 0 or text[start - 1] == "\n" or not text[end : end + 1].islower()):
            yield Change(start, end, "")


def _label_at(text: str, start: int) -> re.Match[str] | None:
    if text.find(":", start, start + _LONGEST) > 0 and (match := _LABEL.match(text, start)):
        return match
    return _BARE.match(text, start) if _PERHAPS_BARE.match(text, start) else None


def _quotes(text: str) -> Iterator[Change]:
    if match := QUOTED_WHOLE.fullmatch(text):
        yield Change(0, len(text), match[1].strip("*_ "))


BOLD_LABELS = Rule(
    "bold_label", "a bold label before a line goes", ("**Later:** A man walks.", "A man walks."), _bold_labels
)
LABELS = Rule(
    "label",
    "labels before a line or sentence go",
    ("Caption 1: A man walks.", "A man walks."),
    _labels,
    language="English",
)
QUOTES = Rule(
    "quotes", "quotation marks around the whole caption go", ('"A man walks."', "A man walks."), _quotes, quoted=True
)
