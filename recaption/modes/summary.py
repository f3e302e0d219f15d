"""Many descriptions in, one caption out, however many there are."""

from __future__ import annotations

from collections.abc import Sequence

from recaption.clip import Step
from recaption.errors import AskError
from recaption.modes.ask import Ask
from recaption.prompts import Prompts


async def summarize(steps: Sequence[Step], ask: Ask, prompts: Prompts) -> str:
    """One caption for all steps. A single step stands as it is, unless a person's words are to be merged with it.

    Steps that together exceed the model's context are summed up in consecutive parts, then the parts; no step is cut or
    left out.

    Raises:
        AskError: "context" when not even two neighbouring steps fit together.
    """
    if len(steps) == 1 and not prompts.hint:
        return steps[0].text
    prompt = prompts.summary(steps)
    if ask.fits(prompt):
        return (await ask(prompt)).text
    plain = prompts.hinted(None)
    parts = _parts(steps, ask, plain)
    if len(parts) == len(steps):
        raise AskError("context", "two neighbouring descriptions do not fit the model's context together")
    summed = [Step(part[0].start, part[-1].end, await summarize(part, ask, plain)) for part in parts]
    return await summarize(summed, ask, prompts)


def _parts(steps: Sequence[Step], ask: Ask, prompts: Prompts) -> list[list[Step]]:
    """The longest consecutive parts that fit, from the first step on."""
    parts: list[list[Step]] = [[steps[0]]]
    for step in steps[1:]:
        if ask.fits(prompts.summary([*parts[-1], step])):
            parts[-1].append(step)
        else:
            parts.append([step])
    return parts
