"""A film that browsers play, of one that they do not: small, and with a few frames a second."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np

from recaption.clip import Clip, Frames
from recaption.errors import ClipError
from recaption.video.sample import Every
from recaption.video.workers import DecodePool

LONGEST = 480
SAMPLING = Every(0.25, 240)
"""A minute at four frames a second; what is longer has fewer."""

_TICKS = 1000
"""Of a preview's clock, in a second."""


async def decoded(pool: DecodePool, clip: Clip) -> Frames:
    """The frames of a preview.

    Raises:
        ClipError: they cannot be had.
    """
    return await pool.decode(clip, SAMPLING, LONGEST)


def encoded(frames: Frames) -> bytes:
    """Frames as H.264 in an mp4, each shown until the next one's time.

    Raises:
        ClipError: FFmpeg has no encoder for H.264.
    """
    _, height, width, _ = frames.rgb.shape
    film = io.BytesIO()
    try:
        with av.open(film, "w", format="mp4", options={"movflags": "frag_keyframe+empty_moov"}) as container:
            stream = container.add_stream("libx264", rate=4, options={"preset": "veryfast", "tune": "zerolatency"})
            stream.width, stream.height, stream.pix_fmt = width + width % 2, height + height % 2, "yuv420p"
            stream.codec_context.time_base = Fraction(1, _TICKS)
            end = max(frames.duration, frames.times[-1] + 2 / _TICKS)
            for time, rgb in zip((*frames.times, end), (*frames.rgb, frames.rgb[-1]), strict=True):
                even = np.pad(rgb, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
                picture = av.VideoFrame.from_ndarray(even, "rgb24")
                picture.pts, picture.time_base = round(time * _TICKS), Fraction(1, _TICKS)
                container.mux(stream.encode(picture))
            container.mux(stream.encode(None))
    except (av.FFmpegError, ValueError) as error:
        raise ClipError("unreadable", f"no preview can be made ({error})") from None
    return film.getvalue()
