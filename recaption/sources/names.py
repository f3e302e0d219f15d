"""File names as a person reads them."""

from __future__ import annotations

import os

from recaption import urls


def shown(path: str | os.PathLike[str]) -> str:
    """A path as a person can read it on one line: line breaks and bytes that are no text are escaped.

    A URL is shown without secrets.
    """
    text = urls.public(os.fspath(path))
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
