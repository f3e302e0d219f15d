"""All measures by name, and what each one tells."""

from __future__ import annotations

from dataclasses import dataclass

from recaption.curate.looks import looks_of
from recaption.curate.marks import SIDES, marks_of
from recaption.curate.motion import motion_of
from recaption.curate.prints import print_of
from recaption.curate.shot import Measure
from recaption.curate.text import text_of


@dataclass(frozen=True)
class Kind:
    """A measure of a shot.

    Attributes:
        measure: gives its numbers and words.
        about: what they tell.
        numbers: paths of the numbers that it gives, by which a clip may be dropped.
        packages: those of the extra `curate` that it needs.
    """

    measure: Measure
    about: str
    numbers: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


ALWAYS = ("seconds", "fps", "width", "height", "damaged")
"""What is told of every clip."""

MEASURES: dict[str, Kind] = {
    "motion": Kind(
        motion_of,
        "how much moves, and what the camera does",
        ("motion", "moving", "still", "things", "camera.strength"),
    ),
    "looks": Kind(
        looks_of,
        "brightness, contrast, saturation, blur, blockiness, black and frozen parts",
        ("brightness", "contrast", "saturation", "blur", "blockiness", "black", "frozen"),
    ),
    "marks": Kind(
        marks_of,
        "black bars, logos, pictures of one colour",
        (*(f"bars.{side}" for side in SIDES), "bars_share", "logo", "flat"),
    ),
    "text": Kind(
        text_of,
        "how much of the picture text covers, and subtitles",
        ("text", "subtitles"),
        ("rapidocr", "onnxruntime"),
    ),
    "prints": Kind(print_of, "small pictures by which near-duplicates are found"),
}
