"""The page in headless Chromium: what a person sees, and what keys do."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from recaption import results
from recaption.clip import Caption, Clip
from recaption.database import NAME
from recaption.review.reviews import Reviews
from tests.clips import clip
from tests.review.conftest import BLUE, EVIL, GREEN, RED
from tests.reviewing import reviewing, stored

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
"""None for the one that `playwright install chromium` fetched."""
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, at its first caption; it must run without an error and without a dialog."""
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(address)
    expect(current(page)).to_have_count(1)
    yield page
    page.close()
    assert [fault for fault in faults if "409" not in fault] == []


def current(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("#rows a[aria-current] .name")


def colour_on_screen(page: Page) -> np.ndarray:
    """What the film shows in a screenshot, as its mean colour."""
    expect(page.locator("video")).not_to_have_js_property("currentTime", 0)
    shot = Image.open(io.BytesIO(page.locator("video").screenshot())).convert("RGB")
    return np.asarray(shot)[20:60, 20:-20].mean((0, 1))


def test_the_clip_plays_beside_its_words(page: Page) -> None:
    assert np.abs(colour_on_screen(page) - RED).max() < 30
    expect(page.locator("#text")).to_have_text("A red wall is lit.")
    expect(page.locator("#raw")).to_have_text("The video shows a red wall that is lit.")
    expect(page.locator("#edits del")).to_have_text("The video shows a red wall that")
    expect(page.locator("#edits ins")).to_have_text("A red wall")
    page.keyboard.press("j")
    expect(current(page)).to_have_text("b-blue.mp4")
    assert np.abs(colour_on_screen(page) - BLUE).max() < 30
    page.keyboard.press("Space")
    expect(page.locator("video")).to_have_js_property("paused", True)


def test_names_and_captions_are_never_markup(page: Page) -> None:
    page.locator("#rows a", has_text="img").click()
    expect(current(page)).to_have_text(f"c-{EVIL}.mp4")
    assert np.abs(colour_on_screen(page) - GREEN).max() < 30
    expect(page.locator("#text")).to_have_text(f"A sign reads {EVIL}.")
    expect(page.locator("#raw")).to_contain_text("</s>")
    assert page.locator("img").count() == 0


def test_keys_judge_and_go_on(page: Page, out: Path) -> None:
    page.keyboard.press("a")
    expect(current(page)).to_have_text("b-blue.mp4")
    expect(page.locator("#progress")).to_have_text("1 of 3 judged")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("A blue wall,\nj and r.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#progress")).to_have_text("2 of 3 judged")
    expect(current(page)).to_contain_text("img")
    page.keyboard.press("r")
    expect(page.locator("#said")).to_have_text("rejected")
    told = {Path(row["path"]).stem: (row["verdict"], row["caption"]) for row in results.captions(out)}
    assert told == {"a-red": ("accepted", "A red wall is lit."), "b-blue": ("edited", "A blue wall, j and r.")}
    page.keyboard.press("u")
    expect(page.locator("#progress")).to_have_text("2 of 3 judged")
    page.keyboard.press("g")
    expect(page.locator("#said")).to_have_text("again")
    assert [row["reason"] for row in results.failures(out)] == ["again"]


def test_lists_by_flag_verdict_and_confidence(page: Page) -> None:
    page.select_option("#order", "confidence")
    expect(page.locator("#rows .name").first).to_have_text("b-blue.mp4")
    page.select_option("#order", "flags")
    expect(page.locator("#rows .name").first).to_contain_text("img")
    page.select_option("#flag", "hedge")
    expect(page.locator("#rows .name")).to_have_count(2)
    page.keyboard.press("r")
    expect(page.locator("#progress")).to_have_text("1 of 3 judged")
    page.select_option("#verdict", "rejected")
    expect(page.locator("#rows .name")).to_have_count(1)
    page.select_option("#verdict", "edited")
    expect(page.locator("#nothing")).to_be_visible()


def test_leaving_the_words_as_they_were(page: Page) -> None:
    page.keyboard.press("e")
    page.keyboard.type("Nothing of this stays.")
    page.keyboard.press("Escape")
    expect(page.locator("#text")).to_have_text("A red wall is lit.")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#message")).to_contain_text("has words")
    expect(page.locator("#edit")).to_be_visible()


SLOWED = """method => {
  const fetched = window.fetch;
  window.fetch = async (path, options = {}) => {
    const isLate = (options.method ?? "GET") === method && path.startsWith("captions/");
    if (isLate) await new Promise((done) => setTimeout(done, 300));
    return fetched(path, options);
  };
}"""
"""Answers to requests of a method for one caption come late."""


def test_a_key_never_acts_on_a_caption_that_is_still_on_its_way(page: Page, out: Path) -> None:
    page.evaluate(SLOWED, "GET")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#edit")).to_be_focused()
    expect(page.locator("#edit")).to_have_value("A blue wall.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#progress")).to_have_text("1 of 3 judged")
    judged = {Path(row["path"]).stem: row["caption"] for row in results.captions(out) if "verdict" in row}
    assert judged == {"b-blue": "A blue wall."}


def test_words_typed_too_early_judge_nothing(page: Page, out: Path) -> None:
    page.evaluate(SLOWED, "PUT")
    page.keyboard.press("a")
    page.keyboard.press("e")
    page.keyboard.type("arg gar")
    expect(page.locator("#edit")).to_be_focused()
    expect(page.locator("#progress")).to_have_text("1 of 3 judged")
    page.keyboard.press("Escape")
    assert [row["verdict"] for row in results.captions(out) if "verdict" in row] == ["accepted"]


def test_a_key_that_is_held_judges_once(page: Page) -> None:
    for _ in range(3):
        page.keyboard.down("r")
    page.keyboard.up("r")
    expect(page.locator("#progress")).to_have_text("1 of 3 judged")
    expect(current(page)).to_have_text("b-blue.mp4")


def test_the_mouse_loses_no_words(page: Page, out: Path) -> None:
    page.click("#edited")
    page.fill("#edit", "A red wall in the sun.")
    for elsewhere in ("#rejected", "#undo", "#rows a >> nth=1"):
        page.click(elsewhere)
        expect(page.locator("#message")).to_contain_text("Save the words first")
        expect(page.locator("#edit")).to_have_value("A red wall in the sun.")
    page.click("#accepted")
    expect(current(page)).to_have_text("b-blue.mp4")
    expect(page.locator("#message")).to_be_empty()
    assert [row["caption"] for row in results.captions(out) if "verdict" in row] == ["A red wall in the sun."]


def test_a_caption_that_changed_meanwhile_is_shown(page: Page, out: Path) -> None:
    (first, *_) = results.captions(out)
    Reviews(out / NAME).judge(first["id"], "edited", first["caption"], "Words of another person.")
    page.keyboard.press("a")
    expect(page.locator("#message")).to_contain_text("has changed")
    expect(page.locator("#text")).to_have_text("Words of another person.")
    page.keyboard.press("l")
    expect(page.locator("#rows .name")).to_have_count(2)


def test_space_plays_and_pauses_where_the_film_has_the_focus(page: Page) -> None:
    film = page.locator("video")
    expect(film).to_have_js_property("paused", False)
    film.focus()
    page.keyboard.press("Space")
    expect(film).to_have_js_property("paused", True)


def test_a_clip_that_is_gone_is_told(browser: Browser, out: Path) -> None:
    for row in results.captions(out):
        Path(row["path"]).unlink()
    with reviewing(out) as address:
        page = browser.new_page()
        page.goto(address)
        expect(page.locator("#trouble")).to_contain_text("not there")
        page.close()


def test_a_file_that_browsers_do_not_play_has_a_preview(browser: Browser, tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4", [BLUE, GREEN], codec="libx265")
    stored(tmp_path / "out", {Clip.of(path, 0.0, 2.0): Caption("A blue wall.", "A blue wall.")})
    with reviewing(tmp_path / "out") as address:
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.goto(address)
        expect(page.locator("#trouble")).to_contain_text("a preview")
        assert np.abs(colour_on_screen(page) - BLUE).max() < 30
        assert page.locator("video").evaluate("film => film.duration") == pytest.approx(2.0, abs=0.3)
        page.close()


def test_ten_thousand_captions_cost_the_page_no_more_than_a_screenful(browser: Browser, tmp_path: Path) -> None:
    captions = {
        Clip(f"/films/{i:05}.mp4", size=1, mtime_ns=2): Caption("A wall.", "A wall.", mean_logprob=-i / 1e5)
        for i in range(10_000)
    }
    stored(tmp_path / "many", captions)
    with reviewing(tmp_path / "many") as address:
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.goto(address)
        expect(current(page)).to_have_text("00000.mp4")
        expect(page.locator("#verdict")).to_contain_text("open (10000)")
        page.locator("#list").evaluate("list => list.scrollTo(0, list.scrollHeight)")
        page.locator("#rows a", has_text="09999.mp4").click()
        expect(current(page)).to_have_text("09999.mp4")
        assert page.locator("#rows a").count() < 60
        page.select_option("#order", "confidence")
        expect(page.locator("#rows .name").first).to_have_text("09999.mp4")
        page.keyboard.press("a")
        expect(current(page)).to_have_text("09998.mp4")
        page.close()
