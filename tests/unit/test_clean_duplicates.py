"""Copies among documents: exact ones, near ones from half of the shingles on, and no others."""

from __future__ import annotations

import pickle
import random
import time
from collections import Counter
from itertools import combinations

import pytest

from mawaqif.clean import Sketch, find_duplicates, sketch_document
from mawaqif.records import MarkedSpan, RawDocument, Reading


def sketch(doc_id: str, text: str, boilerplate: tuple[MarkedSpan, ...] = ()) -> Sketch:
    return sketch_document(Reading(RawDocument(doc_id, text, "0" * 64, "utf-8", doc_id), boilerplate))


def words(seed: int, count: int) -> list[str]:
    source = random.Random(seed)
    return ["".join(source.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=5)) for _ in range(count)]


def copy_sharing(original: list[str], jaccard: float, seed: int) -> list[str]:
    """Return a text of the same length whose shingles have about this Jaccard index with those of `original`."""
    shared = round(2 * jaccard / (1 + jaccard) * (len(original) - 4)) + 4
    return original[:shared] + words(seed, len(original) - shared)


def test_a_copy_in_another_spelling_is_a_copy_of_the_first() -> None:
    found = find_duplicates([sketch("a", "قال الوزير الأميركيّ: «نعم»"), sketch("b", "قال الوزير الاميركي  نعم!")])
    assert found == {"b": "a"}


@pytest.mark.parametrize("length", [80, 400, 3000])
def test_near_copies_are_found_from_half_of_the_shingles_on(length: int) -> None:
    originals = [words(seed, length) for seed in range(30)]
    for jaccard, expected in ((0.6, 30), (0.4, 0)):
        sketches = [sketch(f"o{i}", " ".join(o)) for i, o in enumerate(originals)]
        sketches += [sketch(f"c{i}", " ".join(copy_sharing(o, jaccard, 99 + i))) for i, o in enumerate(originals)]
        found = find_duplicates(sketches)
        assert len(found) == expected
        assert all(found[f"c{i}"] == f"o{i}" for i in range(expected))


def test_the_copies_among_thousands_are_those_that_comparing_all_pairs_gives() -> None:
    source = random.Random(4)
    texts = [words(seed, 60) for seed in range(1500)]
    for original in texts[:1500]:
        changed = list(original)
        for at in source.sample(range(60), source.randint(1, 6)):
            changed[at] = words(source.randrange(10**6), 1)[0]
        texts.append(changed)
    found = find_duplicates(sketch(str(number), " ".join(text)) for number, text in enumerate(texts))
    shingles = [{tuple(text[at : at + 5]) for at in range(len(text) - 4)} for text in texts]
    holders: dict[tuple[str, ...], list[int]] = {}
    for number, own in enumerate(shingles):
        for shingle in own:
            holders.setdefault(shingle, []).append(number)
    shared = Counter(pair for held in holders.values() for pair in combinations(held, 2))
    expected = {str(j): str(i) for (i, j), both in shared.items() if both >= 0.5 * (len(shingles[i] | shingles[j]))}
    assert found == expected
    assert 500 < len(expected) < 1400


def test_a_copy_of_a_copy_counts_for_the_first_original() -> None:
    first = words(1, 300)
    second = first[60:] + words(2, 60)
    third = second[60:] + words(3, 60)
    found = find_duplicates([sketch(n, " ".join(t)) for n, t in (("1", first), ("2", second), ("3", third))])
    assert found == {"2": "1", "3": "1"}


def test_page_furniture_makes_no_copies() -> None:
    furniture = " ".join(words(5, 300))
    marks = (MarkedSpan(0, len(furniture), "navigation", "x"),)
    texts = [furniture + "\n" + " ".join(words(seed, 30)) for seed in (6, 7)]
    assert find_duplicates(sketch(str(i), text, marks) for i, text in enumerate(texts)) == {}


def test_empty_documents_are_no_copies_of_each_other() -> None:
    assert find_duplicates([sketch("a", ""), sketch("b", " . ")]) == {}


def test_a_sketch_is_small_and_travels_between_processes() -> None:
    made = sketch("a", " ".join(words(1, 500)))
    data = pickle.dumps(made)
    assert pickle.loads(data) == made
    assert len(data) < 3000
    assert len(made.minhash) < 400


def test_a_thousand_copies_of_one_text_do_not_cost_a_million_comparisons() -> None:
    text = words(1, 100)
    one = sketch("0", " ".join(text))
    many = [Sketch(str(i), one.content, one.minhash, one.shingles) for i in range(2000)]
    started = time.process_time()
    found = find_duplicates(many)
    assert set(found.values()) == {"0"}
    assert len(found) == 1999
    assert time.process_time() - started < 60
