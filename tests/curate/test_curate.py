from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from recaption import cli, sources
from recaption.claim import open_run
from recaption.clip import Clip
from recaption.curate import curate, rows
from recaption.curate.measures import ALWAYS, MEASURES
from recaption.curate.measuring import measure
from recaption.curate.recipe import RECIPES, Recipe, Threshold, load
from recaption.errors import RunError
from recaption.scripted import footage
from recaption.scripted.render import write
from recaption.store import Fingerprint
from recaption.video.decode import decode
from recaption.video.probe import opened
from recaption.video.sample import All, Uniform
from tests.clips import clip, colours
from tests.video.films import overwritten

RECIPE = """
cuts: {by: scenedetect, longest: 60}
drop:
  seconds: {below: 2.5, source: a test}
"""


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A film of shots with hard cuts, and its script."""
    path = tmp_path_factory.mktemp("films") / "film.mp4"
    script = footage.footage(7, 3, shots=(3, 3), seconds=(2.0, 4.0), fades=0.0, same_place=0.0, size=(320, 180))
    write(script, path, fps=24)
    return path, script


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """The command in this process: its exit status, and what it said."""
    monkeypatch.chdir(tmp_path)
    recipe = tmp_path / "test.yaml"
    recipe.write_text(RECIPE)

    def call(*words: str | Path, recipe: Path = recipe) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(["curate", *map(str, words), "--recipe", str(recipe), "--jobs", "1"])
        said = capsys.readouterr()
        return left.value.code or 0, said.out + said.err

    return call


def test_clips_begin_where_shots_do_and_the_recipe_drops_the_short_ones(run, film, tmp_path):
    path, script = film
    status, _ = run(path, "--out", "out")
    assert status == 0
    rows = lines(tmp_path / "out" / "clips.jsonl")
    starts = [0.0, *(start for start, _ in footage.cuts(script))]
    assert [row["start"] for row in rows] == pytest.approx(starts, abs=1.5 / 24)
    assert [row["end"] for row in rows] == pytest.approx([*starts[1:], script.seconds], abs=1.5 / 24)
    for row in rows:
        assert row["keep"] == (row["measures"]["seconds"] >= 2.5)
        assert row["dropped_by"] == ([] if row["keep"] else ["seconds"])


def test_what_is_kept_is_a_source_of_captioning(run, film, tmp_path):
    run(film[0], "--out", "out")
    kept = [row for row in lines(tmp_path / "out" / "clips.jsonl") if row["keep"]]
    clips = list(sources.clips(["out"]))
    assert [(one.path, one.start, one.end) for one in clips] == [(r["path"], r["start"], r["end"]) for r in kept]
    assert [one.id for one in clips] == [row["id"] for row in kept]


def test_another_threshold_is_applied_without_the_film(run, film, tmp_path):
    moved = tmp_path / "film.mp4"
    moved.write_bytes(film[0].read_bytes())
    run(moved, "--out", "out")
    before = lines(tmp_path / "out" / "clips.jsonl")
    moved.unlink()
    stricter = tmp_path / "stricter.yaml"
    stricter.write_text(RECIPE.replace("2.5", "1000"))
    status, _ = run("--out", "out", recipe=stricter)
    assert status == 0
    after = lines(tmp_path / "out" / "clips.jsonl")
    assert [row["measures"] for row in after] == [row["measures"] for row in before]
    assert not any(row["keep"] for row in after)
    assert (tmp_path / "out" / "kept.jsonl").read_text() == ""
    assert load(str(tmp_path / "out" / "recipe.yaml")) == load(str(stricter))


def test_a_recipe_that_measures_otherwise_wants_the_films(run, film, tmp_path):
    run(film[0], "--out", "out")
    other = tmp_path / "other.yaml"
    other.write_text(RECIPE.replace("longest: 60", "longest: 2"))
    status, said = run("--out", "out", recipe=other)
    assert status == cli.WRONG_USAGE
    assert "give the films too" in said
    status, said = run(film[0], "--out", "out", recipe=other)
    assert status == cli.COULD_NOT_RUN
    assert "longest" in said
    assert run(film[0], "--out", "out", "--new-run", recipe=other)[0] == 0
    assert all(row["measures"]["seconds"] <= 2 for row in lines(tmp_path / "out" / "clips.jsonl"))


def test_a_film_is_measured_once(run, film, monkeypatch):
    run(film[0], "--out", "out")
    monkeypatch.setattr(curate, "measure", None)
    assert run(film[0], "--out", "out")[0] == 0


def test_broken_films_are_rows_with_a_reason(run, film, tmp_path, caplog):
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "text.mp4").write_text("no film")
    (tmp_path / "films" / "cut.mp4").write_bytes(film[0].read_bytes()[:2000])
    clip(tmp_path / "films" / "good.mp4", colours(1, 2))
    status, _ = run("films", tmp_path / "films" / "good.mp4", "--out", "out")
    assert status == cli.SOME_FAILED
    assert "2 films failed, unreadable" in caplog.text
    assert {Path(row["path"]).name: row["reason"] for row in lines(tmp_path / "out" / "failures.jsonl")} == {
        "text.mp4": "unreadable",
        "cut.mp4": "unreadable",
    }
    assert {Path(row["path"]).name for row in lines(tmp_path / "out" / "clips.jsonl")} == {"good.mp4"}


def test_clips_are_written_as_files_that_show_the_same(run, film, tmp_path):
    run(film[0], "--out", "out", "--write-clips")
    kept = [row for row in lines(tmp_path / "out" / "clips.jsonl") if row["keep"]]
    written = list(sources.clips(["out"]))
    assert {Path(one.path).parent for one in written} == {tmp_path / "out" / "clips"}
    for row, one in zip(kept, written, strict=True):
        assert (one.start, one.end) == (None, None)
        assert len(decode(one, All())) == round((row["end"] - row["start"]) * 24)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "clips").iterdir()}
    run(film[0], "--out", "out", "--write-clips")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "clips").iterdir()} == before


def test_a_film_of_one_shot_stays_whole(run, tmp_path):
    path = tmp_path / "still.mp4"
    clip(path, [(90, 120, 30)] * 2)
    run(path, "--out", "out")
    (row,) = lines(tmp_path / "out" / "clips.jsonl")
    assert (row["start"], row["end"]) == (None, None)


def test_spans_of_a_film_are_cut_by_themselves(run, film, tmp_path):
    path, script = film
    first = footage.cuts(script)[0][0]
    (tmp_path / "spans.csv").write_text(f"path,start,end\n{path},{first - 1},{first + 1}\n")
    run("spans.csv", "--start-column", "start", "--end-column", "end", "--out", "out")
    rows = lines(tmp_path / "out" / "clips.jsonl")
    ends = [time for row in rows for time in (row["start"], row["end"])]
    assert ends == pytest.approx([first - 1, first, first, first + 1], abs=1.5 / 24)


def test_a_copy_is_dropped_for_the_larger_one(run, film, tmp_path):
    path, script = film
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "b.mp4").symlink_to(path)
    write(replace(script, width=192, height=108), tmp_path / "films" / "a.mp4", fps=15, crf=30)
    recipe = tmp_path / "duplicates.yaml"
    recipe.write_text("measures: [prints]\nduplicates: drop\n")
    assert run("films", "--out", "out", recipe=recipe)[0] == 0
    rows = lines(tmp_path / "out" / "clips.jsonl")
    small, large = ([row for row in rows if row["path"].endswith(name)] for name in ("a.mp4", "b.mp4"))
    assert len(small) == len(large) == len(script.shots)
    assert all(row["keep"] and row["dropped_by"] == [] for row in large)
    assert [row["duplicate_of"] for row in small] == [row["id"] for row in large]
    assert all(row["dropped_by"] == ["duplicate"] for row in small)


def test_what_the_camera_does_is_a_hint_to_the_captioner(run, tmp_path):
    write(footage.one_shot(3, 1, "pan_left", 0.1, seconds=(3.0, 3.0), size=(320, 180)), tmp_path / "pan.mp4", fps=24)
    (tmp_path / "films.csv").write_text("path,said\npan.mp4,a hall\n")
    recipe = tmp_path / "motion.yaml"
    recipe.write_text("measures: [motion]\n")
    words = ["films.csv", "--text-column", "said", "--out", "out"]
    run(*words, recipe=recipe)
    assert [clip.text for clip in sources.clips(["out"])] == ["a hall"]
    run(*words, "--camera-hint", recipe=recipe)
    assert [clip.text for clip in sources.clips(["out"])] == ["a hall The camera pans left."]


def test_captions_and_curation_do_not_share_a_folder(run, film, tmp_path):
    run(film[0], "--out", "curated")
    with pytest.raises(RunError, match="holds a curation: choose another --out"):
        open_run(tmp_path / "curated", Fingerprint("grid", "m", "p", "h", "f", 1))
    open_run(tmp_path / "captions", Fingerprint("grid", "m", "p", "h", "f", 1)).close()
    status, said = run(film[0], "--out", "captions")
    assert status == cli.COULD_NOT_RUN
    assert "holds a run of captions: choose another --out" in said


def test_a_clip_of_a_film_with_a_long_odd_name_is_written(run, film, tmp_path):
    (tmp_path / "films").mkdir()
    name = b"a \n\xff" + "é".encode() * 120 + b".mp4"
    Path(os.fsdecode(os.fsencode(tmp_path / "films") + b"/" + name)).write_bytes(film[0].read_bytes())
    assert run("films", "--out", "out", "--write-clips")[0] == 0
    assert all(Path(clip.path).parent.name == "clips" for clip in sources.clips(["out"]))


def test_a_clip_that_two_spans_hold_is_there_once_and_no_duplicate_of_itself(run, film, tmp_path):
    path, script = film
    (tmp_path / "spans.csv").write_text(f"path,end\n{path},\n{path},{footage.cuts(script)[1][0]}\n")
    recipe = tmp_path / "duplicates.yaml"
    recipe.write_text("measures: [prints]\nduplicates: drop\n")
    run("spans.csv", "--end-column", "end", "--out", "out", recipe=recipe)
    rows = lines(tmp_path / "out" / "clips.jsonl")
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row.get("duplicate_of") != row["id"] for row in rows)
    assert all(row["keep"] for row in rows[:2])


def film_row(path: str, width: int, text: float, print: str, words: str | None = None) -> dict:
    shot = {"start": 0.0, "end": 3.0, "goes_on": False, "seconds": 3.0, "text": text, "print": print}
    name = {"id": path, "path": path, "start": None, "end": None, "size": 1, "mtime_ns": 2, "text": words}
    return {**name, "width": width, "height": 9, "duration": 3.0, "flags": ["truncated"], "shots": [shot]}


def test_a_clip_that_is_dropped_drops_no_other(film):
    (shot, *_) = measure(Clip.of(film[0]), Recipe(measures=("prints",)), lambda: None).shots
    recipe = Recipe(
        measures=("text", "prints"), duplicates="drop", drop={"text": Threshold(source="a test", above=0.1)}
    )
    films = [film_row("/large.mp4", 3840, 0.2, shot["print"]), film_row("/clean.mp4", 1920, 0.0, shot["print"])]
    found = {row["path"]: row for row in rows.clips(lambda: iter(films), recipe)}
    assert found["/large.mp4"]["dropped_by"] == ["text"]
    assert found["/clean.mp4"]["keep"]
    assert found["/clean.mp4"]["flags"] == ["truncated"]


def test_damage_costs_only_the_shots_that_it_reaches(run, film, tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(film[0].read_bytes())
    first, second = (start for start, _ in footage.cuts(film[1]))
    overwritten(path, round((first + second) / 2 * 24))
    run(path, "--out", "out", recipe=Path("svd"))
    damaged = [row["measures"]["damaged"] for row in lines(tmp_path / "out" / "clips.jsonl")]
    assert [share > 0 for share in damaged] == [False, True, False]
    dropped = [row["dropped_by"] for row in lines(tmp_path / "out" / "clips.jsonl")]
    assert ["damaged" in names for names in dropped] == [False, True, False]
    for start, end in ((0.0, first), (second, None)):
        assert len(decode(Clip.of(path, start, end), Uniform(4))) == 4


def test_one_film_with_two_texts_is_no_duplicate_of_itself(film):
    (shot, *_) = measure(Clip.of(film[0]), Recipe(measures=("prints",)), lambda: None).shots
    films = [film_row("/a.mp4", 320, 0.0, shot["print"], words) for words in ("a cat", "a dog")]
    recipe = Recipe(measures=("prints",), duplicates="drop")
    assert all(row["keep"] for row in rows.clips(lambda: iter(films), recipe))


def test_a_fault_with_one_film_is_its_failure(run, film, tmp_path, monkeypatch):
    clip(tmp_path / "good.mp4", colours(1, 2))
    of_film = rows.film_row

    def faulty(one, measured):
        if one.path == str(film[0]):
            raise RuntimeError("out of memory")
        return of_film(one, measured)

    monkeypatch.setattr(rows, "film_row", faulty)
    assert run(film[0], "good.mp4", "--out", "out")[0] == cli.SOME_FAILED
    (failure,) = lines(tmp_path / "out" / "failures.jsonl")
    assert (failure["path"], failure["reason"]) == (str(film[0]), "internal")
    assert {row["path"] for row in lines(tmp_path / "out" / "clips.jsonl")} == {str(tmp_path / "good.mp4")}


@pytest.mark.parametrize("out", [".", "films", "films/out"])
def test_what_is_written_does_not_lie_in_the_footage(run, film, tmp_path, out):
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "film.mp4").symlink_to(film[0])
    status, said = run("." if out == "." else "films", "--out", out)
    assert status == cli.WRONG_USAGE
    assert "choose another one" in said


def test_another_film_than_was_measured_is_not_cut(run, film, tmp_path, caplog):
    moved = tmp_path / "film.mp4"
    moved.write_bytes(film[0].read_bytes())
    run(moved, "--out", "out")
    clip(moved, colours(3, 4))
    assert run("--out", "out", "--write-clips")[0] == cli.SOME_FAILED
    assert "was changed since it was measured" in caplog.text
    assert list((tmp_path / "out" / "clips").iterdir()) == []


def test_without_a_recipe_the_one_that_was_applied_stays(film, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    strict = tmp_path / "strict.yaml"
    strict.write_text(RECIPE.replace("2.5", "1000"))
    for words in ([str(film[0]), "--recipe", str(strict)], []):
        with pytest.raises(SystemExit):
            cli.main(["curate", *words, "--out", "out", "--jobs", "1"])
        assert not any(row["keep"] for row in lines(tmp_path / "out" / "clips.jsonl"))


def test_a_new_run_puts_the_earlier_one_aside_whole(run, film, tmp_path):
    run(film[0], "--out", "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.jsonl")}
    run(film[0], "--out", "out", "--new-run")
    aside = tmp_path / "out" / "before-1"
    assert {path.name: path.read_bytes() for path in aside.glob("*.jsonl")} == before
    assert run("--out", aside)[0] == 0


def test_explain_counts_and_draws(run, film, tmp_path, capsys):
    run(film[0], "--out", "out")
    kept = [row["keep"] for row in lines(tmp_path / "out" / "clips.jsonl")]
    with pytest.raises(SystemExit) as left:
        cli.main(["curate", "--explain", "out"])
    assert not left.value.code
    said = capsys.readouterr().out
    assert f"{len(kept)} clips, {sum(kept)} kept" in said
    assert "seconds below 2.5: a test" in said
    assert (tmp_path / "out" / "measures.png").read_bytes().startswith(b"\x89PNG")


def test_without_films_and_without_measures_it_says_so(run):
    status, said = run("--out", "out")
    assert status == cli.WRONG_USAGE
    assert "curation.db" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("measures: [smell]", "measures are some of"),
        ("thresholds: {}", "no key 'thresholds'"),
        ("drop: {seconds: {below: 2}}", "missing source"),
        ("drop: {seconds: {below: two, source: x}}", "'two' is no float"),
        ("cuts: {by: hand}", "cuts.by is one of"),
        ("duplicates: drop", "measure prints"),
        ("drop: {motoin: {below: 1, source: x}}", "drop.motoin: this recipe measures no such number"),
        ("drop: {motion: {below: 1, source: x}}", "drop.motion: this recipe measures no such number"),
        ("measures: [motion]\ndrop: {camera: {below: 1, source: x}}", "drop.camera: this recipe"),
        ("drop: {aesthetic: {below: 1, source: x}}", "drop.aesthetic: this recipe measures no such number"),
        ("drop: {seconds: {source: x}}", "say below or above which value"),
        ("drop: {seconds: {below: 5, above: 1, source: x}}", "which is not the lesser"),
        ("drop: {seconds: {below: .nan, source: x}}", "which is not the lesser"),
        ("- 1", "a mapping"),
        ("a: [", "neither a recipe"),
    ],
)
def test_a_wrong_recipe_is_refused(run, film, tmp_path, text, said):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text)
    status, told = run(film[0], recipe=wrong)
    assert status == cli.WRONG_USAGE
    assert said in told


def test_measures_give_what_they_are_known_for(film):
    recipe = Recipe(measures=tuple(MEASURES))
    measured = measure(Clip.of(film[0]), recipe, lambda: None)
    names = {name.split(".")[0] for kind in MEASURES.values() for name in kind.numbers}
    for shot in measured.shots:
        assert names == set(shot) - {*rows.NOT_MEASURED, *ALWAYS, "print"}


def test_every_recipe_of_the_package_parses():
    found = [load(path.stem) for path in RECIPES.glob("*.yaml")]
    assert found
    assert all(threshold.source for recipe in found for threshold in recipe.drop.values())


def test_the_first_frame_of_a_written_clip_is_its_keyframe(run, film, tmp_path):
    run(film[0], "--out", "out", "--write-clips")
    for path in (tmp_path / "out" / "clips").iterdir():
        with opened(str(path)) as (container, stream):
            assert next(container.demux(stream)).is_keyframe
