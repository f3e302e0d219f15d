from __future__ import annotations

import asyncio
import io
import sys

import pytest

from recaption import progress
from recaption.progress import line, shown_progress
from recaption.schedule import Tally
from tests.loops import in_loop


def test_a_line_tells_clips_failures_rate_and_time_left() -> None:
    tally = Tally(captioned=8)
    tally.failed["deadline"] += 2
    assert line(tally, 100, 5.0) == "10/100 clips, 2 failed, 2.00 clips/s, ETA 00:45"
    assert line(tally, None, 5.0) == "10 clips, 2 failed, 2.00 clips/s"
    assert line(Tally(), 100, 0.0) == "0/100 clips, 0 failed, 0.00 clips/s"


async def work(tally: Tally) -> None:
    async with shown_progress(tally, lambda: 20):
        for _ in range(12):
            await asyncio.sleep(0.01)
            tally.captioned += 1
        tally.failed["empty"] += 1
        tally.captioned_before = 5


@in_loop
async def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    await work(Tally())
    last = terminal.getvalue().split("\r")[-1]
    # 20 clips, of which 5 needed nothing.
    assert "13/15" in last
    assert "failed=1" in last


@in_loop
async def test_a_log_gets_plain_lines(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.03)
    caplog.set_level("INFO")
    await work(Tally())
    assert [message for message in caplog.messages if "/20 clips, 0 failed" in message]
    assert "\r" not in capsys.readouterr().err


@in_loop
async def test_a_source_that_cannot_be_counted_shows_what_is_done(caplog: pytest.LogCaptureFixture) -> None:
    tally = Tally()

    def failing() -> int:
        raise OSError("stale handle")

    async with shown_progress(tally, failing):
        for _ in range(500):
            if caplog.messages:
                break
            await asyncio.sleep(0.01)
    assert "could not be counted" in caplog.text
