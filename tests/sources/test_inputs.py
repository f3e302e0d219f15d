from __future__ import annotations

import os
from pathlib import Path

import pytest

from recaption.errors import UsageError
from recaption.sources import Shard, check, clips, folders, shown
from recaption.sources.folders import paths


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "b.mp4",
        "a.MKV",
        "notes.txt",
        ".hidden.mp4",
        "sub/c.mov",
        "sub/deep/d.webm",
        ".cache/e.mp4",
        "z.mp4/f.avi",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def names(found: list[str], root: Path) -> list[str]:
    return [os.path.relpath(path, root) for path in found]


def test_a_folder_gives_its_videos_sorted_and_at_any_depth(tree: Path) -> None:
    assert names(list(paths([str(tree)])), tree) == ["a.MKV", "b.mp4", "sub/c.mov", "sub/deep/d.webm", "z.mp4/f.avi"]


def test_a_named_file_may_have_any_name(tree: Path) -> None:
    named = [str(tree / "notes.txt"), str(tree / ".hidden.mp4")]
    assert list(paths(named)) == named


def test_inputs_keep_their_order(tree: Path) -> None:
    found = list(paths([str(tree / "sub"), str(tree / "b.mp4"), str(tree / "a.MKV")]))
    assert names(found, tree) == ["sub/c.mov", "sub/deep/d.webm", "b.mp4", "a.MKV"]


@pytest.mark.parametrize(
    "inputs",
    [
        [".", "b.mp4"],
        ["b.mp4", "."],
        [".", "."],
        [".", "sub", "sub/deep"],
        ["sub/deep", "sub", "."],
        ["sub/../b.mp4", "b.mp4", "."],
        ["./sub/deep/d.webm", "sub", "."],
    ],
)
def test_what_is_given_twice_comes_once(tree: Path, inputs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    found = list(paths(inputs))
    assert sorted(found) == sorted(paths([str(tree)]))
    assert len(set(found)) == len(found)


def test_a_hidden_folder_is_walked_when_it_is_named(tree: Path) -> None:
    found = list(paths([str(tree), str(tree / ".cache")]))
    assert str(tree / ".cache/e.mp4") in found
    assert len(found) == 6


def test_links_are_followed_but_not_for_ever(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "far.mp4").write_bytes(b"x")
    (tree / "sub/back").symlink_to(tree)
    (tree / "link").symlink_to(elsewhere)
    (tree / "sub/gone.mp4").symlink_to(elsewhere / "nothing.mp4")
    found = names(list(paths([str(tree)])), tree)
    assert "link/far.mp4" in found
    assert "sub/gone.mp4" in found
    assert not [name for name in found if "back" in name]


def test_a_folder_that_cannot_be_listed_is_not_passed_over(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(folders.os, "scandir", refusing)
    by_name = {Path(clip.path).name: clip for clip in clips([str(tree)])}
    assert by_name["sub"].size == -1
    assert by_name["b.mp4"].size == 1


def test_clips_know_their_file_or_that_there_is_none(tree: Path) -> None:
    stream = clips([str(tree / "b.mp4"), str(tree / "a.MKV")])
    (tree / "a.MKV").unlink()
    there, gone = stream
    assert (there.size, there.mtime_ns) == (1, os.stat(tree / "b.mp4").st_mtime_ns)
    assert (gone.size, gone.mtime_ns) == (-1, -1)


def test_names_that_are_no_text_come_through(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xff\xfe clip.mp4"
    Path(os.fsdecode(raw)).write_bytes(b"x")
    (tmp_path / "two\nlines.mp4").write_bytes(b"x")
    (tmp_path / "-dash ビデオ.mp4").write_bytes(b"x")
    found = list(clips([str(tmp_path)]))
    assert raw in [os.fsencode(clip.path) for clip in found]
    assert len({clip.id for clip in found}) == 3
    for clip in found:
        assert shown(clip.path).encode().decode().isprintable()
    assert shown("/a/two\nlines\udcff ビデオ.mp4") == "/a/two\\nlines\\udcff ビデオ.mp4"


def test_inputs_that_are_not_there_are_wrong_usage(tree: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.mp4: no such file"):
        check([str(tree), str(tree / "nowhere.mp4")])


def test_inputs_without_a_video_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(UsageError, match=r"no video found in .*\.mp4"):
        check([str(tmp_path)])


@pytest.mark.parametrize("count", [1, 2, 7])
def test_shards_share_everything_out(count: int) -> None:
    everything = [f"/data/{i}/clip.mp4" for i in range(500)]
    shares = [[path for path in everything if Shard(i, count).holds(path)] for i in range(count)]
    assert sorted(path for share in shares for path in share) == sorted(everything)
    assert min(map(len, shares)) > 0.6 * 500 / count


def test_a_clip_stays_in_its_shard(tree: Path) -> None:
    # Pinned: shards of one job may be run by different versions, and years apart.
    assert [Shard(i, 5).holds("/data/clip.mp4") for i in range(5)] == [True, False, False, False, False]
    before = {i: [clip.path for clip in clips([str(tree)], Shard(i, 3))] for i in range(3)}
    for path in paths([str(tree)]):
        Path(path).write_bytes(b"another content")
        os.utime(path, (1, 1))
    assert {i: [clip.path for clip in clips([str(tree)], Shard(i, 3))] for i in range(3)} == before


@pytest.mark.parametrize("text", ["", "3", "1/", "/4", "a/b", "-1/4", "4/4", "0/0", "1/2/3", "Slurm"])
def test_wrong_shards_are_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="--shard"):
        Shard.parse(text)


def test_shards_are_read() -> None:
    assert Shard.parse("0/1") == Shard(0, 1)
    assert Shard.parse("7/8") == Shard(7, 8)
    assert str(Shard(7, 8)) == "7/8"


def slurm(number: int, count: int, first: int, last: int, step: int = 1) -> dict[str, str]:
    values = {"ID": number, "COUNT": count, "MIN": first, "MAX": last, "STEP": step}
    return {f"SLURM_ARRAY_TASK_{name}": str(value) for name, value in values.items()}


def test_slurm_says_which_shard_it_is() -> None:
    assert Shard.parse("slurm", slurm(3, 4, 0, 3)) == Shard(3, 4)
    assert Shard.parse("slurm", slurm(1, 4, 1, 4)) == Shard(0, 4)
    assert Shard.parse("slurm", slurm(14, 3, 10, 14, 2)) == Shard(2, 3)
    bare = {key: value for key, value in slurm(2, 4, 1, 4).items() if key[17:] not in ("MAX", "STEP")}
    assert Shard.parse("slurm", bare) == Shard(1, 4)


@pytest.mark.parametrize("environment", [{}, slurm(5, 3, 1, 9), {**slurm(0, 4, 0, 3), "SLURM_ARRAY_TASK_COUNT": "x"}])
def test_slurm_without_a_whole_array_is_wrong_usage(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="--shard slurm"):
        Shard.parse("slurm", environment)
