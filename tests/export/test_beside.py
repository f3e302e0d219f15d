from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recaption.errors import UsageError
from recaption.export.beside import write


def row(path: Path | str, caption: str = "A ball rolls.", flags: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).touch()
    return {"path": str(path), "start": None, "end": None, "caption": caption, "flags": list(flags), **more}


def test_each_clip_gets_one_line_beside_it(tmp_path: Path) -> None:
    names = ["a.mp4", "b.c.mkv", "sub/a.mp4", "no suffix", "ビデオ.mp4", "\udcff\n.mp4"]
    written = list(write(row(tmp_path / name, f"Caption ビデオ of {i}.") for i, name in enumerate(names)))
    assert not [one.refused for one in written if one.refused]
    assert len(written) == len(names)
    for i, name in enumerate(["a", "b.c", "sub/a", "no suffix", "ビデオ", "\udcff\n"]):
        assert (tmp_path / f"{name}.txt").read_bytes() == f"Caption ビデオ of {i}.\n".encode()
    assert not list(tmp_path.rglob("*.part"))


def test_captions_of_the_tiny_model_are_for_those_who_say_so(tmp_path: Path) -> None:
    rows = [row(tmp_path / "a.mp4"), row(tmp_path / "b.mp4", flags=("cut", "tiny"))]
    with pytest.raises(UsageError, match=r"b\.mp4.*--allow-tiny"):
        list(write(rows))
    assert not list(tmp_path.glob("*.txt"))
    assert len(list(write(rows, allow_tiny=True))) == 2


def test_two_captions_do_not_share_a_file(tmp_path: Path) -> None:
    spans = [row(tmp_path / "a.mp4", start=0.0, end=2.5), row(tmp_path / "a.mp4", start=2.5, end=None)]
    with pytest.raises(UsageError, match=r"a\.txt would have to hold two captions.*a\.mp4 from 0\.0 to 2\.5 s"):
        list(write([row(tmp_path / "0.mp4"), *spans]))
    between = [row(tmp_path / name) for name in ("a.mkv", "a.mkv.mp4", "a.mp4")]
    with pytest.raises(UsageError, match=r"a\.mkv and of .*a\.mp4"):
        list(write(between))
    assert not list(tmp_path.glob("*.txt"))


@pytest.mark.parametrize("caption", ["", " \n", "One.\nTwo.", "One.\u2028Two."])
def test_what_is_not_one_line_is_refused_and_the_rest_is_written(tmp_path: Path, caption: str) -> None:
    first, second = write([row(tmp_path / "a.mp4", caption), row(tmp_path / "b.mp4")])
    assert first.refused
    assert not Path(first.path).exists()
    assert (Path(second.path).name, second.refused) == ("b.txt", None)


def test_a_clip_that_is_gone_and_a_folder_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    rows = [row(tmp_path / "a.mp4"), row(tmp_path / "b.mp4"), row(tmp_path / "c.mp4")]
    (tmp_path / "a.mp4").unlink()
    (tmp_path / "b.txt.part").mkdir()
    gone, stuck, fine = write(rows)
    assert "not there any more" in str(gone.refused)
    assert "cannot be written" in str(stuck.refused)
    assert not fine.refused


def test_a_clip_is_never_replaced_by_its_caption(tmp_path: Path) -> None:
    (refused,) = write([row(tmp_path / "a.txt")], overwrite=True)
    assert "the clip itself" in str(refused.refused)
    assert (tmp_path / "a.txt").read_bytes() == b""


def test_a_text_of_somebody_else_is_not_replaced_unasked(tmp_path: Path) -> None:
    rows = [row(tmp_path / "a.mp4")]
    (tmp_path / "a.txt").write_text("my own caption\n")
    (refused,) = write(rows)
    assert "--overwrite" in str(refused.refused)
    assert (tmp_path / "a.txt").read_text() == "my own caption\n"
    (written,) = write(rows, overwrite=True)
    assert not written.refused
    (again,) = write(rows)
    assert not again.refused
    assert (tmp_path / "a.txt").read_text() == "A ball rolls.\n"
