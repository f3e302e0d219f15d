from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from recaption import cli, command
from recaption.engines import choose
from recaption.engines.serving import Asked, Serving
from recaption.errors import RunError
from recaption.postfilter import RULES, SIGNS
from tests.clips import ColourEngine, clip, colours, make_clips

ROOT = Path(__file__).parents[1]
COMMANDS = sorted(cli.cli.commands)


class Recaption:
    """The command in this process, with an engine that needs no model.

    Attributes:
        engine: the one that the last call loaded.
        out, err: what the last call printed.
    """

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys = capsys
        self.engine = ColourEngine()
        self.next_engine: ColourEngine | None = None
        monkeypatch.setattr(choose, "choose", self._choose)
        monkeypatch.setattr(command, "load", self._load)

    def __call__(self, *words: str | Path) -> int:
        self.engine = ColourEngine()
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        self.out, self.err = self.capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code

    def _choose(self, model: str | None, revision: str | None) -> choose.Choice:
        return choose.Choice(model or "colour", "", by_default=model is None)

    def _load(self, choice: choose.Choice, serving: Serving, asked: Asked) -> ColourEngine:
        self.engine, self.next_engine = self.next_engine or ColourEngine(choice.name), None
        return self.engine


@pytest.fixture
def recaption(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> Recaption:
    monkeypatch.chdir(tmp_path)
    caplog.set_level("INFO")
    return Recaption(capsys, monkeypatch)


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def captions(out: Path = Path("captions")) -> list[dict[str, object]]:
    return rows(out / "captions.jsonl")


def failures(out: Path = Path("captions")) -> list[dict[str, object]]:
    return rows(out / "failures.jsonl")


def test_folders_become_captions(recaption: Recaption) -> None:
    make_clips(Path("films/more"), 3)
    assert recaption("caption", "films", "--jobs", "1") == 0
    assert [Path(str(row["path"])).name for row in captions()] == ["clip000.mp4", "clip001.mp4", "clip002.mp4"]
    first = captions()[0]
    columns = "id path start end text mode model prompts caption raw steps edits flags tokens mean_logprob seconds"
    assert list(first) == columns.split()
    assert (first["mode"], first["model"], first["prompts"]) == ("diffsw", "colour", "default")
    assert failures() == []
    assert recaption.engine.closed


def test_the_command_s_name_may_be_left_out(recaption: Recaption) -> None:
    make_clips(Path("films"), 1)
    assert recaption("films") == 0
    assert recaption("--mode", "grid", "--out", "grids", "films") == 0
    assert len(captions()) == len(captions(Path("grids"))) == 1


def test_a_folder_named_like_a_command_is_written_with_its_folder(recaption: Recaption) -> None:
    make_clips(Path("export"), 1)
    assert recaption("export", "--mode", "grid") == 2
    assert "./export" in recaption.err
    assert recaption("status", "nowhere") == 2
    assert "./status" not in recaption.err
    assert recaption("./export") == 0


def test_some_failures_are_status_3_and_rows(recaption: Recaption, caplog: pytest.LogCaptureFixture) -> None:
    make_clips(Path("films"), 2)
    Path("films/text.mp4").write_text("no video")
    Path("films/zero.mp4").touch()
    assert recaption("films") == 3
    assert len(captions()) == 2
    assert {row["reason"] for row in failures()} == {"unreadable"}
    assert all(str(row["path"]) in str(row["detail"]) for row in failures())
    assert "2 captioned, 2 failed" in caplog.text
    assert "2 unreadable:" in caplog.text


def test_the_same_command_again_does_what_is_left(recaption: Recaption, caplog: pytest.LogCaptureFixture) -> None:
    make_clips(Path("films"), 2)
    Path("films/bad.mp4").write_text("no video")
    assert recaption("films") == 3
    make_clips(Path("films"), 3)
    os.utime("films/clip000.mp4")
    caplog.clear()
    assert recaption("films") == 3
    assert len(recaption.engine.asked) == 3 * 5
    caplog.clear()
    assert recaption("films") == 3
    assert not recaption.engine.asked
    assert "3 were captioned before" in caplog.text
    assert "1 failed before; --retry-failed tries them again" in caplog.text
    assert len(captions()) == 3


def test_retry_failed_takes_those_that_failed(recaption: Recaption) -> None:
    make_clips(Path("films"), 1)
    Path("films/later.mp4").write_text("not yet copied")
    assert recaption("films") == 3
    clip(Path("films/later.mp4"), colours(9))
    clip(Path("films/new.mp4"), colours(10))
    assert recaption("films", "--retry-failed") == 0
    assert [Path(str(row["path"])).name for row in captions()] == ["clip000.mp4", "later.mp4"]
    assert failures() == []


def test_another_run_stops_with_its_differences(recaption: Recaption) -> None:
    make_clips(Path("films"), 1)
    assert recaption("films") == 0
    before = Path("captions/captions.jsonl").read_bytes()
    assert recaption("films", "--mode", "grid", "--frames", "9", "--model", "other") == 1
    for line in (
        "mode: diffsw there, grid now",
        "model: colour there, other now",
        "frames: every 2 s, at most 64 there, 9 spread evenly now",
    ):
        assert line in recaption.err
    assert Path("captions/captions.jsonl").read_bytes() == before
    assert recaption("films", "--mode", "grid", "--new-run") == 0
    assert captions()[0]["mode"] == "grid"
    assert Path("captions/before-1/captions.jsonl").read_bytes() == before


def test_equal_names_in_different_folders_are_different_clips(recaption: Recaption) -> None:
    for i, folder in enumerate("abc"):
        clip(Path(f"films/{folder}/clip.mp4"), colours(i))
    assert recaption("films") == 0
    assert len({str(row["id"]) for row in captions()}) == 3
    assert len({str(row["caption"]) for row in captions()}) == 3


def test_strange_names_are_captioned_and_told(recaption: Recaption) -> None:
    names = [b"films/two\nlines.mp4", "films/ビデオ 🎬.mp4".encode(), b"films/-dash.mp4", b"films/\xff\xfe.mp4"]
    for i, name in enumerate(names):
        clip(Path("films/plain.mp4"), colours(i)).rename(os.fsdecode(name))
    Path(os.fsdecode(b"films/bad\xff\n.mp4")).write_text("x")
    assert recaption("films", "--dry-run") == 0
    assert len(recaption.out.splitlines()) == 6
    assert recaption("films") == 3
    found = {os.fsencode(str(row["path"])) for row in captions()}
    assert found == {os.fsencode(os.getcwd()) + b"/" + name for name in names}
    assert len(failures()) == 1
    assert "ビデオ 🎬" in Path("captions/captions.jsonl").read_text(encoding="utf-8")
    assert recaption("export", "captions", "--to", "sidecar") == 0
    assert all(os.path.exists(name[:-4] + b".txt") for name in names)
    os.chdir("films")
    assert recaption("--out", "../one", "--", "-dash.mp4") == 0


def test_a_dry_run_tells_times_and_writes_nothing(recaption: Recaption) -> None:
    make_clips(Path("films"), 2, shots=2)
    Path("films/text.mp4").write_text("no video")
    assert recaption("films", "--dry-run") == 0
    first, *others = recaption.out.splitlines()
    assert first == "diffsw, prompts default, frames every 2 s, at most 64, into captions"
    assert others[0].endswith("clip000.mp4: 3 frames at 0.00 2.00 3.50 of 4.00 s")
    assert "fails with unreadable" in others[2]
    assert not Path("captions").exists()
    assert not recaption.engine.asked

    recaption("films", "--limit", "1")
    assert recaption("films", "--dry-run") == 0
    assert recaption.out.splitlines()[1].endswith("clip000.mp4: captioned before")
    assert recaption("films", "--dry-run", "--retry-failed") == 0
    assert recaption.out.count("never tried") == 2
    assert recaption("films", "--dry-run", "--max-frames", "2") == 0
    assert "[interval_widened]" in recaption.out


def test_limit_takes_the_first_ones(recaption: Recaption) -> None:
    make_clips(Path("films"), 4)
    assert recaption("films", "--limit", "2") == 0
    assert recaption("films", "--limit", "3") == 0
    assert [Path(str(row["path"])).name for row in captions()] == ["clip000.mp4", "clip001.mp4", "clip002.mp4"]
    recaption("status", "captions")
    assert recaption.out.strip().endswith("not finished")


def test_shards_are_captioned_and_merged(recaption: Recaption, monkeypatch: pytest.MonkeyPatch) -> None:
    make_clips(Path("films"), 7, shots=1)
    Path("films/bad.mp4").write_text("x")
    statuses = [recaption("films", "--shard", f"{i}/3") for i in range(2)]
    for name, value in {"ID": 12, "COUNT": 3, "MIN": 10, "MAX": 12}.items():
        monkeypatch.setenv(f"SLURM_ARRAY_TASK_{name}", str(value))
    statuses.append(recaption("films", "--shard", "slurm"))
    assert sorted(statuses) == [0, 0, 3]
    assert sum(len(captions(Path(f"captions/shard-{i}"))) for i in range(3)) == 7
    assert recaption("export", "captions", "--to", "sidecar") == 2
    assert "recaption merge" in recaption.err
    assert recaption("merge", "captions") == 0
    assert "warning" not in recaption.err
    assert len(captions()) == 7
    assert len(failures()) == 1
    assert recaption("status", "captions") == 0
    assert recaption.out.startswith("captioned 7\nfailed    1\n  1 unreadable")
    assert recaption("export", "captions", "--to", "sidecar") == 0
    assert len(list(Path("films").glob("*.txt"))) == 7


def test_a_share_without_clips_is_no_error(recaption: Recaption) -> None:
    make_clips(Path("films"), 1)
    assert [recaption("films", "--shard", f"{i}/2") for i in range(2)] == [0, 0]
    assert recaption("merge", "captions") == 0
    assert len(captions()) == 1


def test_the_database_may_be_elsewhere(recaption: Recaption) -> None:
    make_clips(Path("films"), 2)
    assert recaption("films", "--journal", "local/a.db") == 0
    assert sorted(path.name for path in Path("captions").iterdir() if path.suffix != ".lock") == [
        "captions.jsonl",
        "failures.jsonl",
    ]
    assert recaption("films", "--journal", "local/a.db") == 0
    assert not recaption.engine.asked
    assert recaption("films") == 1
    assert "--journal" in recaption.err
    assert recaption("status", "captions", "--journal", "local/a.db") == 0
    assert recaption.out.startswith("captioned 2\n")
    for i in range(2):
        assert recaption("films", "--shard", f"{i}/2", "--journal", "local/b.db", "--out", "shared") == 0
    assert Path("local/b-shard-1.db").is_file()


def test_sidecars_are_named_and_refusals_counted(recaption: Recaption) -> None:
    make_clips(Path("films"), 2)
    recaption("films")
    Path("films/clip001.mp4").unlink()
    assert recaption("export", "captions", "--to", "sidecar") == 3
    assert recaption.out.splitlines() == [str(Path("films/clip000.txt").absolute())]
    assert "refused" in recaption.err
    assert Path("films/clip000.txt").read_text() == f"{captions()[0]['caption']}\n"


def test_clips_from_a_table(recaption: Recaption) -> None:
    make_clips(Path("films"), 1)
    rows = [
        "file,words,from,to",
        "clip000.mp4,two colours,0,2",
        "clip000.mp4,,2,4",
        "none.mp4,,,",
        ",,,",
        "clip000.mp4,,9,10",
    ]
    Path("films/list.csv").write_text("\n".join(rows))
    columns = ("--path-column", "file", "--text-column", "words", "--start-column", "from", "--end-column", "to")
    assert recaption("films/list.csv", "--dry-run", *columns) == 0
    assert "list.csv, row 4: no path in the column 'file'" in recaption.out
    assert recaption("films/list.csv", *columns) == 3
    assert [(row["start"], row["end"], row["text"]) for row in captions()] == [
        (0.0, 2.0, "two colours"),
        (2.0, 4.0, None),
    ]
    assert any("two colours" in question.prompt for question in recaption.engine.asked)
    failed = {row["reason"]: row["detail"] for row in failures()}
    assert set(failed) == {"missing", "row", "span"}
    assert "list.csv, row 3" in failed["missing"]
    assert recaption("films/list.csv", *columns, "--path-column", "path") == 2
    assert "no column 'path'" in recaption.err


def test_a_set_for_a_trainer(recaption: Recaption) -> None:
    make_clips(Path("films"), 2)
    recaption("films")
    assert recaption("export", "captions", "--to", "cogvideo", "--dest", "set", "--copy") == 0
    names = [Path("set/videos", f"clip00{number}.mp4") for number in range(2)]
    assert recaption.out.splitlines() == [str(name.absolute()) for name in names]
    assert Path("set/prompts.txt").read_text().splitlines() == [row["caption"] for row in captions()]
    assert recaption("export", "captions", "--to", "cogvideo", "--dest", "set") == 2
    assert recaption("export", "captions", "--to", "cogvideo") == 2
    assert "--dest" in recaption.err
    assert recaption("export", "captions", "--to", "videos-fun", "--dest", "other") == 2
    assert "did you mean videox-fun" in recaption.err
    assert recaption("formats") == 0
    assert "cogvideo-sat: " in recaption.out


def test_the_tiny_model_is_named_in_every_row(recaption: Recaption, caplog: pytest.LogCaptureFixture) -> None:
    make_clips(Path("films"), 1)
    assert recaption("films", "--model", "tiny@0123") == 0
    assert captions()[0]["flags"] == ["tiny"]
    assert "knows scripted cartoons only" in caplog.text
    assert recaption("export", "captions", "--to", "sidecar") == 2
    assert "--allow-tiny" in recaption.err
    assert recaption("export", "captions", "--to", "sidecar", "--allow-tiny") == 0


def test_an_engine_that_dies_is_status_1_and_keeps_what_is_done(recaption: Recaption) -> None:
    make_clips(Path("films"), 6)
    answers = iter(range(100))
    recaption.next_engine = ColourEngine(answer=lambda _: RunError("out of memory") if next(answers) > 25 else None)
    assert recaption("films", "--jobs", "1") == 1
    assert "recaption: out of memory" in recaption.err
    done = len(captions())
    assert failures() == []
    assert recaption("films") == 0
    assert len(captions()) == 6
    assert len(recaption.engine.asked) == 6 * 5 - 26
    assert done < 6


WRONG: list[Sequence[str]] = [
    [],
    ["caption"],
    ["nowhere.mp4"],
    ["empty"],
    ["films", "--mode", "slow"],
    ["films", "--every", "0"],
    ["films", "--every", "nan"],
    ["films", "--max-frames", "1"],
    ["films", "--mode", "grid", "--frames", "0"],
    ["films", "--limit", "0"],
    ["films", "--jobs", "0"],
    ["films", "--deadline", "0"],
    ["films", "--max-tokens", "0"],
    ["films", "--prompts", "nosuch"],
    ["films", "--shard", "2/2"],
    ["films", "--shard", "slurm"],
    ["films", "--decoder", "vlc"],
    ["films", "--engine", "abacus"],
    ["films", "--nonsense"],
    ["export", "films"],
    ["export", "films", "--to", "sidecar"],
    ["export", "films", "--to", "papyrus"],
    ["merge", "films"],
    ["status", "films"],
    ["status"],
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_is_status_2_with_a_message_and_starts_nothing(recaption: Recaption, words: Sequence[str]) -> None:
    make_clips(Path("films"), 1, shots=1)
    Path("empty").mkdir()
    assert recaption(*words) == 2
    assert recaption.err.strip()
    assert "Traceback" not in recaption.err
    assert not Path("captions").exists()


def test_a_folder_that_cannot_be_written_is_status_1(recaption: Recaption) -> None:
    make_clips(Path("films"), 1, shots=1)
    Path("file").write_text("x")
    assert recaption("films", "--out", "file/captions") == 1
    assert "file" in recaption.err


def started(*words: str | Path, module: str = "tests.colour_command", **environment: str) -> subprocess.Popen[str]:
    # A shell that starts this test run in the background has the interrupt ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_no_command_s_help_imports_what_is_heavy() -> None:
    code = f"""
import contextlib, sys
from recaption import cli
for words in [["--help"], ["-h"], ["--version"], *([name, "--help"] for name in {COMMANDS!r})]:
    with contextlib.suppress(SystemExit):
        cli.main(words)
print([name for name in ("torch", "transformers", "numpy", "cv2", "av", "sqlite3", "tqdm") if name in sys.modules])
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"
    for name in COMMANDS:
        assert f"Usage: recaption {name}" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_with_every_option_told(recaption: Recaption, name: str) -> None:
    assert recaption(name, "--help") == 0
    assert recaption.out.startswith(f"Usage: recaption {name}")


def test_ctrl_c_keeps_what_is_done_and_ends_the_workers(tmp_path: Path) -> None:
    import psutil

    make_clips(tmp_path / "films", 30)
    out = tmp_path / "captions"
    process = started(tmp_path / "films", "--out", out, "--jobs", "2", COLOUR_ANSWERS="100")
    wait_for(lambda: "captioned" in status_of(out) and not status_of(out).startswith("captioned 0"), process)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err
    _, alive = psutil.wait_procs(children, timeout=2)
    assert not alive
    done = len(captions(out))
    assert done > 0
    assert started(tmp_path / "films", "--out", out).wait(60) == 0
    assert len(captions(out)) == 30


def status_of(out: Path) -> str:
    from recaption.errors import RecaptionError
    from recaption.results import describe, status

    try:
        return "\n".join(describe(status(out)))
    except RecaptionError:
        return ""


def wait_for(condition: object, process: subprocess.Popen[str], seconds: float = 60.0) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_second_process_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    make_clips(tmp_path / "films", 6)
    out = tmp_path / "captions"
    first = started(tmp_path / "films", "--out", out, COLOUR_ANSWERS="0")
    wait_for(lambda: "not finished" in status_of(out), first)
    second = started(tmp_path / "films", "--out", out)
    _, err = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"in use by process {first.pid}" in err
    assert first.poll() is None
    first.kill()
    first.communicate()
    third = started(tmp_path / "films", "--out", out)
    _, err = third.communicate(timeout=60)
    assert third.returncode == 0, err
    assert len(captions(out)) == 6


def test_a_full_disk_is_status_1_with_the_file_s_name(tmp_path: Path) -> None:
    films = make_clips(tmp_path / "films", 4)
    for i in range(40):
        (tmp_path / f"films/copy{i}.mp4").write_bytes(films[i % 4].read_bytes())
    code = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000));"
        f"sys.argv = ['recaption', {str(tmp_path / 'films')!r}, '--out', {str(tmp_path / 'captions')!r}];"
        "runpy.run_module('tests.colour_command', run_name='__main__')"
    )
    process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert process.returncode == 1, process.stderr
    assert "Traceback" not in process.stderr
    assert "recaption.db" in process.stderr
    again = started(tmp_path / "films", "--out", tmp_path / "captions")
    assert again.wait(60) == 0
    assert len(captions(tmp_path / "captions")) == 44


def test_rules_are_listed_with_their_examples(recaption: Recaption) -> None:
    assert recaption("rules") == 0
    for rule in RULES:
        assert f"{rule.code}: {rule.about}\n  - {rule.example[0]!r}\n  + {rule.example[1]!r}" in recaption.out
    for sign in SIGNS:
        assert f"{sign.code} (a flag): {sign.about}" in recaption.out


def test_a_rule_left_out_comes_back_with_refilter(recaption: Recaption, tmp_path: Path) -> None:
    make_clips(tmp_path / "films", 2)
    out = tmp_path / "captions"
    recaption.next_engine = ColourEngine(answer=lambda question: "The video shows a man walking.")
    assert recaption(tmp_path / "films", "--mode", "grid", "--out", out, "--without", "lead_in") == 0
    assert {row["caption"] for row in captions(out)} == {"The video shows a man walking."}
    assert recaption("refilter", out) == 0
    assert recaption.out == "2 filtered again, 2 changed\n"
    assert {row["caption"] for row in captions(out)} == {"A man is walking."}
    assert recaption("refilter", out, "--without", "leadin") == 2
    assert "did you mean 'lead_in'?" in recaption.err
    assert recaption(tmp_path / "films", "--mode", "grid", "--out", out, "--without", "leadin") == 2
