"""How near the measured share of text comes to the truth, and what it costs.

python -m scripts.prove_text [--seed 7007] [--out benchmarks/text.json]

Draws lines of text on scripted pictures, in the fonts that matplotlib brings. The truth is the area of the union of the
lines' boxes, each the smallest one around its ink and its outline, as a share of the picture. Other scripted pictures
have no text at all. The aims: every share within 0.02 of the truth, and at most 0.005 where there is no text. Other
seeds are for development.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from recaption.clip import Frames, Picture
from recaption.curate.shot import PICTURE_LONGEST, Shot
from recaption.curate.text import text_of
from recaption.scripted.plan import plan
from recaption.scripted.render import picture
from scripts.measure import spread, surroundings, write

SEED = 7_007
WITH, WITHOUT = 200, 100
WITHIN, FALSE = 0.02, 0.005
FONTS = (
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSans-Oblique.ttf",
    "DejaVuSansMono.ttf",
    "DejaVuSansMono-Bold.ttf",
    "DejaVuSerif.ttf",
    "DejaVuSerif-BoldItalic.ttf",
    "STIXGeneral.ttf",
    "STIXGeneralBol.ttf",
    "STIXGeneralItalic.ttf",
)
SIZES = (0.05, 0.15)
COLOURS = ((255, 255, 255), (255, 235, 60), (20, 20, 20), (220, 30, 30), (70, 220, 240), (30, 50, 160), (250, 140, 30))
LEGIBLE = 70.0
"""Least difference of brightness, of 255, between text without outline or box and what is behind it."""
WORDS = (
    "a the in on at we you they was near more open over under great morning city news river summer kitchen recipe",
    "music Monday London Chapter Part Episode Subscribe LIVE BREAKING SALE FREE END 2024 12:45 50% No.7 gym jumping",
    "quickly apple banana engine travel weather window people story again because never tonight, welcome! really? yes.",
)


@dataclass(frozen=True)
class Drawn:
    """A picture with text.

    Attributes:
        rgb: uint8, shape (height, width, 3), its longest side as in a Shot.
        share: of the picture that the lines' boxes cover.
        font, manner: how it was drawn.
    """

    rgb: Picture
    share: float
    font: str
    manner: str


def draw(base: Picture, rng: random.Random) -> Drawn:
    """Text on a picture: 1 to 6 lines in one font, in any place where they fit."""
    from matplotlib import get_data_path

    height, width = base.shape[:2]
    name, manner = rng.choice(FONTS), rng.choice(("plain", "outline", "box"))
    size = rng.uniform(*SIZES) * height
    font = ImageFont.truetype(str(Path(get_data_path(), "fonts", "ttf", name)), size)
    lines, area = _laid_out(font, size, width, height, rng)
    image = Image.fromarray(base)
    pen = ImageDraw.Draw(image, "RGBA")
    if manner == "box":
        shade = rng.choice((0, 255))
        pen.rectangle(area, (shade, shade, shade, rng.choice((170, 255))))
    left, top, right, bottom = area
    behind = float(np.asarray(image.convert("L"))[max(0, top) : bottom, max(0, left) : right].mean())
    colour = _colour(behind, manner == "outline", rng)
    stroke = max(1, round(size / 14)) if manner == "outline" else 0
    edge = (0, 0, 0) if _brightness(colour) > 90 else (255, 255, 255)
    covered = np.zeros((height, width), bool)
    for place, line in lines:
        pen.text(place, line, colour, font, stroke_width=stroke, stroke_fill=edge)
        ink = Image.new("L", (width, height))
        ImageDraw.Draw(ink).text(place, line, 255, font, stroke_width=stroke, stroke_fill=255)
        x0, y0, x1, y1 = ink.point(lambda value: 255 * (value > 127)).getbbox() or (0, 0, 0, 0)
        covered[y0:y1, x0:x1] = True
    return Drawn(_as_kept(np.asarray(image)), float(covered.mean()), name, manner)


def _laid_out(
    font: ImageFont.FreeTypeFont, size: float, width: int, height: int, rng: random.Random
) -> tuple[list[tuple[tuple[float, float], str]], tuple[int, int, int, int]]:
    """Lines with their places, and the area around all (left, top, right, bottom), in pixels."""
    step = round(size * rng.uniform(1.2, 1.6))
    count = min(rng.randint(1, 6), int(0.92 * height / step))
    lines = [_line(font, rng.uniform(0.15, 0.85) * width, rng) for _ in range(count)]
    widths = [font.getlength(line) for line in lines]
    longest = max(widths)
    left = rng.uniform(0.03 * width, 0.97 * width - longest)
    top = rng.uniform(0.03 * height, 0.97 * height - step * count)
    centred = rng.random() < 0.5
    shifts = [(longest - wide) / 2 if centred else 0.0 for wide in widths]
    places = [(left + shift, top + step * number) for number, shift in enumerate(shifts)]
    right, bottom = left + longest, top + step * count
    area = (int(left - size / 3), int(top - size / 6), int(right + size / 3), int(bottom + size / 6))
    return list(zip(places, lines, strict=True)), area


def _line(font: ImageFont.FreeTypeFont, longest: float, rng: random.Random) -> str:
    known = " ".join(WORDS).split()
    words = [rng.choice(known)]
    while font.getlength(" ".join([*words, word := rng.choice(known)])) < longest:
        words.append(word)
    return " ".join(words)


def _colour(behind: float, outlined: bool, rng: random.Random) -> tuple[int, int, int]:
    return rng.choice([c for c in COLOURS if outlined or abs(_brightness(c) - behind) >= LEGIBLE])


def _brightness(colour: tuple[int, int, int]) -> float:
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def _as_kept(rgb: npt.NDArray[np.uint8]) -> Picture:
    scale = PICTURE_LONGEST / max(rgb.shape[:2])
    return np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def background(seed: int, number: int, rng: random.Random) -> Picture:
    script = plan(seed, number)
    return picture(script, rng.uniform(0, script.seconds - 0.1))


def pictures(seed: int) -> Iterator[Drawn]:
    """The pictures with text."""
    for number in range(WITH):
        rng = random.Random(f"text {seed} {number}")
        yield draw(background(seed, number, rng), rng)


def bare(seed: int) -> Iterator[Picture]:
    """The pictures without text, as a Shot keeps them."""
    for number in range(WITH, WITH + WITHOUT):
        yield _as_kept(background(seed, number, random.Random(f"bare {seed} {number}")))


def still(rgb: Picture) -> Shot:
    """A shot of one picture."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)[None]
    lumas = np.array([grey.mean() / 255])
    return Shot(0.0, 1.0, Frames((0.0,), rgb[None], 1.0), np.asarray(grey, np.uint8), (0.0,), (0.0,), lumas, 0 * lumas)


def prove(seed: int) -> dict[str, object]:
    """Errors and costs over all pictures of a seed."""
    errors: defaultdict[str, list[float]] = defaultdict(list)
    seconds: list[float] = []

    def measured(rgb: Picture) -> float:
        shot, started = still(rgb), time.process_time()
        share = text_of(shot)["text"]
        seconds.append(time.process_time() - started)
        assert isinstance(share, float)
        return share

    measured(next(bare(seed)))  # the first one loads the model
    seconds.clear()
    for drawn in pictures(seed):
        error = measured(drawn.rgb) - drawn.share
        for group in ("all", drawn.font, drawn.manner, f"truth {'under' if drawn.share < 0.1 else 'over'} 0.1"):
            errors[group].append(error)
    false = [measured(rgb) for rgb in bare(seed)]
    return {
        "seed": seed,
        "with_text": {
            group: {
                "pictures": len(found),
                "within": float(np.mean(np.abs(found) <= WITHIN)),
                "mean_error": round(float(np.mean(found)), 5),
                "mean_absolute_error": round(float(np.mean(np.abs(found))), 5),
                "worst": round(found[int(np.abs(found).argmax())], 5),
            }
            for group, found in sorted(errors.items())
        },
        "without_text": {
            "pictures": len(false),
            "within": float(np.mean(np.array(false) <= FALSE)),
            "mean": round(float(np.mean(false)), 5),
            "worst": round(max(false), 5),
        },
        "cpu_ms_a_picture": spread([1000 * each for each in seconds]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    result = prove(arguments.seed)
    if arguments.out:
        write(arguments.out, {**surroundings("rapidocr", "onnxruntime"), **result})
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
