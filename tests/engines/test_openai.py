from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recaption.clip import Question, Reply, TokenSampling
from recaption.engines import openai as engine_module
from recaption.engines.openai import OpenAIEngine, connect, served
from recaption.errors import AskError, RecaptionError, RunError, UsageError
from recaption.films import Showing, caption_clips
from recaption.prompts import load as load_prompts
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.store import MemoryStore
from recaption.video.sample import Every
from tests.engines.servers import (
    Server,
    close_at_once,
    completion,
    drip,
    garbage,
    half,
    no_choices,
    refuse,
    serving,
)
from tests.test_run import Painter, painted

KEY = "sk-very-secret"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "SHORTEST_WAIT", 0.002)
    monkeypatch.setattr(engine_module, "LONGEST_WAIT", 1.0)
    monkeypatch.setenv(engine_module.KEY_VARIABLE, KEY)


def picture(red: int) -> np.ndarray:
    return np.full((3, 5, 3), (red, 10, 20), np.uint8)


def engine_for(server: Server, timeout: float = 5.0) -> OpenAIEngine:
    return connect(server.url, served(server.url, None).source, timeout=timeout)


def ask(server: Server, *questions: Question, timeout: float = 5.0) -> list[Reply | BaseException]:
    engine = engine_for(server, timeout)

    async def all_of_them() -> list[Reply | BaseException]:
        try:
            return await asyncio.gather(*map(engine.ask, questions), return_exceptions=True)
        finally:
            await engine.close()

    return asyncio.run(all_of_them())


def questions(count: int) -> Sequence[Question]:
    return [Question(f"q{i} what?", (picture(i % 256), picture(7)), 33) for i in range(count)]


def texts(count: int) -> list[str]:
    return [f"q{i} [[{i % 256}, 10, 20], [7, 10, 20]]." for i in range(count)]


def test_a_question_goes_out_whole_and_its_answer_comes_back() -> None:
    with serving() as server:
        (reply,) = ask(server, *questions(1))
    assert reply == Reply("q0 [[0, 10, 20], [7, 10, 20]].", "stop", 7, 2, -0.5)
    (asked,) = server.asked
    assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("colours", 33, 0)
    assert "seed" not in asked
    assert server.keys == {f"Bearer {KEY}"}


def test_a_sampled_question_goes_out_with_its_seed() -> None:
    question = replace(questions(1)[0], sampling=TokenSampling(0.7, 3))
    with serving() as server:
        ask(server, question)
    assert (server.asked[0]["temperature"], server.asked[0]["seed"]) == (0.7, 3)


@pytest.mark.parametrize(
    "trouble",
    [
        refuse(429),
        refuse(500),
        refuse(503, retry_after="0"),
        refuse(408),
        close_at_once,
        half,
        garbage,
        no_choices,
        lambda handler, _: handler.send_json(completion("", message={"role": "assistant", "content": None})),
        lambda handler, _: handler.send_text("<html>bad gateway</html>", 502),
    ],
)
def test_what_may_pass_is_asked_again(trouble: object) -> None:
    with serving(trouble, trouble) as server:  # type: ignore[arg-type]
        (reply,) = ask(server, *questions(1))
    assert isinstance(reply, Reply), reply
    assert reply.text == texts(1)[0]
    assert len(server.asked) == 3


def test_an_answer_that_drips_in_is_asked_for_again() -> None:
    with serving(drip) as server:
        (reply,) = ask(server, *questions(1), timeout=0.5)
    assert isinstance(reply, Reply)
    assert len(server.asked) == 2


def test_the_server_says_how_long_to_wait() -> None:
    with serving(refuse(429, retry_after="0.6")) as server:
        started = time.monotonic()
        ask(server, *questions(1))
    assert time.monotonic() - started >= 0.6


def test_a_storm_of_refusals_ends_with_every_answer_once(monkeypatch: pytest.MonkeyPatch) -> None:
    storm = [refuse(429), refuse(500), close_at_once, None, half, garbage, None, no_choices] * 12
    # Chance must not give one question all of it.
    monkeypatch.setattr(engine_module, "ATTEMPTS", len(storm))
    with serving(*storm) as server:
        replies = ask(server, *questions(80))
    assert [r.text for r in replies if isinstance(r, Reply)] == texts(80)
    assert server.busiest <= engine_module.MOST_LANES


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (refuse(400, "This model's maximum context length is 4096 tokens"), "context"),
        (refuse(413, "the picture is too large"), "refused"),
        (refuse(422, "no such thing"), "refused"),
    ],
)
def test_what_can_never_be_answered_fails_at_once(trouble: object, reason: str) -> None:
    with serving(trouble) as server:  # type: ignore[arg-type]
        failed, fine = ask(server, *questions(2))
        if isinstance(failed, Reply):
            failed, fine = fine, failed
    assert isinstance(failed, AskError)
    assert failed.reason == reason
    assert isinstance(fine, Reply)
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "trouble", [refuse(401, f"wrong key {KEY}"), refuse(404, "no model"), refuse(429, "pay", code="insufficient_quota")]
)
def test_a_server_that_takes_no_question_ends_the_run(trouble: object) -> None:
    with serving(trouble) as server:  # type: ignore[arg-type]
        (failed,) = ask(server, *questions(1))
    assert isinstance(failed, RunError)
    assert KEY not in str(failed)
    assert len(server.asked) == 1


def test_a_server_that_never_answers_fails_the_question(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(*[refuse(500, f"key was {KEY}")] * engine_module.ATTEMPTS) as server:
        (failed,) = ask(server, *questions(1))
    assert isinstance(failed, AskError)
    assert failed.reason == "engine"
    assert len(server.asked) == engine_module.ATTEMPTS
    assert KEY not in str(failed)
    assert KEY not in caplog.text


def test_a_server_without_logprobs_answers_without_them() -> None:
    with serving(refuse(400, "logprobs are not supported")) as server:
        (reply,) = ask(server, *questions(1))
    assert isinstance(reply, Reply)
    assert "logprobs" not in server.asked[1]


def test_the_key_may_be_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(engine_module.KEY_VARIABLE)
    (tmp_path / "key").write_text("sk-from-file\n")
    with serving() as server:
        engine = connect(server.url, "colours", tmp_path / "key")
        asyncio.run(engine.ask(Question("hello")))
        assert server.keys == {"Bearer sk-from-file"}
        with pytest.raises(UsageError, match="no-key"):
            connect(server.url, "colours", tmp_path / "no-key")


def test_a_model_that_is_not_served_is_told_with_those_that_are() -> None:
    with serving() as server, pytest.raises(RecaptionError, match="serves colours, and not other"):
        served(server.url, "other")


def test_nobody_there() -> None:
    with pytest.raises(RunError, match="no server answers"):
        served("http://127.0.0.1:9/v1", None)


def test_a_long_question_does_not_seem_to_fit() -> None:
    with serving() as server:
        engine = engine_for(server)
    assert engine.fits(Question("word " * 500, (), 512))
    assert not engine.fits(Question("word " * 5000, (), 512))


def test_an_outage_ends_the_run_and_not_every_clip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "ATTEMPTS", 3)
    with serving() as server:
        engine = engine_for(server)
    with pytest.raises(RunError, match="the server is gone"):
        asyncio.run(engine.ask(Question("hello")))


def test_a_question_that_kills_each_connection_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "ATTEMPTS", 3)
    with serving(*[close_at_once] * 3) as server:
        (problem,) = ask(server, *questions(1))
    assert isinstance(problem, AskError)
    assert problem.reason == "engine"


def test_a_content_filter_refuses_once() -> None:
    def filtered(handler: Any, asked: dict[str, Any]) -> None:
        handler.send_json(completion("", finish_reason="content_filter"))

    with serving(filtered) as server:
        (problem,) = ask(server, *questions(1))
    assert isinstance(problem, AskError)
    assert (problem.reason, len(server.asked)) == ("refused", 1)


def test_every_clip_ends_captioned_or_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    storm = 12 * [
        refuse(429),
        refuse(500),
        None,
        close_at_once,
        half,
        refuse(413),
        garbage,
        None,
        no_choices,
        refuse(503),
    ]
    # Chance must not give one question all of it.
    monkeypatch.setattr(engine_module, "ATTEMPTS", len(storm))
    store, tally = MemoryStore(), Tally()
    showing = Showing("diffsw", load_prompts("default"), Every(2.0, 64))
    clips = painted(60)

    async def caption(engine: OpenAIEngine) -> None:
        try:
            await caption_clips(clips, showing, Settings(64, clips_in_flight=20), engine, store, Painter(), tally)
        finally:
            await engine.close()

    with serving(*storm) as server:
        asyncio.run(caption(engine_for(server)))
    assert set(store.captions) | set(store.failures) == set(clips)
    assert not set(store.captions) & set(store.failures)
    assert {reason for reason, _ in store.failures.values()} == {"refused"}
    assert 0 < len(store.failures) <= 12
    # A first question, two pairs and a summary of each clip, and the pictures in them are its own.
    assert all(len(caption.steps) == 3 for caption in store.captions.values())
    for clip, caption in store.captions.items():
        red = hash(clip.path) % 251
        assert f"[[{red}, 0, 0], [{red + 1}, 1, 1]]" in caption.steps[1].text
