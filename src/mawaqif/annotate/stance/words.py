"""Words of a statement with what the vocabulary finds in them, and patterns of terms that stand near each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from mawaqif.arabic.phrases import Hit
from mawaqif.vocabulary import Issue, Nearby

_COPULAS = frozenset(("هو", "هي", "وهو", "وهي", "يبقي", "تبقي"))
_ARTICLES = ("ال", "وال", "بال", "لل")
_HARD_STOPS = frozenset(".!?;\n")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a statement with the hits of one issue's vocabulary, by name and in order."""

    words: Sequence[str]
    hits: Mapping[str, Sequence[Hit]]
    stops: Sequence[int]

    @classmethod
    def with_hits(cls, words: Sequence[str], hits: Iterable[Hit]) -> Words:
        """Group the hits in `words` by their names."""
        by_name: defaultdict[str, list[Hit]] = defaultdict(list)
        for hit in hits:
            by_name[hit[0]].append(hit)
        grouped = dict(by_name)
        if _HARD_STOPS.isdisjoint(words):
            return cls(words, grouped, ())
        return cls(words, grouped, [at for at, word in enumerate(words) if word in _HARD_STOPS])

    def of(self, name: str) -> Sequence[Hit]:
        """Return the hits of one name, in order of the text."""
        return self.hits.get(name, ())

    def of_any(self, ranks: Mapping[str, int]) -> list[Hit]:
        """Return the hits of all names in `ranks`, in order of the text, at one place by rank."""
        found = [hit for name in self.hits.keys() & ranks.keys() for hit in self.hits[name]]
        return sorted(found, key=lambda hit: (hit.start, ranks[hit.name]))

    def is_broken(self, start: int, end: int) -> bool:
        """Whether a sentence ends between the two words."""
        if not self.stops:
            return False
        at = bisect_left(self.stops, start)
        return at < len(self.stops) and self.stops[at] < end


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term, or terms near each other, by the names of their hits."""

    terms: tuple[str, ...]
    within: int = 0
    is_ordered: bool = True
    needed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, issue: Issue, pattern: Nearby | str) -> Pattern:
        """Compile a pattern of an issue file."""
        names = (pattern,) if isinstance(pattern, str) else pattern.all
        terms = tuple(term_name(issue, name) for name in names)
        if isinstance(pattern, str):
            return cls(terms, needed=frozenset(terms))
        return cls(terms, pattern.within, pattern.ordered, frozenset(terms))

    def find(self, words: Words) -> list[Hit]:
        """Return the spans in which all terms stand near each other, one for each hit of the first term."""
        found: list[Hit] = []
        if not words.hits.keys() >= self.needed:
            return found
        for first in words.hits[self.terms[0]]:
            start, end = first.start, first.end
            for term in self.terms[1:]:
                partner = self._partner(words.hits[term], start, end)
                if partner is None or words.is_broken(min(start, partner.start), max(end, partner.end)):
                    break
                start, end = min(start, partner.start), max(end, partner.end)
            else:
                found.append(Hit(self.terms[0], start, end))
        return found

    def _partner(self, hits: Sequence[Hit], start: int, end: int) -> Hit | None:
        for hit in hits:
            if end <= hit.start <= end + self.within:
                return hit
            if not self.is_ordered and start - self.within <= hit.end <= start:
                return hit
        return None

    def own_words(self, hit: Hit, words: Words) -> frozenset[int]:
        """Return the words that the terms occupy inside a hit."""
        if len(self.terms) == 1:
            return frozenset(range(hit.start, hit.end))
        return frozenset(
            i
            for term in self.terms
            for own in words.of(term)
            if hit.start <= own.start and own.end <= hit.end
            for i in range(own.start, own.end)
        )


_Label = TypeVar("_Label")


class Patterns(Generic[_Label]):
    """Patterns in order of precedence, each with what it stands for; those that may be found are told at once."""

    def __init__(self, labelled: Iterable[tuple[_Label, Pattern]]) -> None:
        """Index patterns by their first term, then by another one that they need ("" where they need none)."""
        self._labelled = list(labelled)
        self._by_terms: dict[str, dict[str, list[int]]] = {}
        for number, (_, pattern) in enumerate(self._labelled):
            lead, other = pattern.terms[0], pattern.terms[1] if len(pattern.terms) > 1 else ""
            self._by_terms.setdefault(lead, {}).setdefault(other, []).append(number)

    def among(self, words: Words) -> list[tuple[_Label, Pattern]]:
        """Return the patterns whose first two terms occur, in order."""
        names = words.hits.keys()
        found: list[int] = []
        for lead in names & self._by_terms.keys():
            numbers = self._by_terms[lead]
            found += numbers.get("", ())
            for other in names & numbers.keys():
                found += numbers[other]
        return [self._labelled[number] for number in sorted(found)]


def term_name(issue: Issue, name: str) -> str:
    """Return the name under which hits of an issue's term are found."""
    return f"term:{issue.id}:{name}"


def is_joined(words: Words, at: int) -> bool:
    """Whether "and" or "or" leads to the word."""
    word = words.words[at]
    previous = words.words[at - 1] if at else ""
    return previous in ("او", "و") or (word.startswith("و") and not word.startswith(("وجود", "وقف")))


def is_a_name(words: Words, hit: Hit) -> bool:
    """Whether a judging word has the article and nothing before it to agree with, and so names somebody or something.

    «الانسحاب احتلال» judges, «الاتفاق مع الاحتلال» does not.
    """
    is_definite = hit.end - hit.start == 1 and words.words[hit.start].startswith(("ال", "لل", "بال", "وال"))
    before = words.words[hit.start - 1] if hit.start else ""
    return is_definite and before not in _COPULAS and not before.startswith(_ARTICLES)
