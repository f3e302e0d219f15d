"""What the pictures of a shot look like: brightness, contrast, colour, blur, blocks, black and frozen parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from recaption.curate.shot import Shot, Value

Floats = npt.NDArray[np.float64]

DARK, BLACK = 0.1, 0.98
"""Brightness up to which a pixel is dark, and share of dark pixels from which on a picture is black: the defaults of
FFmpeg's filter blackdetect."""
STILL = 0.001
"""Mean change of brightness up to which a frame may show what the one before shows: the noise of -60 dB that FFmpeg's
filter freezedetect lets pass."""
PART, PART_STILL = 8, 4.0
"""Pixels of each side of a part of a grey picture, and change of its mean, of 255, up to which it is still. A codec's
noise is nearly gone in the mean, while somebody who moves in a wide view changes some part, if little of the whole."""
FROZEN_SECONDS = 0.5
"""Shortest time without a change that counts as frozen: drawings and slow films hold each picture for less."""
BLUR_TAPS = 9
"""Pixels over which the picture is blurred once more, as Crété-Roffet et al. do it."""
GRID = 8
"""Pixels between the lines of the grid that H.264, MPEG-4 and JPEG code a picture in."""


def looks_of(shot: Shot) -> dict[str, Value]:
    """How a shot looks. Letterbox bars count as part of the picture.

    Returns:
        brightness: mean of all frames, from 0 (black) to 1 (white).
        contrast: root mean square contrast (Peli 1990, "Contrast in complex images"): standard deviation of brightness
            within a picture, mean of all pictures, from 0 to 0.5.
        saturation: from 0 (black-and-white) to 1 (pure colours), see `saturation`.
        blur: from 0 (sharp) to 1 (no edge at all), median of all pictures, see `blur`.
        blockiness: about 1 (no blocks) or more, median of all pictures, see `blockiness`; None without crops.
        black: share of the time that is black, see BLACK; to GREY_RATE.
        frozen: share of the time in which nothing changes for FROZEN_SECONDS or longer, see STILL and PART_STILL.
    """
    lasting = _lasting(shot.times, shot.seconds)
    black = np.array([np.mean(picture <= DARK * 255) >= BLACK for picture in shot.grey])
    return {
        "brightness": float(np.mean(shot.lumas)),
        "contrast": float(np.mean([picture.std() for picture in shot.grey]) / 255),
        "saturation": saturation(shot.frames.rgb),
        "blur": float(np.median([blur(picture) for picture in _lumas(shot)])),
        "blockiness": float(np.median([blockiness(crop) for crop in shot.crops])) if len(shot.crops) else None,
        "black": _share(black, _lasting(shot.grey_times, shot.seconds)),
        "frozen": _share(_frozen(_new(shot), lasting), lasting),
    }


def saturation(rgb: npt.NDArray[np.uint8]) -> float:
    """How colourful pictures are: the sum of max(R, G, B) - min(R, G, B) of all pixels over the sum of the maxima.

    It is the saturation of HSV, in which each pixel counts as much as it is bright, so that the noise of dark parts
    counts little.

    Args:
        rgb: uint8, shape (pictures, height, width, 3).

    Returns:
        From 0 (grey) to 1 (pure colours); 0 for pictures that are black all over.
    """
    import cv2

    most = least = 0.0
    for picture in rgb:
        red, green, blue = cv2.split(picture)
        most += cv2.sumElems(cv2.max(cv2.max(red, green), blue))[0]
        least += cv2.sumElems(cv2.min(cv2.min(red, green), blue))[0]
    return 1 - least / most if most else 0.0


def blur(luma: npt.NDArray[np.uint8]) -> float:
    """How much of the difference between neighbouring pixels is left when the picture is blurred once more.

    The measure of Crété-Roffet et al. 2007 ("The blur effect: perception and estimation with a new no-reference
    perceptual blur metric"): what is blurred already changes little. Differences of a single level are left out here,
    as rounding makes sharp steps of every slow gradient. Contrast hardly matters; noise passes for sharpness, and
    pictures are compared at one size only.

    Args:
        luma: uint8, shape (height, width).

    Returns:
        From 0 (sharp) to 1 (blurred), the greater of both directions; 1 for a picture that shows no edge.
    """
    import cv2

    found = []
    for values in (luma.astype(np.float32), luma.T.astype(np.float32)):
        if len(values) < 2:
            continue
        blurred = cv2.blur(values, (1, BLUR_TAPS), borderType=cv2.BORDER_REFLECT)
        before, after = (cv2.absdiff(each[1:], each[:-1]) for each in (values, blurred))
        edges = cv2.threshold(before, 1, 0, cv2.THRESH_TOZERO)[1]
        lost = cv2.threshold(cv2.subtract(edges, after), 0, 0, cv2.THRESH_TOZERO)[1]
        if total := cv2.sumElems(edges)[0]:
            found.append(1 - cv2.sumElems(lost)[0] / total)
    return max(found, default=1.0)


def blockiness(luma: npt.NDArray[np.uint8]) -> float:
    """How much the lines of the coder's grid stand out: the edges on them over the edges elsewhere.

    Each difference of neighbours is held against those around it, as Muijs and Kirenko 2005 do ("A no-reference
    blocking artifact measure for adaptive video processing"), here as its share of both, so that one strong edge of
    what is shown, such as a bar's, weighs no more than a weak one. Differences of a single level are left out, as in
    `blur`.

    Args:
        luma: uint8, shape (height, width), at the size that was coded, from a line of the grid on: the grid is lost
            when a picture is shrunk.

    Returns:
        The greater of both directions: about 1 where there is no grid, and in a picture that has no edges to compare.
    """
    return max(_grid(luma.astype(np.float32)), _grid(luma.T.astype(np.float32)))


def _grid(values: npt.NDArray[np.float32]) -> float:
    """Blockiness of the columns."""
    import cv2

    if values.shape[1] <= GRID:
        return 1.0
    edges = np.maximum(np.abs(np.diff(values, axis=1)) - 1, 0)
    around = cv2.blur(edges, (2 * GRID + 1, 1), borderType=cv2.BORDER_REFLECT)
    shares = np.divide(edges, edges + around, out=np.full_like(edges, np.nan), where=around > 0)
    shown = ~np.isnan(shares).all(axis=0)
    lines = np.nanmean(shares[:, shown], axis=0)
    on = np.flatnonzero(shown) % GRID == GRID - 1
    if not on.any() or not lines[~on].any():
        return 1.0
    return float(lines[on].mean() / lines[~on].mean())


def _lumas(shot: Shot) -> list[npt.NDArray[np.uint8]]:
    """The brightness of each colour picture, uint8, shape (height, width)."""
    import cv2

    return [np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8) for rgb in shot.frames.rgb]


def _lasting(times: Sequence[float], seconds: float) -> Floats:
    """Seconds that each picture of a shot of so many seconds is shown."""
    return np.maximum(np.diff(times, append=max(seconds, times[-1])), 0)


def _share(chosen: npt.NDArray[np.bool_], lasting: Floats) -> float:
    """The share of the time that the chosen frames are shown; of a shot that takes no time, the share of the frames."""
    total = float(lasting.sum())
    return float(lasting[chosen].sum()) / total if total else float(np.mean(chosen))


def _new(shot: Shot) -> npt.NDArray[np.bool_]:
    """Which frames show something else than what is held since the last such frame."""
    import cv2

    new = shot.changes > STILL
    height, width = shot.grey.shape[1:]
    size = (-(-width // PART), -(-height // PART))
    parts = [cv2.resize(grey.astype(np.float32), size, interpolation=cv2.INTER_AREA) for grey in shot.grey]
    at = np.searchsorted(shot.times[1:], np.array(shot.grey_times) + 1e-6)
    held = parts[0]
    for frame, part in zip(at, parts, strict=True):
        if np.abs(part - held).max() > PART_STILL:
            held = part
            new[frame] = True
    return new


def _frozen(new: npt.NDArray[np.bool_], lasting: Floats) -> npt.NDArray[np.bool_]:
    """Which frames belong to a time without a change of at least FROZEN_SECONDS; it begins with the last new frame."""
    runs = np.cumsum(new)
    seconds = np.bincount(runs, weights=lasting)
    # Sums of times are not exact.
    return seconds[runs] >= FROZEN_SECONDS - 1e-6
