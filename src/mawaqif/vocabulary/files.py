"""Reads one vocabulary file into its model; every error names file, entry and mend."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from mawaqif.errors import VocabularyError
from mawaqif.yaml_files import load_yaml

_M = TypeVar("_M", bound=BaseModel)


_UNION_STEPS = ("Alias", "RoleWord", "Nearby", "constrained-str")
_PLAIN_WORDS = {
    "too_short": "the list is empty",
    "string_too_short": "the text is empty",
    "model_type": "a mapping of keys is needed",
    "missing": "a key is missing",
    "extra_forbidden": "the key is unknown",
}


@dataclass(frozen=True)
class Content:
    """A file or folder by what it holds: a copy of one that was read is not read again."""

    digest: str
    path: Path = field(compare=False)


def read_yaml(path: Path, model: type[_M]) -> _M:
    """Read one vocabulary file and check its form.

    Raises:
        VocabularyError: The file is missing, is no YAML, has a key twice or breaks the model, with file and entry.
    """
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # of which the reader tells more
        digest = ""
    return cast(_M, _read(Content(digest, path), model))


@lru_cache(maxsize=32)
def _read(content: Content, model: type[BaseModel]) -> BaseModel:
    path = content.path
    data = load_yaml(path)
    if data is None:
        raise VocabularyError("the file is empty", where=path.name, mend="Restore it.")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = _telling(error)
        entry = ".".join(_entry_name(data, tuple(step for step in first["loc"] if step not in _UNION_STEPS)))
        what = _PLAIN_WORDS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        given = "" if first["type"] in ("value_error", "missing") else f" (got {repr(first.get('input'))[:60]})"
        raise VocabularyError(
            f"{what}{given}",
            where=f"{path.name}, {entry}" if entry else path.name,
            mend="See the head of the file for the keys and codes.",
        ) from error


def _telling(error: ValidationError) -> Any:
    """Return the first error; of a word that might also be a mapping, what is wrong with the word."""
    first, *others = error.errors()
    if first["type"] == "model_type" and isinstance(first["input"], str):
        return next((e for e in others if e["loc"][:-1] == first["loc"][:-1]), first)
    return first


def _entry_name(data: Any, location: tuple[int | str, ...]) -> list[str]:
    """Name list entries by their id rather than by their number."""
    names: list[str] = []
    for step in location:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        label = data.get("id") if isinstance(data, dict) else None
        names.append(str(label or step))
    return names
