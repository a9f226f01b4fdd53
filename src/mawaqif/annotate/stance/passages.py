"""Finds the words of a vocabulary in the passages of a document, whose words were told apart once for all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from mawaqif.arabic.phrases import Hit, PhraseIndex, split_words
from mawaqif.arabic.tokens import numbered_tokens


class Passages:
    """The sentences and statements of a normalised text, in which phrases are looked for.

    They overlap many times over. Which words of the text begin a phrase is asked once for all; of a passage only those
    are looked at.
    """

    def __init__(self, text: str, places: Mapping[str, tuple[int, int]], *, longest: int) -> None:
        """Tell the words of `text` apart.

        Args:
            text: A normalised text.
            places: Passages by what they say, with the start and end of each in `text`.
            longest: The most words that are read of a passage.
        """
        self._places, self._longest = places, longest
        self._tokens, self._numbered = numbered_tokens(text)
        self._begins: dict[int, list[int]] = {}
        self._ranges: dict[str, tuple[int, int] | None] = {}

    def find(self, passage: str, index: PhraseIndex) -> tuple[list[str], list[Hit]]:
        """Return the words of a passage, and the hits of an index in it as if it stood alone."""
        if passage not in self._ranges:
            self._ranges[passage] = self._range_of(passage)
        tokens = self._ranges[passage]
        if tokens is None:
            words = split_words(passage)[: self._longest]
            return words, index.find(words)
        first, after = tokens
        words = self._tokens.words[first:after]
        begins = self._begins.get(id(index))
        if begins is None:
            begins = self._begins[id(index)] = index.beginnings(self._numbered)
        inside = begins[bisect_left(begins, first) : bisect_left(begins, after)]
        return words, index.find_at(words, [at - first for at in inside])

    def names(self, index: PhraseIndex) -> set[str]:
        """Return the names of all hits in the text and in its passages."""
        hits = index.find_numbered(self._tokens.words, self._numbered)
        self._begins[id(index)] = list(dict.fromkeys(hit.start for hit in hits))  # a passage has no hit elsewhere
        found = _names(hits)
        self._ranges = {passage: self._range_of(passage) for passage in self._places}
        apart = [passage for passage, tokens in self._ranges.items() if tokens is None]
        return found.union(*(_names(self.find(passage, index)[1]) for passage in apart))

    def _range_of(self, passage: str) -> tuple[int, int] | None:
        """Return the tokens of a passage; None where it must be read by itself.

        That is where it begins or ends inside a token («بإنهاء» after its preposition), and where it has underscores,
        which join words.
        """
        place = self._places.get(passage)
        if place is None or "_" in passage:
            return None
        first, after = self._tokens.between(*place)
        ends = self._tokens.ends
        if (first and ends[first - 1] > place[0]) or (after and ends[after - 1] > place[1]):
            return None
        return first, min(after, first + self._longest)


def _names(hits: Iterable[Hit]) -> set[str]:
    return {hit.name for hit in hits}
