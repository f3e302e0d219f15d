"""What a caption claims of its clip, and what the measures say to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["camera", "shots", "motion", "picture"]
Outcome = Literal["confirmed", "contradicted", "unknown"]


@dataclass(frozen=True)
class Claim:
    """One claim.

    Attributes:
        kind, value: what is claimed:
            camera: static, moving, handheld; pan, tilt, zoom, roll, or with a direction, such as pan_left.
            shots: one, several, or a number.
            motion: none, slow, fast.
            picture: black_and_white, colour, dark, bright, black.
        start, end: of its words in the text.
        loose: its words can go and leave a sentence: an adjective, an adverb, "in slow motion".
    """

    kind: Kind
    value: str
    start: int
    end: int
    loose: bool = False


@dataclass(frozen=True)
class Verdict:
    """What the measures say to a claim.

    Attributes:
        measure: what was measured, in words; "" where nothing was.
    """

    claim: Claim
    outcome: Outcome
    measure: str
