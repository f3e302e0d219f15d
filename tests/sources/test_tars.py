"""WebDataset's tars: members are read where they lie, and what is wrong is one failure each."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path

import fsspec
import numpy as np
import pytest
import webdataset

from recaption.clip import Clip
from recaption.errors import DecodeError, UsageError
from recaption.sources import Columns, Shard, check, clips, count
from recaption.storage import at_hand
from recaption.video.decode import decode
from recaption.video.sample import Uniform
from tests.clips import clip, colours

Members = list[tuple[str, bytes]]
TEXT = Columns(text="words", start="from", end="to")


def tar(path: Path, members: Members, format: int = tarfile.PAX_FORMAT) -> str:
    with tarfile.open(path, "w", format=format) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), 5
            archive.addfile(info, io.BytesIO(content))
    return str(path)


def odd(path: Path, change: dict[str, object]) -> str:
    """A tar of three clips, of which the second is changed."""
    with tarfile.open(path, "w") as archive:
        for number in range(3):
            info = tarfile.TarInfo(f"{number}.mp4")
            info.size = 4
            for attribute, value in change.items() if number == 1 else ():
                setattr(info, attribute, value)
            archive.addfile(info, io.BytesIO(b"film"))
    return str(path)


def faults(path: str) -> list[str]:
    return [clip.fault for clip in clips([path])]


def test_neighbours_with_one_key_are_a_clip_and_what_is_said_of_it(tmp_path: Path) -> None:
    told = json.dumps({"words": "from JSON", "from": 1.5, "to": "0:00:04", "caption": "x"}).encode()
    members = [
        ("one/a.mp4", b"film a"),
        ("one/a.txt", b"two dogs\n"),
        ("b.txt", b"from text"),
        ("b.JSON", told),
        ("b.cover.jpg", b"picture"),
        ("b.MKV", b"film b"),
        ("c.jpg", b"no film"),
        ("one/c.webm", b"film c"),
        (".hidden.mp4", b"x"),
        ("__meta__", b"x"),
    ]
    shard = tar(tmp_path / "s.tar", members)
    check([shard], TEXT)
    found = list(clips([shard], columns=TEXT))
    assert [(each.path, each.text, each.start, each.end) for each in found] == [
        (f"tar://one/a.mp4::{shard}", "two dogs", None, None),
        (f"tar://b.MKV::{shard}", "from JSON", 1.5, 4.0),
        (f"tar://one/c.webm::{shard}", None, None, None),
    ]
    assert (found[0].size, found[0].mtime_ns, found[0].name) == (6, 5 * 10**9, "a.mp4")
    assert [each.origin for each in found] == [f"{shard}, member {number}" for number in (1, 6, 8)]
    assert [each.text for each in clips([shard])][1] == "from text"
    assert count([shard]) == 3


def test_the_paths_of_members_are_opened_by_fsspec_and_the_keys_are_webdataset_s(tmp_path: Path) -> None:
    long = "d/" * 70 + "ü" * 60
    names = ["a.mp4", "x/b c.mp4", f"{long}.mp4", "e.f.mp4"]
    for format in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        shard = tar(tmp_path / f"{format}.tar", [(name, name.encode()) for name in names], format)
        found = list(clips([shard]))
        for each, name in zip(found, names, strict=True):
            with fsspec.open(each.path) as file, at_hand(each, as_file=True) as path:
                assert file.read() == name.encode() == Path(path).read_bytes()
            with at_hand(Clip.of(each.path), as_file=True) as path:
                assert Path(path).read_bytes() == name.encode()
        keys = [sample["__key__"] for sample in webdataset.WebDataset(shard, shardshuffle=False)]
        assert keys == ["a", "x/b c", long, "e"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": "/etc/1.mp4"}, "leads out"),
        ({"name": "x/../../1.mp4"}, "leads out"),
        ({"type": tarfile.SYMTYPE, "linkname": "0.mp4", "size": 0}, "link"),
        ({"type": tarfile.LNKTYPE, "linkname": "0.mp4", "size": 0}, "link"),
        ({"type": tarfile.FIFOTYPE, "size": 0}, "no whole file"),
        ({"name": "0.webm"}, "two films"),
        ({"name": "1.mp4::/a.mp4"}, "cannot be told"),
    ],
)
def test_a_wrong_member_is_one_failure(tmp_path: Path, change: dict[str, object], fault: str) -> None:
    shard = odd(tmp_path / "s.tar", change)
    found = list(clips([shard]))
    (wrong,) = [each for each in found if each.fault]
    assert fault in wrong.fault
    assert wrong.origin.startswith(f"{shard}, member ")
    assert found[-1].path == f"tar://2.mp4::{shard}"
    assert not found[-1].fault


def test_members_of_a_clip_must_be_neighbours(tmp_path: Path) -> None:
    members = [("a.mp4", b"film"), ("b.mp4", b"film"), ("a.txt", b"words"), ("a.mp4", b"other"), ("c.mp4", b"film")]
    found = [(each.name, bool(each.fault)) for each in clips([tar(tmp_path / "s.tar", members)])]
    assert found == [("a.mp4", False), ("b.mp4", False), ("s.tar:4", True), ("c.mp4", False)]


@pytest.mark.parametrize(
    ("beside", "fault"),
    [
        (b"{", "Expecting"),
        (b"[]", "no JSON object"),
        (b'{"from": "soon"}', "no time"),
        (b"\xff{", "decode"),
        (b'{"from": 1' + b"0" * 400 + b"}", "too large"),
        (b"[" * 200_000, "recursion"),
    ],
)
def test_wrong_json_is_one_failure(tmp_path: Path, beside: bytes, fault: str) -> None:
    shard = tar(tmp_path / "s.tar", [("a.mp4", b"film"), ("a.json", beside), ("b.mp4", b"film")])
    wrong, right = clips([shard], columns=TEXT)
    assert fault in wrong.fault
    assert not right.fault


def test_a_cut_tar_gives_what_was_before(tmp_path: Path) -> None:
    whole = Path(tar(tmp_path / "s.tar", [(f"{number}.mp4", bytes(2000)) for number in range(3)])).read_bytes()
    cut = tmp_path / "cut.tar"
    for size, fault in [(6200, "ends inside"), (5300, "damaged"), (5120 + 1024, "ends inside"), (100, "damaged")]:
        cut.write_bytes(whole[:size])
        found = list(clips([str(cut)]))
        assert [bool(each.fault) for each in found] == [False] * (len(found) - 1) + [True]
        assert fault in found[-1].fault
        assert len(found) == (1 if size == 100 else 3)
    cut.write_bytes(whole[: 3 * 2560])  # without the two empty blocks at the end, which some writers leave out
    assert faults(str(cut)) == ["", "", ""]


def test_rubbish_in_a_tar_is_told(tmp_path: Path) -> None:
    shard = Path(tar(tmp_path / "s.tar", [(f"{number}.mp4", bytes(2000)) for number in range(3)]))
    content = bytearray(shard.read_bytes())
    content[2560:3072] = b"r" * 512
    shard.write_bytes(content)
    assert [bool(fault) for fault in faults(str(shard))] == [False, True]
    assert "byte 2560" in faults(str(shard))[1]


def test_a_header_that_leads_back_is_no_end_without_end(tmp_path: Path) -> None:
    back = tarfile.TarInfo("b.mp4")
    back.size = -2048
    shard = tmp_path / "s.tar"
    whole = Path(tar(shard, [("a.mp4", bytes(2000))])).read_bytes()
    shard.write_bytes(whole[:2560] + back.tobuf(tarfile.GNU_FORMAT) + bytes(1024))
    assert [bool(fault) for fault in faults(str(shard))] == [False, True]


def test_headers_without_end_are_a_fault(tmp_path: Path) -> None:
    long = tarfile.TarInfo("././@LongLink")
    long.type, long.size = tarfile.GNUTYPE_LONGNAME, 4
    header = long.tobuf(tarfile.GNU_FORMAT) + b"name".ljust(512, b"\0")
    whole = Path(tar(tmp_path / "s.tar", [("a.mp4", bytes(512))])).read_bytes()
    (tmp_path / "s.tar").write_bytes(whole[:1024] + header * 3000 + bytes(1024))
    assert [bool(fault) for fault in faults(str(tmp_path / "s.tar"))] == [False, True]


def test_a_time_that_is_none_is_no_fault(tmp_path: Path) -> None:
    found = list(clips([odd(tmp_path / "s.tar", {"pax_headers": {"mtime": "nan"}})]))
    assert [(each.mtime_ns, each.fault) for each in found] == [(0, "")] * 3


def test_tars_that_are_none(tmp_path: Path) -> None:
    inside = Path(tar(tmp_path / "s.tar", [("a.mp4", b"film")])).read_bytes()
    (tmp_path / "packed.tar").write_bytes(gzip.compress(inside))
    (tmp_path / "text.tar").write_text("no tar" * 200)
    (tmp_path / "empty.tar").touch()
    (tmp_path / "gone.tar").symlink_to("nowhere")
    found = {each.name: each.fault for each in clips([str(tmp_path)])}
    assert "compressed (gzip): unpack" in found["packed.tar"]
    assert "no tar" in found["text.tar"]
    assert "empty" in found["empty.tar"]
    assert "No such file" in found["gone.tar"]
    assert found["a.mp4"] == ""
    with pytest.raises(UsageError, match="no video found"):
        check([tar(tmp_path / "s.tar", [("a.txt", b"words")])])


def test_members_by_name_go_through_the_tar_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shard = tar(tmp_path / "s.tar", [(f"{number}.mp4", b"film") for number in range(5)] + [("4.mp4", b"again")])
    read: list[str] = []
    header = tarfile.TarInfo.fromtarfile
    monkeypatch.setattr(tarfile.TarInfo, "fromtarfile", lambda archive: read.append("") or header(archive))
    for number in range(5):
        with at_hand(Clip.of(f"tar://{number}.mp4::{shard}"), as_file=True) as path:
            assert Path(path).read_bytes() == b"film"
    assert len(read) < 10
    tar(tmp_path / "s.tar", [("x.mp4", b"other"), ("0.mp4", b"newer")])
    with at_hand(Clip.of(f"tar://0.mp4::{shard}"), as_file=True) as path:
        assert Path(path).read_bytes() == b"newer"


def test_members_fall_into_shards(tmp_path: Path) -> None:
    for number in range(3):
        tar(tmp_path / f"{number}.tar", [(f"{number}-{i}.mp4", b"film") for i in range(20)])
    everything = [each.path for each in clips([str(tmp_path)])]
    shares = [[each.path for each in clips([str(tmp_path)], Shard(i, 3))] for i in range(3)]
    assert len(everything) == 60
    assert sorted(path for share in shares for path in share) == sorted(everything)
    assert [count([str(tmp_path)], Shard(i, 3)) for i in range(3)] == [len(share) for share in shares]


@pytest.mark.parametrize("decoder", ["pyav", "decord"])
def test_a_member_gives_the_frames_of_its_file(tmp_path: Path, decoder: str) -> None:
    film = clip(tmp_path / "a.mp4", colours(1))
    shard = tar(tmp_path / "s.tar", [("x.txt", b"words"), ("a.mp4", film.read_bytes()), ("b.mp4", b"no film")])
    inside, wrong = clips([shard])
    frames = decode(inside, Uniform(3), decoder=decoder)
    whole = decode(Clip.of(film), Uniform(3), decoder=decoder)
    assert frames.times == whole.times
    assert np.array_equal(frames.rgb, whole.rgb)
    with pytest.raises(DecodeError, match=r"unreadable: tar://b\.mp4::"):
        decode(wrong, Uniform(3), decoder=decoder)
    for gone in (f"tar://c.mp4::{shard}", "tar://a.mp4::/nowhere.tar"):
        with pytest.raises(DecodeError, match=r"missing: tar://"):
            decode(Clip.of(gone), Uniform(3), decoder=decoder)
