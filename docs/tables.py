"""Markdown made from the program's own tables; a page has `{{ name }}` where one goes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from llava_train.recipe import RECIPES
from recaption import check, errors, postfilter, prompts
from recaption.curate import recipe
from recaption.curate.measures import MEASURES
from recaption.export import FORMATS
from recaption.verify import verify
from recaption.video import sample


def all_tables() -> dict[str, str]:
    """Every table by the name that pages give it."""
    return {
        "rules": rules(),
        "signs": signs(),
        "reasons": table("reason", errors.REASONS),
        "flags_of_decoding": table("flag", sample.FLAGS),
        "flags_of_the_postfilter": table("flag", postfilter.FLAGS),
        "flags_of_check": table("flag", check.FLAGS),
        "flags_of_verify": table("flag", verify.FLAGS),
        "measures": table("measure", {name: kind.about for name, kind in MEASURES.items()}),
        "svd": thresholds("svd"),
        "formats": table("format", {name: format.about for name, format in FORMATS.items()}),
        "prompts": prompt_sets("default", "sharecaptioner"),
        "recipes": recipes(),
    }


def table(first: str, meanings: Mapping[str, str]) -> str:
    """Two columns: names, and what each means."""
    rows = [f"| `{name}` | {_escaped(meaning)} |" for name, meaning in meanings.items()]
    return "\n".join([f"| {first} | what it means |", "|---|---|", *rows])


def thresholds(name: str) -> str:
    """What a recipe drops, and where each threshold comes from."""
    rows = [
        f"| `{measure}` | {threshold.bounds} | {_escaped(threshold.source)} |"
        for measure, threshold in recipe.load(name).drop.items()
    ]
    return "\n".join(["| measure | drops | source |", "|---|---|---|", *rows])


def prompt_sets(*names: str) -> str:
    """The words of each role in each prompt set."""
    templates = [prompts.load(name).templates for name in names]
    rows = [
        f"| `{role}` | " + " | ".join(_escaped(words[role].strip().replace("\n", " ⏎ ")) for words in templates) + " |"
        for role in prompts.FIELDS
    ]
    return "\n".join([f"| role | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|", *rows])


def recipes() -> str:
    """What the comment at the top of each recipe of the trainer says."""
    told = {}
    for path in sorted(RECIPES.glob("*.yaml")):
        header = takewhile(lambda line: line.startswith("#"), path.read_text(encoding="utf-8").splitlines())
        told[path.stem] = " ".join(line.lstrip("# ") for line in header)
    return table("recipe", told)


def rules() -> str:
    """Each rule of the post-filter in its order, with a text before and after it."""
    return "\n\n".join(
        _term(rule.code, rule.about, "diff", [f"- {rule.example[0]!r}", f"+ {rule.example[1]!r}"])
        for rule in postfilter.RULES
    )


def signs() -> str:
    """Each sign that only flags a caption, with a text that has it."""
    return "\n\n".join(_term(sign.code, sign.about, "text", [repr(sign.example)]) for sign in postfilter.SIGNS)


def _term(code: str, about: str, language: str, lines: list[str]) -> str:
    return "\n".join(
        [f"`{code}`", f": {_escaped(about)}", "", f"  ```{language}", *(f"  {line}" for line in lines), "  ```"]
    )


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")
