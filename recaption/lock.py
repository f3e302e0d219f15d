"""A lock file: one process writes into a folder of captions, and a second one is told who does."""

from __future__ import annotations

import fcntl
import os
import socket
from pathlib import Path

from recaption.errors import RunError

_held: set[str] = set()


class LockUnsupportedError(RunError):
    """The disk does not know locks."""


class Lock:
    """An exclusive lock on a file, held until `release` or the end of the process, however it ends.

    A POSIX record lock: children do not inherit it, so a killed run leaves none behind, and network disks pass it on.
    It does not tell two holders within one process apart; `_held` does.

    Raises:
        RunError: somebody else holds it, or the file cannot be written.
        LockUnsupportedError: the disk does not know locks.
    """

    def __init__(self, path: Path) -> None:
        self._key = os.path.realpath(path)
        if self._key in _held:
            raise RunError(f"{path.parent} is in use by this very process")
        self._file = self._open(path)
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            holder = os.pread(self._file, 200, 0).decode(errors="replace").strip()
            os.close(self._file)
            raise RunError(
                f"{path.parent} is in use by {holder or 'another process'}; wait for it or stop it"
            ) from None
        except OSError as error:
            os.close(self._file)
            raise LockUnsupportedError(f"{path}: this disk cannot lock files ({error.strerror})") from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"process {os.getpid()} on {socket.gethostname()}\n".encode(), 0)
        _held.add(self._key)

    def release(self) -> None:
        os.close(self._file)
        _held.discard(self._key)

    @staticmethod
    def _open(path: Path) -> int:
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise RunError(f"{path}: cannot be written ({error.strerror})") from None
