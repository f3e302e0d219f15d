"""What a caption claims of the camera, of cuts, of motion and of the picture. English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from recaption.postfilter.english.sentences import quotations, spans
from recaption.verify.camera import camera_claims
from recaption.verify.claim import Claim
from recaption.verify.patterns import pattern_claims
from recaption.verify.tokens import Tokens

_FIRST_LOOK = re.compile(
    r"camera|lens|perspective|view|shot|frame|angle|video|clip|footage|film|scene|image|picture|screen|sequence|movie"
    r"|recording|visual|\bwe\b|pan|tilt|zoom|roll|static|fixed|stationary|cuts?\b|fade|dissolve|montage|take\b|motion"
    r"|movement|nothing|everything|action|transition|edits|push|pull|dolly|slide ?show|freeze|lit\b|dark|dim|bright"
    r"|light|monochrome|scale|black",
    re.I,
)
"""What a sentence has that claims anything."""


def claims(text: str) -> list[Claim]:
    """The claims of a text in their order; what is quoted claims nothing.

    >>> [(claim.kind, claim.value) for claim in claims("The camera pans left in a dimly lit room.")]
    [('camera', 'pan_left'), ('picture', 'dark')]
    """
    unquoted = _unquoted(text)
    return [claim for start, end in spans(text) for claim in _sorted(_of_sentence(unquoted, start, end))]


def _of_sentence(text: str, start: int, end: int) -> Iterator[Claim]:
    if not _FIRST_LOOK.search(text, start, end):
        return
    yield from camera_claims(Tokens(text, start, end))
    yield from pattern_claims(text, start, end)


def _sorted(found: Iterable[Claim]) -> list[Claim]:
    """Claims by place, of those of one kind and value that overlap the first one only."""
    kept: list[Claim] = []
    ends: dict[tuple[str, str], int] = {}
    for claim in sorted(found, key=lambda claim: (claim.start, -claim.end)):
        if claim.start >= ends.get((claim.kind, claim.value), 0):
            kept.append(claim)
            ends[claim.kind, claim.value] = claim.end
    return kept


def _unquoted(text: str) -> str:
    """The text with blanks for what it quotes."""
    for start, end in quotations(text):
        text = text[: start + 1] + " " * (end - start - 2) + text[end - 1 :]
    return text
