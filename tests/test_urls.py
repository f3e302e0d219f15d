from __future__ import annotations

import os
from pathlib import Path

import pytest

from recaption import urls
from recaption.clip import Clip


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://user:word@host/a.mp4", "https://host/a.mp4"),
        ("https://user@host:8080/a.mp4?id=3", "https://host:8080/a.mp4?id=3"),
        ("https://h/a.mp4?X-Amz-Date=1&X-Amz-Credential=k&X-Amz-Signature=s", "https://h/a.mp4"),
        ("https://h/a.mp4?Expires=9&Signature=s&Key-Pair-Id=k&id=3", "https://h/a.mp4?id=3"),
        ("https://h/a.mp4?X-Goog-Signature=s&GoogleAccessId=g", "https://h/a.mp4"),
        ("https://h/a.mp4?sv=2024&se=9&sr=b&sp=r&sig=s", "https://h/a.mp4"),
        ("https://h/a.mp4?access_token=t&v=a%20b", "https://h/a.mp4?v=a+b"),
        ("https://h/watch?v=a%20b&se=x", "https://h/watch?v=a%20b&se=x"),
        ("tar://a/b.mp4::https://u:p@h/c.tar?sig=s", "tar://a/b.mp4::https://h/c.tar"),
        ("s3://bucket/a@b:c.mp4", "s3://bucket/a@b:c.mp4"),
        ("hf://datasets/org/name@main/a.mp4", "hf://datasets/org/name@main/a.mp4"),
        ("/films/user:word@a.mp4", "/films/user:word@a.mp4"),
        (
            "https://h/get?key=1.mp4&design=2&author=3&keyframe=4",
            "https://h/get?key=1.mp4&design=2&author=3&keyframe=4",
        ),
        ("https://h/a.mp4?api_key=k&sessionToken=t&x-cos-security-token=t&id=3", "https://h/a.mp4?id=3"),
        ("abfs://films@account.dfs.core.windows.net/a.mp4", "abfs://films@account.dfs.core.windows.net/a.mp4"),
        ("wasbs://me:word@account/a.mp4", "wasbs://account/a.mp4"),
        ("github://org:name@main/a.mp4", "github://org:name@main/a.mp4"),
        ("https://user:p@ss@host/a.mp4", "https://host/a.mp4"),
        ("https://h/a.mp4#access_token=abc", "https://h/a.mp4"),
        ("https://u:p@h/a b.mp4?sig=secret", "https://h/a b.mp4"),
        ("s3://bucket/Why?token=1.mp4", "s3://bucket/Why?token=1.mp4"),
        ("simplecache::https://u:p@h/a.mp4?sig=s", "simplecache::https://h/a.mp4"),
    ],
)
def test_secrets_are_left_out(url: str, bare: str) -> None:
    assert urls.public(url) == bare
    assert urls.public(bare) == bare
    assert urls.without_secrets(f"403, url='{url}' is forbidden") == f"403, url='{bare}' is forbidden"


def test_secrets_are_left_out_of_texts_whatever_their_letters() -> None:
    assert urls.without_secrets("no HTTPS://user:pw@host/x?sig=1 there") == "no https://host/x there"


def test_a_clip_is_the_same_whoever_signs_its_url() -> None:
    one, other = Clip.of("https://h/a.mp4?Signature=one"), Clip.of("https://me:word@h/a.mp4?Signature=two")
    assert one == other
    assert one.id == other.id
    assert one.place is not None
    assert one.place.url.endswith("=one")
    assert "=one" not in repr(one)


@pytest.mark.parametrize(
    ("path", "folder", "meant"),
    [
        ("a b#1.mp4", "https://h/sets/one", "https://h/sets/one/a%20b%231.mp4"),
        ("../two/a.mp4", "https://h/sets/one", "https://h/sets/two/a.mp4"),
        ("../../../a.mp4", "s3://bucket/one", "s3://bucket/a.mp4"),
        ("a.mp4", "s3://bucket", "s3://bucket/a.mp4"),
        ("s3://other/a.mp4", "/films", "s3://other/a.mp4"),
        ("/films/a.mp4", "s3://bucket", "/films/a.mp4"),
        ("file:///films/a.mp4", None, "/films/a.mp4"),
        ("../a.mp4", "/films/one", "/films/a.mp4"),
        ("tar://a.mp4::/films/../one.tar", None, "tar://a.mp4::/one.tar"),
        ("tar://a.mp4::file:///one.tar", None, "tar://a.mp4::/one.tar"),
        (Path("/films/a b%\udcff.mp4").as_uri(), None, "/films/a b%\udcff.mp4"),
        ("file://localhost/films/a.mp4", None, "/films/a.mp4"),
        ("local:///films/a%20b.mp4", None, "/films/a%20b.mp4"),
        ("S3://Bucket/A.mp4", None, "s3://Bucket/A.mp4"),
    ],
)
def test_paths_become_absolute(path: str, folder: str | None, meant: str) -> None:
    assert urls.absolute(path, folder) == meant
    assert urls.absolute(meant) == meant


def test_a_member_of_a_tar_is_told_from_the_tar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert urls.absolute("tar://a::b.mp4::one.tar") == f"tar://a::b.mp4::{tmp_path}/one.tar"
    assert urls.member("tar://a::b.mp4::/x/one.tar") == ("tar", "a::b.mp4", "/x/one.tar")
    assert urls.member("tar://a/b.mp4::s3://x/one.tar") == ("tar", "a/b.mp4", "s3://x/one.tar")
    assert urls.member("/x/one.tar") is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("https://h/a%20b.MP4?id=3", "a b.MP4"),
        ("s3://b/c/a%20b.mp4", "a%20b.mp4"),
        ("tar://c/a.mp4::https://h/x.tar", "a.mp4"),
        ("/films/a.mp4", "a.mp4"),
        ("films/a?b.mp4", "a?b.mp4"),
        ("s3://b/Why?.mp4", "Why?.mp4"),
        ("https://h/a.mp4#t=3", "a.mp4"),
    ],
)
def test_names_are_those_of_files(path: str, name: str) -> None:
    assert urls.name(path) == name
    assert urls.suffix(path) == os.path.splitext(name)[1].lower()


def test_paths_of_this_machine_are_no_urls() -> None:
    for path in ("a::b.mp4", "/a/http://b", "a:b", "C:\\a", "", "A://b"):
        assert not urls.is_url(path)
