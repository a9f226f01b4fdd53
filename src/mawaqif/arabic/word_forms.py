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
    """One number about each word form, looked up for all words of a text in one step; a form is asked about once.

    Most words say nothing to a rule. An array of what each says lets an annotator go straight to those that do.
    """

    def __init__(self, tell: Callable[[str], int], dtype: type[_Number]) -> None:
        """Remember what `tell` says of a word, as numbers of a `dtype`."""
        self._tell = tell
        self._forms: WordForms | None = None
        self._facts: npt.NDArray[_Number] = np.zeros(0, dtype)
        self._is_known: npt.NDArray[np.bool_] = np.zeros(0, bool)

    def of(self, text: Numbered) -> npt.NDArray[_Number]:
        """Return the facts about the words of a text, in their order."""
        if text.forms is not self._forms:
            self._forms = text.forms
            self._is_known[:] = False
        missing = len(text.forms.words) - len(self._facts)
        if missing > 0:
            size = missing + len(text.forms.words)
            self._facts = np.concatenate([self._facts, np.zeros(size, self._facts.dtype)])
            self._is_known = np.concatenate([self._is_known, np.zeros(size, bool)])
        is_known = self._is_known.take(text.numbers)
        if not is_known.all():
            new = list(set(text.numbers[~is_known].tolist()))
            self._facts[new] = list(map(self._tell, map(text.forms.words.__getitem__, new)))
            self._is_known[new] = True
        return self._facts.take(text.numbers)
