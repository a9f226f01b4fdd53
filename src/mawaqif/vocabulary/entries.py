"""What all vocabulary files are made of: strict entries, texts that are not empty, names in both languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class Entry(BaseModel):
    """A strict, immutable vocabulary entry: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def refuse_empty(model: BaseModel) -> None:
    """Raise a ValueError that names the first list of a file that is empty."""
    if empty := next((name for name, value in model if isinstance(value, tuple | dict) and not value), None):
        raise ValueError(f"`{empty}` is empty")


NonEmpty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Bilingual(Entry):
    """The same name or sentence in both report languages."""

    ar: NonEmpty
    en: NonEmpty

    def in_language(self, language: str) -> str:
        """Return the text in `ar` or `en`."""
        return self.ar if language == "ar" else self.en
