"""The site as it is built: nothing is missing on it, and it needs no other host."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import recaption
from recaption import check, errors, postfilter
from recaption.cli import cli
from recaption.export import FORMATS
from recaption.verify import verify
from recaption.video import sample

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; a warning of Sphinx fails it."""
    folder = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "-b", "html"]
    done = subprocess.run([*words, str(ROOT / "docs"), str(folder)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_every_command_and_option_is_in_the_reference(site: Path) -> None:
    told = (site / "commands.html").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        assert f'id="recaption-{name}"' in told
        for option in command.params:
            if isinstance(option, click.Option):
                for spelling in option.opts:
                    assert f'id="cmdoption-recaption-{name}-{spelling.lstrip("-")}"' in told, (name, spelling)


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    told = (site / "api.html").read_text(encoding="utf-8")
    assert 'id="recaption.ray.caption"' in told
    for name in recaption.__all__:
        assert f'id="recaption.{name}"' in told, name
    for name in postfilter.__all__:
        assert f'id="recaption.postfilter.{name}"' in told or f'id="recaption.{name}"' in told, name
    for name, thing in vars(errors).items():
        if isinstance(thing, type) and issubclass(thing, errors.RecaptionError):
            assert f'id="recaption.errors.{name}"' in told or f'id="recaption.{name}"' in told, name


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("postfilter", [*(rule.code for rule in postfilter.RULES), *(sign.code for sign in postfilter.SIGNS)]),
        ("runs", [*errors.REASONS, *postfilter.FLAGS, *check.FLAGS, *verify.FLAGS, *sample.FLAGS]),
        ("exports", [*FORMATS]),
    ],
)
def test_pages_tell_every_name_of_a_closed_list(page: str, names: list[str], site: Path) -> None:
    told = (site / f"{page}.html").read_text(encoding="utf-8")
    assert [name for name in names if f">{name}<" not in told] == []


def test_pages_fetch_nothing_from_other_hosts(site: Path) -> None:
    fetched = re.compile(
        r'<(?:script|link|img|iframe)\b[^>]*?(?:src|href)="((?:https?:)?//[^"]*)"|@import|url\(["\']?https?:'
    )
    for file in (*site.rglob("*.html"), *site.rglob("*.css")):
        assert fetched.search(file.read_text(encoding="utf-8")) is None, file


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_says_what_language_it_is(page: Path) -> None:
    fences = re.findall(r"^\s*```(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(fences) % 2 == 0
    assert "" not in fences[::2]


def test_links_of_the_readme_lead_to_files() -> None:
    links = re.findall(r"\]\(([^)]+)\)", PAGES[0].read_text(encoding="utf-8"))
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).is_file()] == []
