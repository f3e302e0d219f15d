"""Clips in tars and behind URLs, from the command to the exports and the review page."""

from __future__ import annotations

import os
import random
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import datasets
import httpx
import numpy as np
import pytest

from llava_train import films, formats
from llava_train.recipe import Data
from recaption import Caption, Captioner, Clip, Failure, captioner
from recaption.engines import choose
from tests.clips import ColourEngine, clip, colours
from tests.files_server import FilesServer, serving
from tests.reviewing import reviewing
from tests.test_cli import Recaption, captions, failures, recaption  # noqa: F401 - a fixture

ENDLESS = "--jobs", "1", "--deadline", "6"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[FilesServer]:
    clip(tmp_path / "web" / "far.mp4", colours(7))
    with serving(tmp_path / "web") as server:
        yield server


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    """A tar of two clips, of which the first has a text beside it."""
    path = tmp_path / "shards" / "s.tar"
    path.parent.mkdir()
    (tmp_path / "a.txt").write_text("a dog jumps")
    with tarfile.open(path, "w") as tar:
        for number, name in enumerate(("a", "b")):
            tar.add(clip(tmp_path / "inside" / f"{name}.mp4", colours(number)), f"{name}.mp4")
            if name == "a":
                tar.add(tmp_path / "a.txt", "a.txt")
    return path


def written(out: Path) -> str:
    return "".join(path.read_bytes().decode("utf-8", "replace") for path in out.iterdir() if path.is_file())


def test_members_of_tars_are_captioned_once(
    recaption: Recaption,  # noqa: F811
    shard: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with tarfile.open(shard) as tar:
        os.truncate(shard, tar.getmember("b.mp4").offset_data + 1000)
    assert recaption("shards", "--jobs", "1") == 3
    rows = captions()
    assert [(row["path"], row["text"]) for row in rows] == [(f"tar://a.mp4::{shard}", "a dog jumps")]
    asked = [question.prompt for question in recaption.engine.asked]
    assert any("a dog jumps" in prompt for prompt in asked)
    (row,) = failures()
    assert (row["reason"], row["path"]) == ("row", f"tar://b.mp4::{shard}")
    assert f"{shard}, member 3: the tar ends inside it" in str(row["detail"])
    assert recaption("shards", "--jobs", "1") == 3
    assert recaption.engine.asked == []
    assert "1 were captioned before" in caplog.text
    assert recaption("--dry-run", "shards", "--new-run") == 0
    assert "a.mp4::" in recaption.out
    assert "4 frames at 0.00 2.00" in recaption.out
    assert "fails with row" in recaption.out


def test_no_secret_is_written_and_what_was_missing_comes_later(
    recaption: Recaption,  # noqa: F811
    web: FilesServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    signed = web.url.replace("//", "//me:word1@") + "{}?X-Amz-Signature=word2"
    names = ("far.mp4", "late.mp4", "refused.mp4")
    Path("t.csv").write_text("path\n" + "".join(signed.format(name) + "\n" for name in names))
    web.statuses["refused.mp4"] = [403]
    assert recaption("t.csv", signed.format("s.tar"), "--jobs", "1") == 2
    shutil.copy(web.folder / "far.mp4", web.folder / "near.mp4")
    assert recaption("t.csv", signed.format("near.mp4"), "--jobs", "1") == 3
    assert [row["path"] for row in captions()] == [f"{web.url}far.mp4", f"{web.url}near.mp4"]
    assert {str(row["path"])[len(web.url) :]: row["reason"] for row in failures()} == {
        "late.mp4": "missing",
        "refused.mp4": "missing",
    }
    for name in names[1:]:
        shutil.copy(web.folder / "far.mp4", web.folder / name)
    Path("t.csv").write_text(Path("t.csv").read_text().replace("word2", "word3"))
    assert recaption("t.csv", signed.format("near.mp4"), "--jobs", "1") == 3
    assert recaption("t.csv", "--retry-failed", "--jobs", "1") == 0
    assert len(captions()) == 4
    assert not failures()
    told = written(Path("captions")) + caplog.text + recaption.out + recaption.err
    assert not [word for word in ("word1", "word2", "word3") if word in told]


def test_a_silent_server_is_a_deadline_and_nothing_is_left_on_the_disk(
    recaption: Recaption,  # noqa: F811
    web: FilesServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "spool").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "spool"))
    shutil.copy(web.folder / "far.mp4", web.folder / "silent.mp4")
    web.silent.add("silent.mp4")
    Path("t.csv").write_text(f"path\n{web.url}silent.mp4\n{web.url}far.mp4\n")
    assert recaption("t.csv", *ENDLESS) == 3
    assert [row["path"] for row in captions()] == [f"{web.url}far.mp4"]
    assert [row["reason"] for row in failures()] == ["deadline"]
    assert not list((tmp_path / "spool").iterdir())


def test_films_in_rows_are_captioned_once(recaption: Recaption, web: FilesServer, tmp_path: Path) -> None:  # noqa: F811
    film = {"bytes": (web.folder / "far.mp4").read_bytes(), "path": "far.mp4"}
    features = datasets.Features({"film": datasets.Video(decode=False), "words": datasets.Value("string")})
    rows = {"film": [film, {"bytes": b"no film", "path": None}], "words": ["a dog", None]}
    datasets.Dataset.from_dict(rows, features=features).save_to_disk(tmp_path / "saved")
    assert recaption("saved", "--text-column", "words", "--jobs", "1") == 3
    (row,) = captions()
    assert (row["path"], row["text"]) == (f"row://1/far.mp4::{tmp_path}/saved", "a dog")
    assert [row["reason"] for row in failures()] == ["unreadable"]
    assert recaption("saved", "--text-column", "words", "--jobs", "1") == 3
    assert recaption.engine.asked == []
    assert recaption("export", "captions", "--to", "musubi", "--dest", "set", "--copy") == 2
    assert "its bytes came with a row" in recaption.err


def test_exports_of_clips_elsewhere(recaption: Recaption, web: FilesServer, shard: Path) -> None:  # noqa: F811
    assert recaption(shard, f"{web.url}far.mp4", "--jobs", "1") == 0
    # No link leads there, and no file can be put beside.
    assert recaption("export", "captions", "--to", "musubi", "--dest", "linked") == 2
    assert recaption.err.count("no link can lead to it: say --copy") == 3
    assert recaption("export", "captions", "--to", "sidecar") == 3
    assert recaption.err.count("no file can be put beside it") == 3
    assert recaption("export", "captions", "--to", "musubi", "--dest", "copied", "--copy") == 0
    copies = {path.name: path.read_bytes() for path in Path("copied/videos").iterdir()}
    assert copies == {
        "a.mp4": Path("inside/a.mp4").read_bytes(),
        "b.mp4": Path("inside/b.mp4").read_bytes(),
        "far.mp4": (web.folder / "far.mp4").read_bytes(),
    }
    assert recaption("export", "captions", "--to", "csv", "--dest", "referred", "--refer") == 0
    assert f"{web.url}far.mp4" in Path("referred/captions.csv").read_text()
    assert f"tar://a.mp4::{shard}" in Path("referred/captions.csv").read_text()
    assert recaption("export", "captions", "--to", "opensora", "--dest", "opensora", "--refer") == 0
    assert recaption("export", "captions", "--to", "webdataset", "--dest", "again") == 0
    with tarfile.open("again/000000.tar") as tar:
        assert tar.extractfile("a.mp4").read() == copies["a.mp4"]  # type: ignore[union-attr]
    (web.folder / "far.mp4").unlink()
    assert recaption("export", "captions", "--to", "musubi", "--dest", "less", "--copy") == 3
    assert f"{web.url}far.mp4: there is nothing" in recaption.err
    assert sorted(path.name for path in Path("less/videos").iterdir()) == ["a.mp4", "b.mp4"]


def test_clips_elsewhere_play_on_the_page(recaption: Recaption, web: FilesServer, shard: Path) -> None:  # noqa: F811
    assert recaption(shard, f"{web.url}far.mp4", "--jobs", "1") == 0
    with reviewing(Path("captions")) as address:
        listed = httpx.get(f"{address}captions").json()["captions"]
        assert sorted(each["name"] for each in listed) == ["a.mp4", "b.mp4", "far.mp4"]
        for each in listed:
            assert httpx.get(f"{address}clips/{each['id']}").status_code == 404  # for this the page shows the preview
            film = httpx.get(f"{address}clips/{each['id']}/preview", timeout=60)
            assert film.status_code == 200
            assert film.content[4:8] == b"ftyp"


def test_python_takes_urls_and_members(web: FilesServer, shard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ColourEngine()
    monkeypatch.setattr(choose, "choose", lambda model, revision: choose.Choice(model or "colour", ""))
    monkeypatch.setattr(captioner, "load", lambda choice, serving, asked: engine)
    member, url = f"tar://b.mp4::{shard}", f"{web.url}far.mp4"
    with Captioner(jobs=1) as made:
        told = list(made.stream([member, f"{url}?sig=word", f"{web.url}none.mp4", Clip.of(member, 0.0, 1.0)]))
    assert [type(each) for each in told] == [Caption, Caption, Failure, Caption]
    assert [each.clip.path for each in told if each.clip] == [member, url, f"{web.url}none.mp4", member]
    assert isinstance(told[2], Failure)
    assert told[2].reason == "missing"


def test_the_trainer_reads_films_elsewhere(web: FilesServer, shard: Path, tmp_path: Path) -> None:
    reading = formats.Reading.of(Data(path="rows.json", files=str(tmp_path)))
    talk = [{"from": "human", "value": "<video>\nwhat is it?"}, {"from": "gpt", "value": "colours"}]
    local, far, inside = (
        formats.sample({"video": path, "conversations": talk}, reading, random.Random(0)).pictures(64)
        for path in ("web/far.mp4", f"{web.url}far.mp4", f"tar://a.mp4::{shard}")
    )
    films.close()
    assert np.array_equal(np.stack(local), np.stack(far))
    assert np.stack(inside).shape == np.stack(far).shape
