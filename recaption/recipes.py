"""Recipes: what a YAML file says, as a dataclass. Keys that it does not have are refused."""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recaption.errors import RecipeError


def read(name: str, folder: Path) -> tuple[dict[str, Any], Path]:
    """What a recipe says, and the file that it is in.

    Args:
        name: of a file in the folder, without .yaml, or a path.

    Raises:
        RecipeError: no such recipe, or no mapping.
    """
    import yaml

    path = folder / f"{name}.yaml" if (folder / f"{name}.yaml").is_file() else Path(name)
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        known = ", ".join(sorted(p.stem for p in folder.glob("*.yaml")))
        raise RecipeError(f"{name}: neither a recipe ({known}) nor a readable YAML file: {error}") from None
    if not isinstance(values, dict):
        raise RecipeError(f"{path}: a recipe is a mapping of keys to values")
    return values, path


def build(kind: type[Any], values: Mapping[str, Any], where: str) -> Any:
    """A dataclass from the values of its fields, as YAML has them; fields that are dataclasses come as mappings.

    Args:
        where: what the values are of, for the messages.

    Raises:
        RecipeError: a wrong key (the message names the nearest right one), a wrong value, or one that is missing.
    """
    hints = typing.get_type_hints(kind)
    for key in values:
        if key not in hints:
            near = difflib.get_close_matches(str(key), hints, n=1, cutoff=0)
            raise RecipeError(f"{where}: no key {key!r}; did you mean {near[0]!r}?")
    made = {key: _convert(value, hints[key], f"{where}: {key}") for key, value in values.items()}
    missing = [f.name for f in dataclasses.fields(kind) if _required(f) and f.name not in made]
    if missing:
        raise RecipeError(f"{where}: missing {', '.join(missing)}")
    try:
        return kind(**made)
    except RecipeError as error:
        raise RecipeError(f"{where}: {error}") from None


def _required(entry: dataclasses.Field[Any]) -> bool:
    return entry.default is dataclasses.MISSING and entry.default_factory is dataclasses.MISSING


def _convert(value: Any, hint: Any, where: str) -> Any:
    """A YAML value as the type of its field; YAML reads 1e-3 as a string, so numbers may come as words."""
    if dataclasses.is_dataclass(hint) and isinstance(value, dict):
        return build(typing.cast(type[Any], hint), value, where)
    origin = typing.get_origin(hint)
    try:
        if origin is tuple and isinstance(value, list):
            items = typing.get_args(hint)
            if items[-1] is Ellipsis:
                items = (items[0],) * len(value)
            return tuple(_convert(v, t, where) for v, t in zip(value, items, strict=True))
        if origin is dict and isinstance(value, dict):
            of_key, of_value = typing.get_args(hint)
            return {_convert(k, of_key, where): _convert(v, of_value, where) for k, v in value.items()}
        if hint is float and isinstance(value, int | float | str) and not isinstance(value, bool):
            return float(value)
        if hint in (int, bool, str) and type(value) is hint:
            return value
    except ValueError:
        pass
    name = str(hint) if isinstance(hint, types.GenericAlias) else hint.__name__
    raise RecipeError(f"{where}: {value!r} is no {name}")
