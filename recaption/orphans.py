"""Child processes that end with their parent, however it ended."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time


def die_with(parent: int) -> None:
    """Let this process end when its parent does, even when it hangs in native code."""
    if sys.platform == "linux":
        import ctypes

        pr_set_pdeathsig = 1  # linux/prctl.h
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
