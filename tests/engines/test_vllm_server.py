"""A real vLLM server on loopback, asked over the OpenAI API."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recaption.clip import Question, Reply
from recaption.engines import serving
from recaption.engines.choose import Choice, choose
from recaption.engines.openai import connect, served
from recaption.engines.serving import Serving
from recaption.errors import AskError, RunError
from recaption.scripted import files
from scripts import vllm_server
from tests.engines.test_vllm import all_answers, assert_the_same, questions


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("server") / "log.txt"
    limits = ("--max-model-len", "2048", "--limit-mm-per-prompt", '{"image": 3}')
    with vllm_server.serving(choose("tiny").source, "tiny-server", log, *limits) as url:
        yield url


def test_the_answers_are_those_of_the_transformers_engine(url: str) -> None:
    asked = questions(40)

    async def answers(options: Serving, model: str) -> list[Reply | BaseException]:
        engine = serving.load(choose(model) if model == "tiny" else Choice(model, model), options)
        try:
            return await all_answers(engine, asked)
        finally:
            await engine.close()

    expected = asyncio.run(answers(Serving(engine="transformers"), "tiny"))
    told = asyncio.run(answers(Serving(base_url=url), "tiny-server"))
    assert_the_same(expected, told)


def test_the_command_captions_over_a_server(url: str, tmp_path: Path) -> None:
    for _ in files.make(tmp_path / "clips", 2, seed=5, seconds=(4.0, 5.0), size=(320, 180)):
        pass
    recaption = Path(sys.executable).with_name("recaption")
    for out, options in {"there": ["--base-url", url], "here": ["--model", "tiny", "--engine", "transformers"]}.items():
        line = [recaption, tmp_path / "clips", "--out", tmp_path / out, "--max-tokens", "96", *options]
        done = subprocess.run(line, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    there, here = (rows(tmp_path / out / "captions.jsonl") for out in ("there", "here"))
    assert [row["caption"] for row in there] == [row["caption"] for row in here]
    assert {row["model"] for row in there} == {"tiny-server"}


def test_a_question_that_is_too_long_is_refused_with_its_reason(url: str) -> None:
    async def ask() -> Reply | BaseException:
        engine = connect(url, "tiny-server")
        (answer,) = await all_answers(engine, [Question("word " * 3000, (), 16)])
        await engine.close()
        return answer

    error = asyncio.run(ask())
    assert isinstance(error, AskError)
    assert error.reason == "context"


def test_a_model_that_the_server_does_not_have_is_told(url: str) -> None:
    with pytest.raises(RunError, match="serves tiny-server, and not other"):
        served(url, "other")


def rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
