"""Pictures that other libraries hold in memory, as ours."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from recaption.errors import UsageError


def rgb_of(pictures: Any) -> npt.NDArray[np.uint8]:
    """RGB pictures as uint8 of shape (pictures, height, width, 3), not copied where they are that already.

    Args:
        pictures: an array of numpy or decord, or a tensor of torch on any device, of shape (pictures, height, width, 3)
            or (pictures, 3, height, width); uint8, or floating point from 0 to 1.

    Raises:
        UsageError: other shapes, other numbers.
    """
    array = _array(pictures)
    if array.ndim != 4 or 3 not in (array.shape[-1], array.shape[1]):
        raise UsageError(f"pictures of shape {array.shape}: not (n, height, width, 3) and not (n, 3, height, width)")
    if array.shape[-1] != 3:
        array = array.transpose(0, 2, 3, 1)
    return np.ascontiguousarray(array if array.dtype == np.uint8 else _bytes(array)).view()


def _array(pictures: Any) -> npt.NDArray[Any]:
    if hasattr(pictures, "detach"):
        tensor = pictures.detach().cpu()
        # numpy knows no bfloat16.
        return np.asarray((tensor.float() if tensor.is_floating_point() else tensor).numpy())
    return np.asarray(pictures.asnumpy() if hasattr(pictures, "asnumpy") else pictures)


def _bytes(array: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    if not np.issubdtype(array.dtype, np.floating):
        raise UsageError(f"pictures of {array.dtype}: not uint8, and not floating point from 0 to 1")
    if array.size and not (array.min() >= 0 and array.max() <= 1):
        raise UsageError(f"pictures from {array.min():g} to {array.max():g}: floating point goes from 0 to 1")
    return np.asarray(np.rint(array * 255), np.uint8)
