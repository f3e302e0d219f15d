"""Films whose every frame carries its number as a code of black and white blocks, made by PyAV as they are needed."""

from __future__ import annotations

import os
import random
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from recaption.clip import Picture

os.environ.setdefault("SVT_LOG", "1")  # SVT-AV1 writes a page about itself to stderr otherwise

COLUMNS, ROWS = 8, 2
BITS = 12
CODE_HEIGHT = 0.7
"""Share of the picture's height that the blocks take; moving texture fills the rest."""


def draw(number: int, width: int, height: int) -> Picture:
    """A frame with its number: 12 bits, then 4 bits of number % 13, by which a mixture of two codes is noticed."""
    noise = np.random.default_rng(7).integers(60, 200, (height // 4 + 1, width // 4 + 1, 3), np.uint8)
    texture = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    picture = np.roll(texture, (number, 3 * number), (0, 1))
    code = number | number % 13 << BITS
    for i in range(COLUMNS * ROWS):
        top, bottom, left, right = _block(i, width, height)
        picture[top:bottom, left:right] = 235 if code >> i & 1 else 20
    return picture


def read(picture: Picture) -> int:
    """The number that a frame carries, whatever its size.

    Raises:
        ValueError: the picture shows no code.
    """
    height, width = picture.shape[:2]
    code = 0
    for i in range(COLUMNS * ROWS):
        top, bottom, left, right = _block(i, width, height)
        margin_y, margin_x = (bottom - top) // 4, (right - left) // 4
        level = picture[top + margin_y : bottom - margin_y, left + margin_x : right - margin_x].mean()
        if 90 < level < 165:
            raise ValueError(f"block {i} is neither black nor white: {level:.0f}")
        code |= int(level > 128) << i
    number, check = code & (1 << BITS) - 1, code >> BITS
    if number % 13 != check:
        raise ValueError(f"code {code:016b} is no frame number")
    return number


def _block(i: int, width: int, height: int) -> tuple[int, int, int, int]:
    row, column = divmod(i, COLUMNS)
    rise = CODE_HEIGHT * height / ROWS
    return (
        round(row * rise),
        round((row + 1) * rise),
        round(column * width / COLUMNS),
        round((column + 1) * width / COLUMNS),
    )


@dataclass(frozen=True)
class Film:
    """How a test film is made.

    Attributes:
        name: with the suffix that chooses the container.
        codec, options, pix_fmt: the encoder and what it is told.
        muxer: options of the container; format: its name where the suffix does not say it.
        size: width and height as shown.
        times: seconds at which each frame is shown; 25 frames a second when empty.
        frames: how many frames when `times` is empty.
        stored: what is done to a picture before it is encoded.
        patched: what is done to the finished file.
        planned: whether the packet plan has to work for it; seekable: and in a file too big for memory.
        first: number of the first frame that is shown.
    """

    name: str
    codec: str = "libx264"
    options: dict[str, str] = field(default_factory=dict)
    pix_fmt: str = "yuv420p"
    muxer: dict[str, str] = field(default_factory=dict)
    format: str | None = None
    size: tuple[int, int] = (256, 128)
    times: Sequence[float] = ()
    frames: int = 110
    stored: Callable[[Picture], Picture] | None = None
    patched: Callable[[bytes], bytes] | None = None
    planned: bool = True
    seekable: bool = True
    first: int = 0

    @property
    def shown_at(self) -> dict[int, float]:
        """Seconds from the first shown frame at which each frame is shown, by its number."""
        times = list(self.times) or [i / 25 for i in range(self.frames)]
        return {i: times[i] - times[self.first] for i in range(self.first, len(times))}

    def make(self, folder: Path) -> Path:
        path = folder / self.name
        times = list(self.times) or [i / 25 for i in range(self.frames)]
        ticks = 1000 if any(abs(round(time * 25) - time * 25) > 1e-6 for time in times) else 25
        with av.open(str(path), "w", format=self.format, options=self.muxer) as container:
            stream = None
            for number, time in enumerate(times):
                picture = draw(number, *self.size)
                picture = np.ascontiguousarray(self.stored(picture) if self.stored else picture)
                if stream is None:
                    stream = container.add_stream(self.codec, rate=25, options=self.options)
                    stream.height, stream.width = picture.shape[:2]
                    stream.pix_fmt = self.pix_fmt
                    stream.codec_context.time_base = Fraction(1, ticks)
                    stream.thread_count = 1
                frame = av.VideoFrame.from_ndarray(picture, "rgb24").reformat(format=self.pix_fmt)
                frame.pts, frame.time_base = round(time * ticks), Fraction(1, ticks)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        if self.patched:
            path.write_bytes(self.patched(path.read_bytes()))
        return path


def display_matrix(a: int, b: int, c: int, d: int) -> Callable[[bytes], bytes]:
    """Writes a display matrix into the track header of an mp4 (ISO 14496-12, 8.3.2, version 0)."""

    def patch(data: bytes) -> bytes:
        at = data.index(b"tkhd") + 4 + 40
        one = 1 << 16
        return data[:at] + struct.pack(">9i", a * one, b * one, 0, c * one, d * one, 0, 0, 0, 1 << 30) + data[at + 36 :]

    return patch


def later_start(frames: int) -> Callable[[bytes], bytes]:
    """Lets the edit list of an mp4 at 25 frames a second leave out so many frames (ISO 14496-12, 8.6.6, version 0)."""

    def patch(data: bytes) -> bytes:
        at = data.index(b"elst") + 12
        length, start = struct.unpack_from(">Ii", data, at)
        movie = struct.unpack_from(">I", data, data.index(b"mvhd") + 16)[0]
        media = struct.unpack_from(">I", data, data.index(b"mdhd") + 16)[0]
        edit = struct.pack(">Ii", length - frames * movie // 25, start + frames * media // 25)
        return data[:at] + edit + data[at + 8 :]

    return patch


def irregular(seed: int, count: int = 90) -> list[float]:
    """Times in whole milliseconds, mostly 20 to 60 ms apart, now and then a second and a half."""
    rng = random.Random(seed)
    times = [0.0]
    while len(times) < count:
        times.append(round(times[-1] + (1.5 if rng.random() < 0.05 else rng.randint(20, 60) / 1000), 3))
    return times


GAPS = [i / 25 for i in range(120) if not 30 < i < 47 and i % 9 != 5]
"""Times of a film at 25 frames a second that leaves some frames out."""

B_FRAMES = {"bf": "3", "g": "250", "preset": "medium", "sc_threshold": "0"}
OPEN_GOP = {"preset": "medium", "x264-params": "open-gop=1:keyint=24:min-keyint=24:bframes=3:b-adapt=0:scenecut=0"}
OPEN_HEVC = {
    "preset": "ultrafast",
    "x265-params": "open-gop=1:keyint=24:min-keyint=24:bframes=3:b-adapt=0:scenecut=0:log-level=none",
}
AV1 = {"preset": "9", "crf": "15", "g": "40", "svtav1-params": "lp=1"}

FILMS = [
    Film("gop12.mp4", options={"g": "12", "bf": "0"}),
    Film("gop12_b.mp4", options={**B_FRAMES, "g": "12"}),
    Film("gop250.mp4", options=B_FRAMES),
    Film("gop250.mkv", options=B_FRAMES),
    Film("fragmented.mp4", options={**B_FRAMES, "g": "30"}, muxer={"movflags": "frag_keyframe+empty_moov"}),
    Film("open_gop.mp4", options=OPEN_GOP),
    Film("open_gop.ts", options=OPEN_GOP),
    Film("intra_refresh.mp4", options={"x264-params": "intra-refresh=1:keyint=30:bframes=0"}, planned=False),
    Film("intra_refresh.ts", options={"x264-params": "intra-refresh=1:keyint=30:bframes=0"}, planned=False),
    Film("hevc_open.mp4", "libx265", OPEN_HEVC),
    Film("hevc_open.mkv", "libx265", OPEN_HEVC),
    Film("hevc_closed.mp4", "libx265", {"preset": "ultrafast", "x265-params": "open-gop=0:keyint=24:log-level=none"}),
    Film("vp8_altref.webm", "libvpx", {"g": "40", "deadline": "realtime", "cpu-used": "8", "auto-alt-ref": "1"}),
    Film("vp9_altref.webm", "libvpx-vp9", {"g": "40", "cpu-used": "8", "auto-alt-ref": "1", "lag-in-frames": "16"}),
    Film("av1.mkv", "libsvtav1", AV1),
    Film("av1.mp4", "libsvtav1", AV1),
    Film("mpeg4.avi", "mpeg4", {"g": "50", "bf": "0", "q:v": "4"}),
    Film("mpeg4_b.avi", "mpeg4", {"g": "50", "bf": "2", "q:v": "4"}),
    Film("h264_b.avi", options=B_FRAMES, planned=False),
    Film("h264_b_flat.avi", options={**B_FRAMES, "x264-params": "b-pyramid=none"}, planned=False),
    Film("gaps.avi", "mpeg4", {"g": "50"}, times=GAPS),
    Film("gaps_h264.avi", options={"bf": "0"}, times=GAPS, planned=False),
    Film("mjpeg.avi", "mjpeg", pix_fmt="yuvj420p"),
    Film("mpeg4_b.mp4", "mpeg4", {"g": "50", "bf": "2", "b": "2M"}),
    Film("mpeg2.ts", "mpeg2video", {"g": "15", "bf": "2", "b": "2M"}),
    Film("mpeg2.mpg", "mpeg2video", {"g": "15", "bf": "2", "b": "2M"}, seekable=False),
    Film("prores.mov", "prores_ks", pix_fmt="yuv422p10le", frames=40),
    Film("ffv1.mkv", "ffv1", frames=40),
    Film("flash.flv", options=B_FRAMES),
    Film("raw.h264", options={**B_FRAMES, "g": "30"}, format="h264", planned=False),
    Film("irregular.mkv", options=B_FRAMES, times=irregular(1)),
    Film("irregular.mp4", options=OPEN_GOP, times=irregular(2)),
    Film("irregular.webm", "libvpx-vp9", {"g": "40", "cpu-used": "8"}, times=irregular(3)),
    Film("ten_bit.mp4", options=B_FRAMES, pix_fmt="yuv420p10le"),
    Film("ten_bit_hevc.mp4", "libx265", OPEN_HEVC, pix_fmt="yuv420p10le"),
    Film("odd.mp4", options=B_FRAMES, pix_fmt="yuv444p", size=(257, 131)),
    Film("odd.avi", "mpeg4", {"g": "50"}, size=(255, 129)),
    Film("one_frame.mp4", frames=1),
    Film("edited.mp4", options=B_FRAMES, patched=later_start(17), first=17),
    Film("turned_right.mp4", stored=lambda p: np.rot90(p, 1), patched=display_matrix(0, 1, -1, 0)),
    Film("turned_left.mp4", stored=lambda p: np.rot90(p, -1), patched=display_matrix(0, -1, 1, 0)),
    Film("upside_down.mp4", stored=lambda p: np.rot90(p, 2), patched=display_matrix(-1, 0, 0, -1)),
    Film("mirrored.mp4", stored=lambda p: p[:, ::-1], patched=display_matrix(-1, 0, 0, 1)),
    Film("turned_mirrored.mp4", stored=lambda p: p.transpose(1, 0, 2), patched=display_matrix(0, 1, 1, 0)),
]


def named(name: str) -> Film:
    """The one of FILMS with that file name."""
    return next(film for film in FILMS if film.name == name)


def overwritten(path: Path, index: int) -> int:
    """Put zeros over one coded picture; gives its index back."""
    with av.open(str(path)) as container:
        packet = [p for p in container.demux(video=0) if p.size][index]
    data = bytearray(path.read_bytes())
    data[packet.pos : packet.pos + packet.size] = bytes(packet.size)
    path.write_bytes(data)
    return index
