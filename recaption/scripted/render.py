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
from recaption.scripted.lettering import letter
from recaption.scripted.shapes import SHAPES, Outline
from recaption.scripted.world import FLASH_SECONDS, Camera, Script, Shot, Thing

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
    canvas = _scene(script, time, width, height)
    if any(flash <= time < flash + FLASH_SECONDS for flash in script.flashes):
        canvas = _mixed(canvas, np.full_like(canvas, 255), 0.7)
    if script.light < 1:
        canvas = _mixed(canvas, np.zeros_like(canvas), 1 - script.light)
    if script.noise:
        canvas = _noisy(canvas, script, time)
    if script.logo:
        _draw(canvas, script.logo, Camera())
    _bars(canvas, script)
    for text in script.texts:
        if text.start <= time < text.end:
            letter(canvas, text, RGB[text.colour], INK)
    return canvas


def write(script: Script, path: Path, fps: int = FPS, crf: int = 20) -> None:
    """Write a script as an H.264 mp4. The same script gives the same bytes.

    Args:
        fps: frames a second.
        crf: x264's constant rate factor, from 0 (lossless) to 51 (worst); its own default is 23.
    """
    with av.open(str(path), "w", format="mp4") as container:
        options = {"preset": "veryfast", "crf": str(crf), "threads": "1"}
        stream = container.add_stream("libx264", rate=fps, options=options)
        stream.width, stream.height, stream.pix_fmt = script.width, script.height, "yuv420p"
        stream.gop_size = fps * 4
        for number in range(round(script.seconds * fps)):
            frame = av.VideoFrame.from_ndarray(picture(script, number / fps), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def background_matrix(camera: Camera, width: int, height: int) -> npt.NDArray[np.float64]:
    """What takes a pixel of the picture to its pixel of the background, float64, shape (2, 3)."""
    scale = 1 / camera.zoom
    left = (camera.x - 0.5 * scale + scenery.MARGIN_X) * width
    top = (camera.y - 0.5 * scale + scenery.MARGIN_Y) * height
    cos, sin = np.cos(np.radians(camera.roll)), np.sin(np.radians(camera.roll))
    x, y = width / 2, height / 2
    return np.array(
        [
            [scale * cos, -scale * sin, left + scale * (x - cos * x + sin * y)],
            [scale * sin, scale * cos, top + scale * (y - sin * x - cos * y)],
        ]
    )


def _scene(script: Script, time: float, width: int, height: int) -> Picture:
    """What the cameras see; during a transition, of two shots."""
    coming = next((n for n, s in enumerate(script.shots) if n and s.comes[0] < time < s.comes[1]), None)
    if coming is None:
        return _taken(script.shot_at(time), time, width, height)
    before, after = script.shots[coming - 1 : coming + 1]
    assert after.transition
    done = (time - after.comes[0]) / after.transition.seconds
    if after.transition.kind == "dissolve":
        return _mixed(_taken(before, time, width, height), _taken(after, time, width, height), done)
    seen = _taken(before if done < 0.5 else after, time, width, height)
    return _mixed(np.zeros_like(seen), seen, abs(2 * done - 1))


def _taken(shot: Shot, time: float, width: int, height: int) -> Picture:
    camera = shot.camera_at(time)
    canvas = _view(_background(shot.place, shot.seed, width, height), camera, width, height)
    for thing in sorted((t for t in shot.things_at(time) if t.here), key=lambda t: t.y):
        _shadow(canvas, thing, camera)
        _speed_lines(canvas, thing, camera)
        _draw(canvas, thing, camera)
    return canvas


def _mixed(one: Picture, other: Picture, share: float) -> Picture:
    """Two pictures as one; `share` is the other one's."""
    return np.asarray(cv2.addWeighted(one, 1 - share, other, share, 0), np.uint8)


def _noisy(canvas: Picture, script: Script, time: float) -> Picture:
    rng = np.random.default_rng((script.seed, script.number, round(time * 1000)))
    grain = rng.standard_normal(canvas.shape, np.float32) * script.noise
    return np.asarray(np.clip(np.rint(canvas + grain), 0, 255), np.uint8)


def _bars(canvas: Picture, script: Script) -> None:
    height, width = canvas.shape[:2]
    tall, wide = round(script.letterbox * height), round(script.pillarbox * width)
    canvas[:tall], canvas[height - tall :], canvas[:, :wide], canvas[:, width - wide :] = 0, 0, 0, 0


def _rolled(outline: Outline, camera: Camera, width: int, height: int) -> Outline:
    """An outline in pixels as a camera sees it that is turned."""
    if not camera.roll:
        return outline
    cos, sin = np.cos(np.radians(camera.roll)), np.sin(np.radians(camera.roll))
    middle = np.array([width / 2, height / 2])
    return np.asarray((outline - middle) @ np.array([[cos, -sin], [sin, cos]]) + middle)


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
        outline = np.stack([x * width + points[:, 0] * tall, y * height - points[:, 1] * tall], axis=1)
        parts.append((part.tone, _rolled(outline, camera, width, height)))
    return parts


def shadow(thing: Thing, camera: Camera, width: int, height: int) -> Outline:
    """The outline of the thing's shadow on the ground, in pixels, float64 (points, 2)."""
    x, y = camera.sees(thing.x, thing.y)
    tall = thing.size * height * camera.zoom
    angles = np.linspace(0, 2 * np.pi, 24)
    wide = SHAPES[thing.kind].aspect * tall * 0.5
    outline = np.stack([x * width + wide * np.cos(angles), y * height + 0.09 * tall * np.sin(angles)], axis=1)
    return _rolled(outline, camera, width, height)


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
    lines = [np.array([(near, m - thick), (near, m + thick), (far, m)]) for m in middles]
    return [_rolled(line, camera, width, height) for line in lines]


@lru_cache(maxsize=8)
def _background(place: str, seed: int, width: int, height: int) -> Picture:
    return scenery.background(place, seed, width, height)


def _view(background: Picture, camera: Camera, width: int, height: int) -> Picture:
    matrix = background_matrix(camera, width, height)
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
