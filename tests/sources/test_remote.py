"""Clips behind URLs, from real servers on loopback: one of the web, and one that speaks S3."""

from __future__ import annotations

import io
import os
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import fsspec
import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from moto.server import ThreadedMotoServer

from recaption.clip import Clip
from recaption.errors import DecodeError, MissingExtra, RunError, UsageError
from recaption.sources import Columns, check, clips, count
from recaption.storage import at_hand, remote
from tests.files_server import FilesServer

Put = Callable[[str, bytes], object]
ALL = Columns("file", "words", "from", "to")


def content_of(clip: Clip) -> bytes:
    with at_hand(clip, as_file=True) as path:
        return Path(path).read_bytes()


def tar_of(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


SHARD = tar_of({"a.mp4": b"film a" * 10**5, "a.txt": b"a dog", "b.mp4": b"film b" * 10**5, "b.txt": b"a cat"})
TABLES: dict[str, Callable[[], bytes]] = {
    "t.csv": lambda: b"file,words,from,to\nsub/a.mp4,a dog,1,2.5\n../b.mp4,,,\n,,,\n",
    "t.jsonl": lambda: (
        b'{"file": "sub/a.mp4", "words": "a dog", "from": 1, "to": "0:02.5"}\n{"file": "../b.mp4"}\n{"file": ""}\n'
    ),
    "t.parquet": lambda: parquet(
        [
            {"file": "sub/a.mp4", "words": "a dog", "from": 1.0, "to": 2.5},
            {"file": "../b.mp4", "words": None, "from": None, "to": None},
            {"file": None, "words": None, "from": None, "to": None},
        ]
    ),
}


def parquet(rows: list[dict[str, object]]) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), made)
    return made.getvalue()


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Puts an object into the bucket `films`."""
    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "word",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="films")
    yield lambda key, content: client.put_object(Bucket="films", Key=key, Body=content)
    httpx.post(f"{s3_server}/moto-api/reset")


def test_an_object_is_fetched_to_a_file_without_a_name(web: FilesServer, tmp_path: Path) -> None:
    (web.folder / "a b.mp4").write_bytes(b"film")
    clip = Clip.of(f"{web.url}a%20b.mp4")
    assert (clip.size, clip.name) == (0, "a b.mp4")
    assert not web.asked
    with at_hand(clip) as path:
        assert Path(path).read_bytes() == b"film"
        assert "deleted" in os.readlink(path)
    assert not os.path.exists(path)


@pytest.mark.parametrize("gives_parts", [True, False])
def test_members_of_a_tar_on_the_web(web: FilesServer, gives_parts: bool) -> None:
    web.gives_parts = gives_parts
    (web.folder / "s.tar").write_bytes(SHARD)
    url = f"{web.url}s.tar"
    found = list(clips([url]))
    assert [(each.path, each.text) for each in found] == [
        (f"tar://a.mp4::{url}", "a dog"),
        (f"tar://b.mp4::{url}", "a cat"),
    ]
    assert content_of(found[1]) == b"film b" * 10**5
    # The whole tar once for each of the two who asked, or of a tar that can be read in parts less than that.
    assert web.sent < (2 if gives_parts else 3) * len(SHARD)
    assert content_of(Clip.of(found[0].path)) == b"film a" * 10**5
    assert count([url]) is None
    check([url])


@pytest.mark.parametrize("gives_parts", [True, False])
@pytest.mark.parametrize("name", TABLES)
def test_paths_in_a_table_count_from_the_table(web: FilesServer, name: str, gives_parts: bool) -> None:
    web.gives_parts = gives_parts
    (web.folder / "sets").mkdir()
    (web.folder / "sets" / name).write_bytes(TABLES[name]())
    url = f"{web.url}sets/{name}"
    check([url], ALL)
    found = list(clips([f"{url}?token=secret"], columns=ALL))
    assert [(each.path, each.text, each.start, each.end) for each in found[:2]] == [
        (f"{web.url}sets/sub/a.mp4", "a dog", 1.0, 2.5),
        (f"{web.url}b.mp4", None, None, None),
    ]
    assert (found[2].path, found[2].origin) == (f"{url}:3", f"{url}, row 3")
    assert "no path" in found[2].fault
    assert "secret" not in repr(found)
    with pytest.raises(UsageError, match="no column 'path' there; it has file"):
        check([url])


def test_no_row_of_a_table_is_looked_at(web: FilesServer, tmp_path: Path) -> None:
    rows = "".join(f"{web.url}{number}.mp4\n" for number in range(1000))
    (tmp_path / "t.csv").write_text(f"path\n{rows}s3://films/x.mp4\n")
    check([str(tmp_path / "t.csv")])
    found = list(clips([str(tmp_path / "t.csv")]))
    assert (len(found), found[-1].path) == (1001, "s3://films/x.mp4")
    assert not web.asked
    with pytest.raises(DecodeError, match=f"missing: {web.url}7.mp4: there is nothing"):
        content_of(found[7])


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [([403], "missing"), ([401], "missing"), ([500] * 4, "unreachable"), ([429, 503, 500], ""), ([400], "unreachable")],
)
def test_what_a_server_answers(web: FilesServer, statuses: list[int], reason: str) -> None:
    (web.folder / "a.mp4").write_bytes(b"film")
    web.statuses["a.mp4"] = list(statuses)
    clip = Clip.of(f"{web.url.replace('//', '//me:word@')}a.mp4?X-Amz-Signature=secret")
    if not reason:
        assert content_of(clip) == b"film"
        return
    with pytest.raises(DecodeError) as failed:
        content_of(clip)
    assert failed.value.reason == reason
    assert f"{web.url}a.mp4: " in failed.value.detail
    assert "word" not in failed.value.detail
    assert "secret" not in failed.value.detail


def test_a_server_that_breaks_off_is_asked_again(web: FilesServer) -> None:
    (web.folder / "a.mp4").write_bytes(b"film" * 10**5)
    (web.folder / "s.tar").write_bytes(SHARD)
    web.breaks.update({"a.mp4": 2, "s.tar": 2})
    assert content_of(Clip.of(f"{web.url}a.mp4")) == b"film" * 10**5
    found = list(clips([f"{web.url}s.tar"]))
    web.breaks["s.tar"] = 2
    assert [content_of(each)[:6] for each in found] == [b"film a", b"film b"]
    web.breaks["a.mp4"] = 100
    with pytest.raises(DecodeError, match="unreachable") as failed:
        content_of(Clip.of(f"{web.url}a.mp4?sig=secret"))
    assert "secret" not in str(failed.value)


def test_a_tar_that_breaks_off_for_good_is_one_failure(web: FilesServer) -> None:
    (web.folder / "s.tar").write_bytes(SHARD)
    (web.folder / "t.tar").write_bytes(SHARD[: len(SHARD) // 2])
    (web.folder / "u.tar").write_bytes(SHARD)
    web.statuses["u.tar"] = [500] * 100
    found = list(clips([f"{web.url}{name}.tar" for name in "stu"]))
    assert [(each.name, bool(each.fault)) for each in found] == [
        ("a.mp4", False),
        ("b.mp4", False),
        ("a.mp4", False),
        ("b.mp4", True),
        ("u.tar", True),
    ]
    assert "answers 500" in found[-1].fault


def test_a_folder_on_the_web_is_what_its_page_lists(web: FilesServer) -> None:
    for name in ("b.mp4", "a.mp4", "notes.txt", "sub/c.webm", "sub/.hidden.mp4"):
        (web.folder / name).parent.mkdir(exist_ok=True)
        (web.folder / name).write_bytes(b"film")
    (web.folder / "s.tar").write_bytes(SHARD)
    check([web.url])
    assert [each.name for each in clips([web.url])] == ["a.mp4", "b.mp4", "a.mp4", "b.mp4", "c.webm"]


def test_links_that_lead_out_of_a_folder_are_passed_over(web: FilesServer) -> None:
    for name in ("set/a.mp4", "set/sub/b.mp4", "other/c.mp4"):
        (web.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (web.folder / name).write_bytes(b"film")
    links = ("../other/", "/other/", "?dir=x/", "?dir=x.mp4", "#top.mp4", "./", "./a.mp4", "sub/../sub/b.mp4")
    (web.folder / "set" / "index.html").write_text("".join(f'<a href="{link}">x</a>' for link in links))
    found = [each.path for each in clips([f"{web.url}set/"])]
    assert found == [f"{web.url}set/a.mp4", f"{web.url}set/sub/b.mp4"]
    assert web.asked.total() < 10


def test_colons_in_a_name_begin_no_other_url(web: FilesServer, s3: Put) -> None:
    (web.folder / "a::b.mp4").write_bytes(b"film")
    s3("a::b.mp4", b"film a")
    assert content_of(Clip.of(f"{web.url}a::b.mp4")) == b"film"
    assert content_of(Clip.of("s3://films/a::b.mp4")) == b"film a"
    assert content_of(Clip.of(f"simplecache::{web.url}a%3A%3Ab.mp4")) == b"film"


def test_folders_of_s3_are_read_page_by_page(s3: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"set/{number:04}.mp4" for number in range(7)] + ["set/x/y.mkv", "set/.trash/z.mp4", "set2/z.mp4"]
    for name in names:
        s3(name, b"film")
    s3("set/s.tar", SHARD)
    s3("set/", b"")
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "3")
    check(["s3://films/set"])
    found = list(clips(["s3://films/set/"]))
    assert [each.path for each in found] == [
        *(f"s3://films/{name}" for name in names[:7]),
        "tar://a.mp4::s3://films/set/s.tar",
        "tar://b.mp4::s3://films/set/s.tar",
        "s3://films/set/x/y.mkv",
    ]
    assert found[0].size == 4
    assert found[0].mtime_ns > 1.7e18
    assert [content_of(each)[:6] for each in found[-3:]] == [b"film a", b"film b", b"film"]
    assert list(clips(["s3://films/set"])) == found


def test_tables_and_videofolders_on_s3(s3: Put) -> None:
    s3("t/t.parquet", TABLES["t.parquet"]())
    s3("folder/metadata.csv", b"file_name,text\nclips/a.mp4,a dog\n")
    s3("folder/clips/b.mp4", b"film")
    inputs = ["s3://films/t/t.parquet", "s3://films/folder"]
    columns = Columns(path="file", text="words")
    check(inputs[:1], columns)
    assert [each.path for each in clips(inputs[:1], columns=columns)][:2] == [
        "s3://films/t/sub/a.mp4",
        "s3://films/b.mp4",
    ]
    check(inputs[1:], Columns(text="text"))
    (clip,) = clips(inputs[1:], columns=Columns(text="text"))
    assert (clip.path, clip.text) == ("s3://films/folder/clips/a.mp4", "a dog")


def test_what_s3_refuses(s3: Put, s3_server: str) -> None:
    for key in ("none.mp4", "none/", "t.csv", "s.tar"):
        with pytest.raises(UsageError, match=r"s3://films/.*: there is nothing"):
            check([f"s3://films/{key}"])
    with pytest.raises(DecodeError, match=r"missing: s3://nowhere/a\.mp4: there is nothing"):
        content_of(Clip.of("s3://nowhere/a.mp4"))


def test_inputs_that_are_not_there_are_wrong_usage(web: FilesServer) -> None:
    web.statuses = {"a.mp4": [403] * 4, "b.csv": [500] * 100}
    wrong = {"a.mp4": "may not read it", "b.csv": "answers 500", "c.tar": "nothing", "d/": "nothing"}
    for name, words in wrong.items():
        with pytest.raises(UsageError, match=words):
            check([f"{web.url}{name}?sig=secret"])
    for url in ("http://127.0.0.1:1/a.mp4", "nosuch://a/b.mp4"):
        with pytest.raises(UsageError, match=url):
            check([url])


def test_a_listing_that_ends_in_the_middle_ends_the_run(web: FilesServer) -> None:
    (web.folder / "sub").mkdir()
    (web.folder / "a.mp4").write_bytes(b"film")
    stream = clips([web.url])
    web.statuses["sub"] = [500] * 100
    assert next(stream).name == "a.mp4"
    with pytest.raises(RunError, match="answers 500"):
        next(stream)


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(UsageError, match=r"gs://films/a\.mp4: Please install gcsfs"):
        check(["gs://films/a.mp4"])
    (tmp_path / "t.csv").write_text("path\ngs://films/a.mp4\n")
    with pytest.raises(UsageError, match=r"gs://films/a\.mp4: Please install gcsfs"):
        check([str(tmp_path / "t.csv")])
    (tmp_path / "t.csv").write_text("path\nnosuch://films/a.mp4\n")
    check([str(tmp_path / "t.csv")])
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingExtra, match=r"fsspec is not installed: pip install 'recaption\[remote\]'"):
        check(["s3://films/a.mp4"])
    with pytest.raises(DecodeError, match=r"unreachable: s3://films/a\.mp4: fsspec is not installed"):
        content_of(Clip.of("s3://films/a.mp4"))


def test_what_the_hub_does_not_have_is_missing(web: FilesServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", web.url.rstrip("/"))
    with pytest.raises(DecodeError, match=r"missing: hf://datasets/org/none/a\.mp4"):
        content_of(Clip.of("hf://datasets/org/none/a.mp4"))
    assert max(web.asked.values()) == 1


def test_other_storage_of_fsspec() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe({"/films/a.mp4": b"film", "/films/sub/s.tar": SHARD})
    found = list(clips(["memory://films"]))
    assert [each.path for each in found][1:] == [f"tar://{name}.mp4::memory:///films/sub/s.tar" for name in "ab"]
    assert [content_of(each)[:6] for each in found] == [b"film", b"film a", b"film b"]
    assert remote.exists("memory://films/a.mp4")
    assert not remote.exists("memory://films/b.mp4")
