"""Decoding gives the frame that is shown, for every kind of file, or says why not."""

from __future__ import annotations

import os
import select
import socket
from bisect import bisect_right
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from recaption.clip import Clip, Frames
from recaption.errors import DecodeError, UsageError
from recaption.video import decode as decoding
from recaption.video import probe
from recaption.video.decode import decode, pour, schedule
from recaption.video.sample import FLAGS, All, Every, Selection, Uniform
from tests.video.films import B_FRAMES, FILMS, OPEN_GOP, Film, draw, named, overwritten, read

CLIPS = Path(__file__).parents[3] / "shared" / "clips"
ROUNDING = 0.002
"""Seconds by which a container may round a frame's time."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    done: dict[str, Path] = {}

    def make(film: Film) -> Path:
        if film.name not in done:
            done[film.name] = film.make(folder)
        return done[film.name]

    return make


def plainly(path: Path) -> list[tuple[float | None, np.ndarray]]:
    """(seconds, picture before it is turned) of every frame, by plain sequential decoding."""
    with av.open(str(path)) as container:
        video = container.streams.best("video")
        return [
            (frame.time, frame.reformat(format="rgb24", interpolation="AREA", threads=1).to_ndarray())
            for frame in container.decode(video)
        ]


def shown(times: list[float], t: float) -> int:
    return bisect_right(times, t + ROUNDING) - 1


def check_numbers(film: Film, frames: Frames) -> None:
    """Each frame carries the number of the frame that the film shows at its time."""
    numbers, times = list(film.shown_at), list(film.shown_at.values())
    for frame in frames:
        number = read(frame.rgb)
        assert number == numbers[shown(times, frame.time)]
        assert abs(film.shown_at[number] - frame.time) < ROUNDING
    assert set(frames.flags) <= set(FLAGS)


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.name)
def test_every_kind_of_film_gives_the_frame_that_is_shown(film, made, monkeypatch):
    path = made(film)
    if film.planned:
        monkeypatch.setattr(decoding, "_sequential", None)
    clip = Clip.of(path)
    every = decode(clip, Every(0.7, 64))
    check_numbers(film, every)
    numbers, times = list(film.shown_at), list(film.shown_at.values())
    wanted = [numbers[shown(times, k * 0.7)] for k in range(int(times[-1] / 0.7) + 1)] + [numbers[-1]]
    assert [read(frame.rgb) for frame in every] == sorted(set(wanted))
    uniform = decode(clip, Uniform(7))
    check_numbers(film, uniform)
    count = len(numbers)
    if count > 7:
        step = (count - 1) / 7
        assert [read(f.rgb) for f in uniform] == [numbers[int(step / 2) + round(step * k)] for k in range(7)]
    assert every.rgb.shape[1:] == (film.size[1], film.size[0], 3)
    assert abs(every.duration - times[-1] - 0.04) < 0.05


@pytest.mark.parametrize("film", [f for f in FILMS if not f.patched], ids=lambda film: film.name)
def test_pixels_are_those_of_plain_sequential_decoding(film, made):
    path = made(film)
    plain = [rgb for _, rgb in plainly(path)]
    frames = decode(Clip.of(path), Every(0.7, 64))
    for frame in frames:
        assert np.array_equal(frame.rgb, plain[read(frame.rgb)])


@pytest.mark.parametrize("film", [f for f in FILMS if f.planned], ids=lambda film: film.name)
def test_big_files_are_read_by_seeking_with_the_same_result(film, made, monkeypatch):
    clip = Clip.of(made(film))
    kept = decode(clip, Every(0.7, 64))
    monkeypatch.setattr(probe, "KEEP_BYTES", 0)
    if film.seekable:
        monkeypatch.setattr(decoding, "_sequential", None)
    sought = decode(clip, Every(0.7, 64))
    assert sought.times == kept.times
    assert np.array_equal(sought.rgb, kept.rgb)


@pytest.mark.parametrize("film", [f for f in FILMS if f.planned], ids=lambda film: film.name)
def test_the_sequential_way_and_the_packet_plan_agree(film, made, monkeypatch):
    clip = Clip.of(made(film))
    planned = decode(clip, Uniform(9))
    monkeypatch.setattr(probe.Table, "is_plannable", False)
    sequential = decode(clip, Uniform(9))
    assert sequential.times == planned.times
    assert np.array_equal(sequential.rgb, planned.rgb)


def test_the_packet_plan_leaves_out_most_of_a_long_group(made, monkeypatch):
    """Of one frame in the second group of five, nothing of the other groups is decoded."""
    fed = []
    original = decoding.packets_of

    def counting(*arguments):
        for index, packet in original(*arguments):
            fed.append(index)
            yield index, packet

    monkeypatch.setattr(decoding, "packets_of", counting)
    film = named("gop12.mp4")
    frames = decode(Clip.of(made(film), 0.6, 0.7), Every(5.0, 8))
    assert [read(f.rgb) for f in frames] == [15, 17]
    assert fed == [12, 13, 14, 15, 16, 17]


@pytest.mark.parametrize("path", sorted(p for p in CLIPS.iterdir() if p.suffix != ".tsv"), ids=lambda p: p.name)
@pytest.mark.parametrize("sampling", [Every(2.0, 64), Every(0.3, 500), Uniform(16)], ids=str)
def test_real_clips_give_the_right_frames_or_a_reason(path, sampling):
    if path.name == "decord_corrupted.mp4":
        with pytest.raises(DecodeError) as caught:
            decode(Clip.of(path), sampling)
        assert caught.value.reason == "damaged"
        return
    plain = plainly(path)
    times = [time - plain[0][0] for time, _ in plain]
    frames = decode(Clip.of(path), sampling)
    assert frames.flags in ((), ("fewer_frames",))
    indices, _ = sampling.choose(times)
    assert np.allclose(frames.times, [times[i] for i in indices], atol=1e-6)
    for frame, i in zip(frames, indices, strict=True):
        expected = np.rot90(plain[i][1], -1) if path.name == "decord_video_90.mov" else plain[i][1]
        assert np.array_equal(frame.rgb, expected)


def test_undamaged_frames_of_a_damaged_file_are_given():
    """The damage of this clip begins at 2.8 s."""
    path = CLIPS / "decord_corrupted.mp4"
    frames = decode(Clip.of(path, 0.0, 2.5), Every(1.0, 9))
    with av.open(str(path)) as container:
        decoder = container.decode(video=0)
        plain = [next(decoder).to_ndarray(format="rgb24") for _ in range(25)]
    assert frames.times == pytest.approx((0.0, 1.0, 2.0, 2.4))
    for frame in frames:
        assert np.abs(frame.rgb.astype(int) - plain[round(frame.time * 10)]).mean() < 1


@pytest.mark.parametrize("name", ["gop250.mp4", "open_gop.ts", "irregular.mkv", "raw.h264", "edited.mp4"])
def test_schedule_foretells_the_times(name, made):
    clip = Clip.of(made(named(name)))
    frames = decode(clip, Every(0.7, 64), longest=64)
    told = schedule(clip, Every(0.7, 64))
    assert (told.times, told.duration, told.flags) == (frames.times, frames.duration, frames.flags)


@pytest.mark.parametrize("name", ["gop250.mp4", "open_gop.ts", "hevc_open.mkv", "h264_b.avi", "irregular.mp4"])
def test_spans(name, made):
    film = named(name)
    numbers, times = list(film.shown_at), list(film.shown_at.values())
    start, end = times[33], times[71]
    frames = decode(Clip.of(made(film), start, end), Every(0.5, 64))
    got = [read(frame.rgb) for frame in frames]
    assert got[0] == numbers[33]
    assert got[-1] == numbers[70]
    for number, frame in zip(got, frames, strict=True):
        assert abs(film.shown_at[number] - start - frame.time) < ROUNDING
    assert abs(frames.duration - (end - start)) < ROUNDING


@pytest.mark.parametrize("name", ["h264_b.avi", "h264_b_flat.avi", "open_gop.ts"])
def test_each_single_frame_is_the_right_one(name, made):
    """In runs of one frame nothing else gives wrong times away."""
    clip = made(named(name))
    for number in range(40, 60):
        frames = decode(Clip.of(clip, number / 25, (number + 1) / 25), Uniform(4))
        assert [read(f.rgb) for f in frames] == [number]


def test_a_span_begins_with_the_frame_shown_at_its_start(made):
    film = named("gop250.mp4")
    frames = decode(Clip.of(made(film), 1.01, 1.05), Every(2.0, 8))
    assert [read(f.rgb) for f in frames] == [25, 26]
    assert frames.times == pytest.approx((0.0, 0.03))


@pytest.mark.parametrize("span", [(4.4, None), (9.0, 10.0), (2.0, 2.0), (3.0, 1.0), (-1.0, 2.0), (float("nan"), 2.0)])
def test_impossible_spans_are_refused(span, made):
    path = made(named("gop250.mp4"))
    with pytest.raises(DecodeError) as caught:
        decode(Clip.of(path, *span), Every(2.0, 8))
    assert caught.value.reason == "span"
    assert str(path) in caught.value.detail


def test_a_span_past_the_end_is_shortened_and_says_so(made):
    path = made(named("gop250.mp4"))
    frames = decode(Clip.of(path, 4.0, 9.0), Every(2.0, 8))
    assert frames.flags == ("span_shortened",)
    assert frames.duration == pytest.approx(0.4)


def test_frames_are_shrunk_and_never_enlarged(made):
    path = made(named("turned_right.mp4"))
    for longest, size in ((100, (50, 100)), (256, (128, 256)), (1024, (128, 256)), (None, (128, 256))):
        frames = decode(Clip.of(path), Uniform(3), longest)
        assert frames.rgb.shape[1:3] == size
        assert [read(f.rgb) for f in frames] == [18, 54, 91]


def test_a_stream_that_changes_size_comes_out_at_its_first_size(tmp_path):
    """Two H.264 films of different sizes, one after the other in one stream of an MPEG-TS."""
    path = tmp_path / "sizes.ts"
    with av.open(str(path), "w") as container:
        out = container.add_stream("libx264", rate=25)
        out.width, out.height, out.pix_fmt = 256, 128, "yuv420p"
        for part, (width, height) in enumerate([(256, 128), (320, 192)]):
            encoder = av.CodecContext.create("libx264", "w")
            encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
            encoder.time_base = Fraction(1, 25)
            encoder.options = {"bf": "0"}
            for i in range(40):
                frame = av.VideoFrame.from_ndarray(draw(40 * part + i, width, height), "rgb24")
                frame = frame.reformat(format="yuv420p")
                frame.pts, frame.time_base = 40 * part + i, Fraction(1, 25)
                for packet in encoder.encode(frame):
                    packet.stream = out
                    container.mux(packet)
            for packet in encoder.encode(None):
                packet.stream = out
                container.mux(packet)
    frames = decode(Clip.of(path), Every(0.4, 64))
    assert frames.rgb.shape[1:3] == (128, 256)
    assert [read(f.rgb) for f in frames] == [0, 10, 20, 30, 40, 50, 60, 70, 79]


# --- broken files ------------------------------------------------------------------------------------------------


def reason(path: Path, sampling=Every(0.7, 64)) -> str:  # noqa: B008
    with pytest.raises(DecodeError) as caught:
        decode(Clip.of(path), sampling)
    assert str(path) in caught.value.detail
    with pytest.raises(DecodeError):
        schedule(Clip.of(path), sampling)
    return caught.value.reason


def test_files_that_hold_no_film(tmp_path):
    empty, text, audio, folder = (tmp_path / n for n in ("empty.mp4", "text.mp4", "audio.mp4", "folder.mp4"))
    empty.touch()
    text.write_text("not a film\n" * 1000)
    folder.mkdir()
    with av.open(str(audio), "w") as container:
        stream = container.add_stream("aac", rate=44100, layout="mono")
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        sound.sample_rate = 44100
        for _ in range(40):
            container.mux(stream.encode(sound))
        container.mux(stream.encode(None))
    assert reason(empty) == "unreadable"
    assert reason(text) == "unreadable"
    assert reason(audio) == "no_video"
    assert reason(folder) == "unreadable"
    assert reason(tmp_path / "missing.mp4") == "missing"


def test_the_cover_picture_of_a_song_is_no_film(tmp_path):
    path = tmp_path / "song.mp4"
    with av.open(str(path), "w") as container:
        sound = container.add_stream("aac", rate=44100, layout="mono")
        cover = container.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 256, 128, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        picture = av.VideoFrame.from_ndarray(draw(5, 256, 128), "rgb24").reformat(format="yuvj420p")
        container.mux(cover.encode(picture))
        samples = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        samples.sample_rate = 44100
        for _ in range(40):
            container.mux(sound.encode(samples))
        container.mux(sound.encode(None))
    assert reason(path) == "no_video"


def test_a_playlist_reaches_no_network(tmp_path):
    path = tmp_path / "list.m3u8"
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = "http://{}:{}/a.ts".format(*server.getsockname())
        path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{address}\n#EXT-X-ENDLIST\n")
        assert reason(path) == "unreadable"
        assert select.select([server], [], [], 0.5)[0] == []


def test_a_picture_named_mp4_is_a_clip_of_one_frame(tmp_path):
    path = tmp_path / "picture.mp4"
    encoder = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 256, 128, "rgb24", Fraction(1, 25)
    frame = av.VideoFrame.from_ndarray(draw(77, 256, 128), "rgb24")
    path.write_bytes(b"".join(bytes(p) for p in [*encoder.encode(frame), *encoder.encode(None)]))
    frames = decode(Clip.of(path), Every(0.7, 64))
    assert frames.times == (0.0,)
    assert np.array_equal(frames[0].rgb, draw(77, 256, 128))


@pytest.mark.parametrize("name", ["höhe 1.mp4", "new\nline.mp4", os.fsdecode(b"\xff\xfe.mp4"), "a:b%03d?*.mp4"])
def test_odd_file_names(name, made, tmp_path):
    path = tmp_path / name
    path.write_bytes(made(FILMS[0]).read_bytes())
    assert [read(f.rgb) for f in decode(Clip.of(path), Every(2.0, 8))] == [0, 50, 100, 109]


@pytest.mark.parametrize(
    ("film", "share"),
    [
        (Film("cut.mp4", options=OPEN_GOP, muxer={"movflags": "faststart"}), 0.6),
        (Film("cut_fragments.mp4", options={"g": "20"}, muxer={"movflags": "frag_keyframe+empty_moov"}), 0.6),
        (Film("cut.mkv", options=B_FRAMES), 0.6),
        (Film("cut_open.ts", options=OPEN_GOP), 0.6),
        (Film("cut.ts", options={"bf": "0"}), 0.7),
        (Film("cut.avi", "mpeg4", {"g": "30"}), 0.6),
        (Film("cut.webm", "libvpx-vp9", {"cpu-used": "8"}), 0.7),
        (Film("cut.flv", options=B_FRAMES), 0.6),
    ],
    ids=lambda value: value.name if isinstance(value, Film) else str(value),
)
def test_files_whose_data_ends_part_way(film, share, tmp_path):
    path = film.make(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    frames = decode(Clip.of(path), Every(0.3, 64))
    check_numbers(film, frames)
    assert 4 < len(frames) < 14
    # A transport stream does not say how long it is, nor a film in fragments.
    assert "truncated" in frames.flags or path.suffix == ".ts" or path.name == "cut_fragments.mp4"


def test_a_cut_mp4_without_its_index_is_unreadable(tmp_path):
    path = Film("cut.mp4", options=B_FRAMES).make(tmp_path)
    data = path.read_bytes()
    assert data.index(b"moov") > len(data) // 2
    path.write_bytes(data[: len(data) // 2])
    assert reason(path) == "unreadable"


def test_half_a_last_picture_is_left_out(tmp_path):
    """An MJPEG decoder fills up the missing half without a word."""
    film = Film("cut_mjpeg.mp4", "mjpeg", pix_fmt="yuvj420p", muxer={"movflags": "faststart"})
    path = film.make(tmp_path)
    whole = decode(Clip.of(path), Uniform(200))
    data = path.read_bytes()
    with av.open(str(path)) as container:
        packet = [p for p in container.demux(video=0) if p.size][60]
    path.write_bytes(data[: packet.pos + packet.size // 2])
    frames = decode(Clip.of(path), Uniform(200))
    assert len(frames) == 60
    assert np.array_equal(frames.rgb, whole.rgb[:60])
    assert "truncated" in frames.flags


class Pictures:
    """A sink that reads the numbers that are drawn on whole frames."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.count = 0
        self.numbers: list[int] = []

    @property
    def is_full(self) -> bool:
        return self.count == len(self.selection.times)

    def put(self, slot: int, frame: av.VideoFrame) -> None:
        assert slot >= self.count
        self.count += 1
        if slot not in self.selection.damaged:
            self.numbers.append(read(frame.to_ndarray(format="rgb24")))


def test_who_wants_damaged_frames_too_is_told_which_they_are(tmp_path):
    path = Film("hole.mp4", "libx264", {"g": "20", "keyint_min": "20", "sc_threshold": "0", "bf": "0"}).make(tmp_path)
    whole, _ = pour(Clip.of(path), All(), Pictures)
    assert whole.damaged == ()
    overwritten(path, 53)
    frames = []
    selection, pictures = pour(Clip.of(path), All(), Pictures, damaged_too=True, alive=lambda: frames.append(1))
    # The decoder gives nothing for the picture itself, which the one before stands for, and rubbish for the next ones.
    assert [whole.times.index(selection.times[slot]) for slot in selection.damaged] == [52, *range(54, 60)]
    assert pictures.numbers == [*range(52), *range(60, 110)]
    assert len(frames) >= 2 * len(selection.times)


def test_a_last_packet_that_the_end_has_cut_damages_nothing_before_it(tmp_path):
    film = Film("hole.mp4", "libx264", {"g": "20", "keyint_min": "20", "bf": "0"}, muxer={"movflags": "faststart"})
    path = film.make(tmp_path)
    with av.open(str(path)) as container:
        last = [packet for packet in container.demux(video=0) if packet.size][90]
    overwritten(path, 53)
    path.write_bytes(path.read_bytes()[: last.pos + 3])
    selection, pictures = pour(Clip.of(path), All(), Pictures, damaged_too=True)
    assert "truncated" in selection.flags
    assert max(selection.damaged) < 60
    assert pictures.numbers[-1] == 89


def test_times_are_the_films_own_when_its_beginning_is_lost(tmp_path):
    path = Film("hole.mp4", "mjpeg", pix_fmt="yuvj420p").make(tmp_path)
    whole, _ = pour(Clip.of(path), All(), Pictures)
    overwritten(path, 0)
    selection, pictures = pour(Clip.of(path), All(), Pictures, damaged_too=True)
    assert selection.times == whole.times[1:]
    assert selection.damaged == (0,)
    assert pictures.numbers == list(range(2, 110))


@pytest.mark.parametrize(
    ("film", "packet", "damaged"),
    [
        (Film("b.mp4", "libx264", {"g": "40", "keyint_min": "40", "sc_threshold": "0", "bf": "3"}), 40, range(39, 80)),
        (
            Film("last.mp4", "libx264", {"g": "20", "keyint_min": "20", "sc_threshold": "0", "bf": "0"}),
            39,
            range(38, 40),
        ),
        (Film("one.mp4", "mjpeg", pix_fmt="yuvj420p"), 20, range(19, 21)),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_frames_keep_their_times_around_those_that_are_lost(film, packet, damaged, tmp_path):
    path = film.make(tmp_path)
    overwritten(path, packet)
    selection, pictures = pour(Clip.of(path), All(), Pictures, damaged_too=True)
    assert "guessed_times" not in selection.flags
    hurt = {round(selection.times[slot] * 25) for slot in selection.damaged}
    assert hurt
    assert hurt <= set(damaged)
    whole = [time for slot, time in enumerate(selection.times) if slot not in selection.damaged]
    assert pictures.numbers == [round(time * 25) for time in whole]
    assert set(pictures.numbers) >= set(range(110)) - set(damaged)


def test_a_film_that_begins_in_an_open_group_is_not_damaged(made, tmp_path):
    path = tmp_path / "late.ts"
    with av.open(str(made(named("open_gop.ts")))) as source, av.open(str(path), "w") as target:
        video = source.streams.video[0]
        out = target.add_stream_from_template(video)
        keys = 0
        for packet in source.demux(video):
            keys += packet.is_keyframe
            if packet.size and keys >= 2:
                packet.stream = out
                target.mux(packet)
    selection, pictures = pour(Clip.of(path), All(), Pictures, damaged_too=True)
    assert "late_start" in selection.flags
    assert selection.damaged == ()
    cut = selection.times[18]
    span = decode(Clip.of(path, 0.0, cut), All())
    assert [read(frame.rgb) for frame in span] == pictures.numbers[:18]


def test_a_film_without_a_whole_frame_is_damaged_for_everybody(tmp_path):
    path = Film("hole.mp4", "libx264", {"g": "20", "keyint_min": "20", "sc_threshold": "0", "bf": "0"}).make(tmp_path)
    overwritten(path, 53)
    with pytest.raises(DecodeError) as caught:
        pour(Clip.of(path, 55 / 25, 58 / 25), All(), Pictures, damaged_too=True)
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize(
    ("codec", "options"), [("libx264", {"bf": "0"}), ("libvpx-vp9", {"cpu-used": "8", "lag-in-frames": "0"})]
)
def test_damage_costs_only_the_frames_that_it_reaches(codec, options, tmp_path):
    film = Film("hole.mp4", codec, {"g": "20", "keyint_min": "20", "sc_threshold": "0", **options})
    path = film.make(tmp_path)
    hurt = overwritten(path, 53)
    group = hurt // 20
    start, end = group * 0.8, (group + 1) * 0.8
    before, after = decode(Clip.of(path, 0, start), Every(0.2, 64)), decode(Clip.of(path, end), Every(0.2, 64))
    assert [read(f.rgb) for f in before] == [*range(0, group * 20, 5), group * 20 - 1]
    assert [read(f.rgb) for f in after] == [*range(group * 20 + 20, 110, 5), 109]
    with pytest.raises(DecodeError) as caught:
        decode(Clip.of(path, start, end), Uniform(20))
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize(
    ("codec", "options"), [("libx264", OPEN_GOP), ("mpeg2video", {"g": "24", "bf": "2"}), ("mpeg4", {"g": "24"})]
)
def test_a_recording_that_begins_in_the_middle_of_a_group(codec, options, tmp_path):
    """Packets before the first keyframe, as a receiver that is switched on at any moment records them."""
    film = Film("whole.mkv" if codec == "mpeg4" else "whole.ts", codec, options)
    whole = film.make(tmp_path)
    late = whole.with_stem("late")
    with av.open(str(whole)) as source, av.open(str(late), "w") as target:
        video = source.streams.video[0]
        out = target.add_stream_from_template(video)
        for i, packet in enumerate(source.demux(video)):
            if i > 9 and packet.size:
                packet.stream = out
                target.mux(packet)
    frames = decode(Clip.of(late), Every(0.4, 64))
    numbers = [read(f.rgb) for f in frames]
    assert frames.flags == ("late_start",)
    assert 22 <= numbers[0] <= 24
    assert numbers[-1] == 109
    for number, frame in zip(numbers, frames, strict=True):
        assert abs((number - numbers[0]) / 25 - frame.time) < ROUNDING


def restamped(source_path: Path, path: Path, stamp: Callable[[int, av.Packet], int]) -> Path:
    """The same packets with other presentation times."""
    with av.open(str(source_path)) as source, av.open(str(path), "w") as target:
        video = source.streams.video[0]
        out = target.add_stream_from_template(video)
        for i, packet in enumerate(source.demux(video)):
            if packet.size:
                packet.pts = stamp(i, packet)
                packet.dts = min(packet.dts, packet.pts)
                packet.stream = out
                target.mux(packet)
    return path


def test_wrong_presentation_times_are_noticed(made, tmp_path):
    """A recorder that writes decoding times for both."""
    path = restamped(made(named("gop250.mp4")), tmp_path / "wrong.mkv", lambda i, packet: packet.dts)
    frames = decode(Clip.of(path), Every(0.4, 64))
    assert [read(f.rgb) for f in frames] == [*range(0, 110, 10), 109]
    assert frames.flags == ("guessed_times",)


def test_of_two_frames_at_one_time_the_later_one_is_shown(made, tmp_path):
    path = restamped(
        made(named("gop12.mp4")), tmp_path / "twice.mkv", lambda i, packet: packet.pts - packet.duration * (i == 40)
    )
    frames = decode(Clip.of(path), Every(0.12, 64))
    assert [read(f.rgb) for f in frames] == sorted({*range(0, 110, 3), 40, 109} - {39})
    assert frames.flags == ()


def test_no_such_decoder():
    with pytest.raises(UsageError, match="pyav"):
        decode(Clip.of("a.mp4"), Uniform(3), decoder="vlc")


@pytest.mark.parametrize("decoder", ["pyav", "decord"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.mp4", "ffconcat version 1.0\nfile film.mp4\n"),
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfilm.ts\n"),
    ],
)
def test_a_list_of_other_files_is_no_film(made, tmp_path, name, content, decoder):
    film = made(named("gop12_b.mp4"))
    (tmp_path / "film.mp4").symlink_to(film)
    with av.open(str(film)) as source, av.open(str(tmp_path / "film.ts"), "w") as copy:
        stream = copy.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                copy.mux(packet)
    (tmp_path / name).write_text(content)
    with pytest.raises(DecodeError, match=r"unreadable: .*list.*: it is a list of other files"):
        decode(Clip.of(tmp_path / name), Uniform(3), decoder=decoder)
