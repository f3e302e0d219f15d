"""Pictures of a script at a time, and its H.264 file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

from recaption.clip import Picture
from recaption.scripted import scenery
from recaption.scripted.shapes import SHAPES, Outline
from recaption.scripted.world import Camera, Script, Thing

FPS = 12
"""Drawings a second: cartoons are drawn "on twos", every second frame of 24."""

RGB = {
    "red": (205, 35, 35),
    "orange": (240, 130, 20),
    "yellow": (245, 215, 40),
    "green": (40, 140, 50),
    "blue": (35, 75, 200),
    "purple": (130, 45, 165),
    "pink": (245, 130, 185),
    "brown": (115, 65, 30),
    "black": (35, 35, 38),
    "white": (248, 248, 248),
}
INK = (25, 22, 25)
PAPER = (250, 248, 240)
SUBPIXEL = 4


def picture(script: Script, time: float, width: int | None = None) -> Picture:
    """The picture of a script at a time in seconds.

    Args:
        width: in pixels, the height follows; None for the script's own size.

    Returns:
        uint8 RGB, shape (height, width, 3).
    """
    width = width or script.width
    height = round(width * script.height / script.width)
    shot = script.shot_at(time)
    camera = shot.camera_at(time)
    canvas = _view(_background(shot.place, shot.seed, width, height), camera, width, height)
    for thing in sorted((t for t in shot.things_at(time) if t.here), key=lambda t: t.y):
        _shadow(canvas, thing, camera)
        _speed_lines(canvas, thing, camera)
        _draw(canvas, thing, camera)
    return canvas


def write(script: Script, path: Path) -> None:
    """Write a script as an H.264 mp4 of FPS frames a second. The same script gives the same bytes."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": "veryfast", "crf": "20", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = script.width, script.height, "yuv420p"
        stream.gop_size = FPS * 4
        for number in range(round(script.seconds * FPS)):
            frame = av.VideoFrame.from_ndarray(picture(script, number / FPS), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def outlines(thing: Thing, camera: Camera, width: int, height: int) -> list[tuple[str, Outline]]:
    """The thing's parts in pixels of a picture: (tone, float64 outline of shape (points, 2)), from back to front."""
    shape = SHAPES[thing.kind]
    x, y = camera.sees(thing.x, thing.y - thing.altitude)
    tall = thing.size * height * camera.zoom
    turn = np.radians(thing.angle)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    parts = []
    for part in shape.parts:
        points = (part.outline - (0, 0.5)) @ rotation.T + (0, 0.5)
        parts.append((part.tone, np.stack([x * width + points[:, 0] * tall, y * height - points[:, 1] * tall], axis=1)))
    return parts


def shadow(thing: Thing, camera: Camera, width: int, height: int) -> Outline:
    """The outline of the thing's shadow on the ground, in pixels, float64 (points, 2)."""
    x, y = camera.sees(thing.x, thing.y)
    tall = thing.size * height * camera.zoom
    angles = np.linspace(0, 2 * np.pi, 24)
    wide = SHAPES[thing.kind].aspect * tall * 0.5
    return np.stack([x * width + wide * np.cos(angles), y * height + 0.09 * tall * np.sin(angles)], axis=1)


def speed_lines(thing: Thing, camera: Camera, width: int, height: int) -> list[Outline]:
    """The outlines of the lines behind a thing that rushes, in pixels; none when it does not."""
    if not thing.heading:
        return []
    x, y = camera.sees(thing.x, thing.y - thing.altitude)
    tall = thing.size * height * camera.zoom
    near = x * width - thing.heading * tall * (SHAPES[thing.kind].aspect * 0.5 + 0.08)
    far = near - thing.heading * tall * 0.75
    thick = tall * 0.08
    middles = [y * height - tall * share for share in (0.22, 0.5, 0.78)]
    return [np.array([(near, m - thick), (near, m + thick), (far, m)]) for m in middles]


@lru_cache(maxsize=8)
def _background(place: str, seed: int, width: int, height: int) -> Picture:
    return scenery.background(place, seed, width, height)


def _view(background: Picture, camera: Camera, width: int, height: int) -> Picture:
    scale = 1 / camera.zoom
    left = (camera.x - 0.5 * scale + scenery.MARGIN_X) * width
    top = (camera.y - 0.5 * scale + scenery.MARGIN_Y) * height
    matrix = np.array([[scale, 0, left], [0, scale, top]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    view = cv2.warpAffine(background, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(view, np.uint8)


def _fixed(outline: Outline) -> npt.NDArray[np.int32]:
    return np.round(outline * (1 << SUBPIXEL)).astype(np.int32)


def _fill(canvas: Picture, outline: Outline, colour: tuple[int, ...]) -> None:
    cv2.fillPoly(canvas, [_fixed(outline)], colour, cv2.LINE_AA, SUBPIXEL)


def _shadow(canvas: Picture, thing: Thing, camera: Camera) -> None:
    height, width = canvas.shape[:2]
    outline = shadow(thing, camera, width, height)
    left, top = np.maximum(np.floor(outline.min(axis=0)).astype(int), 0)
    right, bottom = np.minimum(np.ceil(outline.max(axis=0)).astype(int) + 1, (width, height))
    if left >= right or top >= bottom:
        return
    patch = canvas[top:bottom, left:right]
    darker = (patch * 0.55).astype(np.uint8)
    mask = np.zeros(patch.shape[:2], np.uint8)
    _fill(mask, outline - (left, top), (255,))
    patch[mask > 127] = darker[mask > 127]


def _speed_lines(canvas: Picture, thing: Thing, camera: Camera) -> None:
    height, width = canvas.shape[:2]
    for outline in speed_lines(thing, camera, width, height):
        _fill(canvas, outline, PAPER)
        cv2.polylines(canvas, [_fixed(outline)], True, INK, 1, cv2.LINE_AA, SUBPIXEL)


def _draw(canvas: Picture, thing: Thing, camera: Camera) -> None:
    height, width = canvas.shape[:2]
    thick = max(1, round(height / 240))
    for tone, outline in outlines(thing, camera, width, height):
        _fill(canvas, outline, _tone(thing.colour, tone))
        cv2.polylines(canvas, [_fixed(outline)], True, INK, thick, cv2.LINE_AA, SUBPIXEL)


def _tone(colour: str, tone: str) -> tuple[int, ...]:
    if tone == "ink":
        return INK
    if tone == "paper":
        return PAPER
    main = np.array(RGB[colour], np.float64)
    if tone == "dark":
        main = main * 0.72
    elif tone == "light":
        main = main + (255 - main) * 0.3
    return tuple(int(v) for v in main)
