"""Decoded frames into an mp4, as true to them as H.264 can be."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
from av.codec.codec import Codec, find_best_pix_fmt_of_list
from av.filter.graph import Graph
from av.packet import Packet
from av.video.format import VideoFormat
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from recaption.errors import DecodeError, RunError
from recaption.video.album import Matrix, matrix_of
from recaption.video.sample import Selection

CODEC = "libx264"
CRF = 17
"""Constant rate factor. FFmpeg's guide to H.264 calls 17 or 18 visually lossless or nearly so
(trac.ffmpeg.org/wiki/Encode/H.264)."""
OPTIONS = {"crf": str(CRF), "preset": "veryfast", "bf": "0"}
"""Without B-frames decoding times are presentation times, so that loaders which know no edit lists start at 0 too."""

TICKS_A_SECOND = 90_000
"""The clock is at least as fine as MPEG's, so that a span which begins between two ticks of the film has true times."""


class Encoder:
    """A sink for the frames of a clip: turned as their film says, each shown until the next one's time.

    Size, depth and chroma are those of the first frame as far as H.264 has them. Chroma is kept whole where the size is
    odd.

    Args:
        path: of the film.
        dest: the mp4.
        selection: the frames that will come.
        aspect: width over height of one pixel, before it is turned; None where nobody says.

    Raises:
        RunError: from every method, the file cannot be written, or FFmpeg has no encoder for H.264.
    """

    def __init__(self, path: str, dest: Path, selection: Selection, aspect: Fraction | None) -> None:
        self._path = path
        self._dest = dest
        self._times = selection.times
        self._duration = selection.duration
        self._aspect = aspect
        self._count = 0
        with _writing(dest):
            self._codec = Codec(CODEC, "w")
            self._out = av.open(str(dest), "w", format="mp4")

    @property
    def is_full(self) -> bool:
        return self._count == len(self._times)

    def put(self, slot: int, frame: VideoFrame) -> None:
        """Encode a frame.

        Raises:
            DecodeError: "unreadable", pictures like these cannot be encoded.
        """
        try:
            packets = self._encoded(frame)
        except (av.FFmpegError, ValueError) as error:
            raise DecodeError("unreadable", f"{self._path}: cannot be encoded as H.264 ({error})") from None
        with _writing(self._dest):
            for packet in packets:
                assert packet.pts is not None
                packet.duration = self._lasting[packet.pts]
                self._out.mux(packet)

    def close(self) -> None:
        """Finish the file."""
        with _writing(self._dest):
            self._out.close()

    def _encoded(self, frame: VideoFrame) -> list[Packet[VideoStream]]:
        if not self._count:
            self._begin(frame)
        frame = self._turned(frame)
        # A frame that was decoded says of which type it was, and would be made the same again.
        frame.pict_type = PictureType.NONE
        frame.pts, frame.time_base = self._stamps[self._count], self._base
        packets = self._stream.encode(frame)
        self._count += 1
        return packets + self._stream.encode(None) if self.is_full else packets

    def _begin(self, frame: VideoFrame) -> None:
        matrix = matrix_of(frame)
        is_turned = abs(matrix[0]) < abs(matrix[1])
        shape = (frame.height, frame.width) if is_turned else (frame.width, frame.height)
        self._size, self._format = (frame.width, frame.height), _format(self._codec, frame.format, shape, is_turned)
        self._graph = _turning(matrix, self._size, self._format)
        rate = Fraction(len(self._times) / max(self._duration, 0.001)).limit_denominator(1001)
        stream = self._out.add_stream(CODEC, rate=rate, options=OPTIONS)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = shape
        stream.pix_fmt = self._format.name
        stream.thread_count = 1
        context = stream.codec_context
        if self._aspect:
            context.sample_aspect_ratio = 1 / self._aspect if is_turned else self._aspect
        if not frame.format.is_rgb:
            context.color_range, context.colorspace = frame.color_range, frame.colorspace
            context.color_primaries, context.color_trc = frame.color_primaries, frame.color_trc
        context.time_base = self._base = _fine(frame.time_base)
        self._stamps: list[int] = []
        for time in self._times:
            # Two frames may be shown at one time, which no mp4 bears.
            self._stamps.append(max(round(time / self._base), self._stamps[-1] + 1 if self._stamps else 0))
        end = max(round(self._duration / self._base), self._stamps[-1] + 1)
        self._lasting = {a: b - a for a, b in pairwise((*self._stamps, end))}
        self._stream = stream

    def _turned(self, frame: VideoFrame) -> VideoFrame:
        if (frame.width, frame.height) != self._size or frame.format.name != self._format.name:
            frame = frame.reformat(*self._size, format=self._format.name, threads=1)
        if self._graph is None:
            return frame
        self._graph.vpush(frame)
        return self._graph.vpull()


@contextmanager
def _writing(dest: Path) -> Iterator[None]:
    """Errors of FFmpeg and the disk inside the with block are those of writing a file.

    Raises:
        RunError: the file cannot be written.
    """
    try:
        yield
    except (av.FFmpegError, OSError, ValueError) as error:
        raise RunError(f"{dest}: cannot be written ({error})") from None


def _format(codec: Codec, source: VideoFormat, shape: tuple[int, int], is_turned: bool) -> VideoFormat:
    """The pixel format of a codec that loses least, for pictures of a width and height."""

    def fits(format: VideoFormat) -> bool:
        halved = format.chroma_width(2) == 1, format.chroma_height(2) == 1
        return not any(half and side % 2 for half, side in zip(halved, shape, strict=True)) and (
            not is_turned or halved[0] == halved[1]
        )

    formats = [format for format in codec.video_formats or [] if fits(format)]
    best, _ = find_best_pix_fmt_of_list(formats, source)
    if best is None:
        raise ValueError(f"nothing like {source.name} can be encoded")
    return best


def _turning(matrix: Matrix, size: tuple[int, int], format: VideoFormat) -> Graph | None:
    """Filters that turn pictures as `Album` does; None where they stay as they are."""
    a, b, c, d = matrix
    if abs(a) < abs(b):
        # FFmpeg's name for mirroring at the main diagonal.
        names = [("transpose", "cclock_flip"), ("vflip", None) if b < 0 else None, ("hflip", None) if c < 0 else None]
    else:
        names = [("vflip", None) if d < 0 else None, ("hflip", None) if a < 0 else None]
    filters = [name for name in names if name]
    if not filters:
        return None
    graph = Graph()
    first = graph.add_buffer(width=size[0], height=size[1], format=format, time_base=Fraction(1, TICKS_A_SECOND))
    graph.link_nodes(first, *(graph.add(*each) for each in filters), graph.add("buffersink")).configure()
    return graph


def _fine(base: Fraction | None) -> Fraction:
    """Seconds of a tick: the film's, or a whole part of it."""
    if not base:
        return Fraction(1, TICKS_A_SECOND)
    return base / math.ceil(base * TICKS_A_SECOND)
