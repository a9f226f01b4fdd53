"""Numbers the distinct words of the texts read so far, so that each fact about a word is found out only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

MOST_REMEMBERED = 100_000
"""Words: a corpus of thousands of articles has fewer; beyond, numbering begins anew, so that memory stays bounded."""

_Number = TypeVar("_Number", bound=np.generic)


class WordForms(dict[str, int]):
    """A number for each word met so far, in the order of meeting; `words` is the way back."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def __missing__(self, word: str) -> int:
        """Give the next number to a word that was not met yet."""
        self[word] = number = len(self.words)
        self.words.append(word)
        return number


class Numbered:
    """The words of one text by number: shape (n,), and the forms that the numbers are of."""

    __slots__ = ("forms", "numbers")

    def __init__(self, words: Sequence[str], forms: WordForms) -> None:
        """Number `words`."""
        self.forms = forms
        self.numbers: npt.NDArray[np.int32] = np.fromiter(map(forms.__getitem__, words), np.int32, len(words))


class FormFacts(Generic[_Number]):
    """One number about each word form, looked up for all words of a text in one step; new forms are asked about once.

    Most words say nothing to a rule. An array of what each says lets an annotator go straight to those that do.
    """

    def __init__(self, tell: Callable[[str], int], dtype: type[_Number]) -> None:
        """Remember what `tell` says of a word, as numbers of a `dtype`."""
        self._tell = tell
        self._dtype = dtype
        self._forms: WordForms | None = None
        self._known = 0
        self._facts: npt.NDArray[_Number] = np.zeros(0, dtype)

    def of(self, text: Numbered) -> npt.NDArray[_Number]:
        """Return the facts about the words of a text, in their order."""
        words = text.forms.words
        if text.forms is not self._forms:
            self._forms, self._known = text.forms, 0
        if self._known < len(words):
            if len(words) > len(self._facts):
                self._facts = np.concatenate([self._facts[: self._known], np.zeros(2 * len(words), self._dtype)])
            self._facts[self._known : len(words)] = list(map(self._tell, words[self._known :]))
            self._known = len(words)
        return self._facts.take(text.numbers)
