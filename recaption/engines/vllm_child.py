"""What every process of vLLM runs first, by the entry point `vllm.general_plugins`."""

from __future__ import annotations

import multiprocessing
import os

from recaption.orphans import die_with

OURS = "RECAPTION_STARTED_VLLM"
"""Set by a recaption that starts vLLM; other people's servers are left alone."""


def tie_to_parent() -> None:
    """Let a process of vLLM end when its parent does: its core outlives a parent that is killed, and keeps its GPU."""
    parent = multiprocessing.parent_process()
    if OURS in os.environ and parent and parent.pid:
        die_with(parent.pid)
