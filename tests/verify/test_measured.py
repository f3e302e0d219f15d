"""Captions of scripted clips, held against what is measured of the films."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest

from recaption import cli
from recaption.claim import open_run
from recaption.clip import Caption, Clip
from recaption.scripted import footage
from recaption.scripted.render import write
from recaption.store import Fingerprint
from tests.loops import in_loop
from tests.video.films import overwritten

RUN = Fingerprint("diffsw", "a model", "default", "0", "frames", 512)
RIGHT = "A hall is shown. The camera pans left."
WRONG = "A hall is shown. The camera zooms in. The scene cuts to a street."


@in_loop
async def stored(out: Path, captions: dict[Path, str]) -> None:
    store = open_run(out, RUN)
    for path, text in captions.items():
        await store.finish(Clip.of(path), Caption(text, text))
    store.close()


def verify(out: Path, *words: str) -> dict[str, dict]:
    with pytest.raises(SystemExit) as left:
        cli.main(["verify", str(out), "--jobs", "1", *words])
    assert not left.value.code
    rows = map(json.loads, (out / "captions.jsonl").read_text().splitlines())
    return {Path(row["path"]).stem: row for row in rows}


def test_the_command_measures_the_films_and_mends_the_captions(tmp_path: Path, capsys) -> None:
    pan = footage.one_shot(3, 1, "pan_left", 0.1, seconds=(3.0, 3.0), size=(320, 180))
    films = {tmp_path / "right.mp4": RIGHT, tmp_path / "wrong.mp4": WRONG}
    for film in films:
        write(pan, film, fps=24)
    stored(tmp_path / "out", films)
    rows = verify(tmp_path / "out")
    assert "2 captions" in capsys.readouterr().out
    assert {name: [each["outcome"] for each in row["verified"]] for name, row in rows.items()} == {
        "right": ["confirmed"],
        "wrong": ["contradicted", "contradicted"],
    }
    assert {name: row["flags"] for name, row in rows.items()} == {"right": [], "wrong": ["contradicted"]}
    for film in films:
        film.unlink()
    rows = verify(tmp_path / "out", "--fix", "--camera-phrase")
    assert {name: row["caption"] for name, row in rows.items()} == {
        "right": RIGHT,
        "wrong": "A hall is shown. The camera pans left.",
    }
    assert all(row["flags"] == [] for row in rows.values())


def test_nobody_is_judged_by_broken_frames(tmp_path: Path, capsys) -> None:
    film = tmp_path / "film.mp4"
    write(footage.one_shot(3, 1, "pan_left", 0.1, seconds=(3.0, 3.0), size=(320, 180)), film, fps=24)
    overwritten(film, 30)
    stored(tmp_path / "out", {film: WRONG})
    row = verify(tmp_path / "out")["film"]
    assert {each["outcome"] for each in row["verified"]} == {"unknown"}
    assert "1 could not be measured: damaged" in capsys.readouterr().out


def test_cuts_are_those_inside_of_a_clip(tmp_path: Path) -> None:
    script = footage.footage(5, 1, shots=(2, 2), seconds=(2.5, 3.0), fades=0.0, same_place=0.0, size=(320, 180))
    film = tmp_path / "film.mp4"
    write(script, film, fps=24)
    stored(tmp_path / "out", {film: "A duck walks. The scene cuts to a street."})
    (claim,) = verify(tmp_path / "out")["film"]["verified"]
    assert (claim["kind"], claim["outcome"]) == ("shots", "confirmed")
    assert "1 cut at" in claim["measure"]


def test_a_bright_room_between_black_bars_is_bright(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    room = np.full((180, 102, 3), 170, np.uint8)
    room[::20] = room[:, ::20] = 120
    picture = np.pad(room, ((0, 0), (109, 109), (0, 0)))
    with av.open(str(film), "w") as container:
        stream = container.add_stream("libx264", rate=12, options={"threads": "1"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for _ in range(24):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    stored(tmp_path / "out", {film: "A woman dances in a brightly lit room."})
    (claim,) = verify(tmp_path / "out")["film"]["verified"]
    assert (claim["value"], claim["outcome"]) == ("bright", "confirmed")


def test_a_film_that_is_gone_leaves_its_claims_unknown(tmp_path: Path, capsys) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"no film")
    stored(tmp_path / "out", {film: RIGHT})
    (claim,) = verify(tmp_path / "out")["film"]["verified"]
    assert claim["outcome"] == "unknown"
    assert "1 could not be measured: unreadable" in capsys.readouterr().out
