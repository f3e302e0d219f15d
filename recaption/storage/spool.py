"""Temporary files without a name: nothing is left of them when this process ends, also when it is killed."""

from __future__ import annotations

import os
import tempfile

from recaption.clip import Held


class Spool(Held):
    """Bytes on a local disk (in TMPDIR), as long as somebody holds this.

    Attributes:
        file: to write them.
    """

    def __init__(self, content: bytes = b"") -> None:
        self.file = tempfile.TemporaryFile(prefix="recaption-")  # noqa: SIM115 - it is closed with its holder
        self.file.write(content)
        self.file.flush()

    @property
    def path(self) -> str:
        """Opens them, also in other processes of this machine and user, while this process holds them."""
        return f"/proc/{os.getpid()}/fd/{self.file.fileno()}"
