"""The report of a run on scripted clips."""

import json
import random

import pytest

from recaption.errors import RunError
from recaption.evaluate.report import frame_times, report
from recaption.scripted import files, grammar


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    return folder, dict(files.make(folder, 6, seed=9, seconds=(6.0, 8.0), size=(160, 90)))


def write_run(out, rows, failures=()):
    out.mkdir(exist_ok=True)
    (out / "captions.jsonl").write_text("".join(json.dumps({"id": row["path"], **row}) + "\n" for row in rows))
    failed = [{"id": row["path"], "reason": "deadline", **row} for row in failures]
    (out / "failures.jsonl").write_text("".join(json.dumps(row) + "\n" for row in failed))


def true_rows(made):
    return [
        {"path": str(path), "caption": grammar.caption(script, frame_times(script), random.Random(1)), "steps": []}
        for path, script in made.items()
    ]


def test_true_captions_reach_the_oracle(clips, tmp_path):
    folder, made = clips
    write_run(tmp_path / "out", true_rows(made))
    result = report(tmp_path / "out", folder / "scripts.jsonl")
    assert result["clips"] == 6
    assert result["event_f1"] == pytest.approx(result["oracle_f1"], abs=0.02)
    assert result["event_f1"] > 0.75
    assert result["order"] > 0.8


def test_captions_of_other_clips_are_wrong(clips, tmp_path):
    folder, made = clips
    rows = true_rows(made)
    captions = [row["caption"] for row in rows]
    for row, caption in zip(rows, captions[1:] + captions[:1], strict=True):
        row["caption"] = caption
    write_run(tmp_path / "out", rows)
    assert report(tmp_path / "out", folder / "scripts.jsonl")["event_f1"] < 0.3


def test_a_clip_that_failed_counts_as_nothing_told(clips, tmp_path):
    folder, made = clips
    rows = true_rows(made)
    write_run(tmp_path / "out", rows[1:], [{"path": rows[0]["path"]}])
    result = report(tmp_path / "out", folder / "scripts.jsonl")
    assert (result["clips"], result["failed"]) == (6, 1)
    assert result["event_recall"] < result["oracle_f1"]


def test_a_run_of_other_clips_is_refused(clips, tmp_path):
    folder, _ = clips
    write_run(tmp_path / "out", [{"path": "/elsewhere.mp4", "caption": "", "steps": []}])
    with pytest.raises(RunError, match="no captioned clip"):
        report(tmp_path / "out", folder / "scripts.jsonl")
