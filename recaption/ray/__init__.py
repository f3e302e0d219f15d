"""Captions past one machine, on Ray Data: reading, decoding and captioning are stages of one streaming pipeline.

>>> import ray
>>> from recaption.ray import caption
>>> captions = caption(ray.data.read_parquet("clips/"), mode="diffsw", replicas=8)
>>> captions.write_parquet("captions/")
"""

from __future__ import annotations

from recaption.errors import MissingExtra

try:
    import ray.data  # noqa: F401
except ImportError:
    raise MissingExtra("ray", "ray") from None

from recaption.ray.curate import curate
from recaption.ray.pipeline import caption

__all__ = ["caption", "curate"]
