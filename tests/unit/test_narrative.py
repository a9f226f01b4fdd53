from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from small_tables import ISSUE, VOCABULARY, dated, dates, document, documents, statement, statements

from mawaqif.aggregate.ahead import Ahead
from mawaqif.aggregate.attribution import ActorName
from mawaqif.aggregate.claims import Claim
from mawaqif.aggregate.findings import find_claims
from mawaqif.aggregate.movement import find_longest_gap
from mawaqif.aggregate.network import make_network
from mawaqif.aggregate.numbering import number_statements
from mawaqif.aggregate.positions import make_positions, positions_over_time
from mawaqif.aggregate.sources import make_sources
from mawaqif.aggregate.timeline import make_timeline
from mawaqif.errors import EvidenceError
from mawaqif.narrative import (
    MOST_LINKS,
    Finding,
    check_evidence,
    choose_claims,
    describe_coders,
    describe_network,
    describe_over_time,
    describe_positions,
    describe_source,
    describe_timeline,
    describe_voices,
    key_findings,
    make_naming,
    nothing_found,
    to_markdown,
    write_findings,
)
from mawaqif.phrases import arabic, arabic_charts, english, english_charts
from mawaqif.phrases.naming import Naming, add_article, decline_name

NUMBERS = (0, 1, 2, 3, 11, 100)
LANGUAGES = ("en", "ar")
DAY = date(2024, 8, 16)
PAPERS = documents(
    document("a", published="2024-08-16"), document("b", published="2021-03-23", outlet_id=None, outlet="الصدى")
)
CORPUS = statements(
    statement(1, "factions", -2, modality="demand"),
    statement(2, "factions", -2, doc_id="b"),
    statement(3, "bloc", 1),
    statement(4, "bloc", 1, doc_id="b"),
    statement(5, "deputy", -1),
    statement(6, "government", -1),
    statement(7, "government", 1, doc_id="b"),
    statement(8, "minister", 0),
    statement(9, "minister", 1, modality="forecast"),
    statement(10, "researchers", 1, modality="forecast"),
    statement(11, "source", None),
    statement(12, "زيد <b>العمري</b>", 2),
)
DATES = dates(dated("a", 310, "2026-01-01", "2026-12-31", "اكتمال الانسحاب"))


def naming(language: str) -> Naming:
    return Naming(language, ISSUE, VOCABULARY, {"زيد": ActorName("زيد*", "زيد*", False)})


def findings(language: str = "en", *, table: pd.DataFrame = CORPUS, **options: Any) -> list[Finding]:
    return key_findings(table, PAPERS, DATES, issue=ISSUE, vocabulary=VOCABULARY, language=language, **options)


def values_with(n: int) -> dict[str, dict[str, Any]]:
    """Return for each kind of claim the values of its sentence, every count being `n` or the least it can be."""
    one, more = max(n, 1), max(n, 2)
    side = {"actor_id": "government", "mean": -1.0, "statements": one, "articles": one, "first": DAY, "last": DAY}
    side |= {"quoted": n // 2, "headlines": min(n, one), "members": [{**side, "actor_id": "minister"}] * min(n, 3)}
    part = {"mean": 1.0, "statements": one, "actors": one, "first": DAY, "last": DAY}
    camp = {"camp": "experts", "mean": 0.5, "actors": more, "statements": more, "lowest": -1.0, "highest": 2.0}
    spoken = (("doubts", ("a-1-2",) * n), ("contradicts", ("a-3-4",)), ("mentions", ("a-5-6",) * (n % 3)))
    event = Ahead("اكتمال الانسحاب", "exit", True, DAY, DAY, False, "agreed", spoken)
    said, unsaid = ({"statements": k, "actors": k, "articles": k} for k in (one, n))
    gap = {"gap_from": None, "gap_to": None} if n % 2 else {"gap_from": DAY, "gap_to": date(2025, 8, 1)}
    latest = {"camp": "experts", "first": DAY, "last": DAY, "is_old": n > 2, "most_in_one": n or None}
    latest |= {"said": (DAY, DAY) if n > 1 else None}
    return {
        "latest": {
            "camps": [{**latest, "steps": {-1: one}}, {**latest, "steps": {-2: one, -1: n + 1, 1: 4 * n + 1}}],
            "left_out": ["experts", "anonymous"][: n % 3],
        },
        "extremes": {"low": side, "high": {**side, "actor_id": "bloc", "mean": 2.0}, "minimum": 2 if n > 1 else 1},
        "only": side,
        "camps": {"camps": [camp, {**camp, "camp": "armed_factions", "lowest": 0.5, "highest": 0.5}]},
        "divided": {"actor_id": "bloc", "below": one, "zero": n, "above": one, "articles": one},
        "followed": {"actors": one + 1, "followed": ("minister",) * n},
        "ahead": {
            "as_of": DAY, "whole": one + n + n // 2, "agreed": {"events": [event] * min(one, 3), "more": 0, "open": 0},
            "planned": {"events": [replace(event, last=None, first=None)] * (n % 2), "more": n, "open": n // 2},
            "possible": n, "unsaid": n // 2,
        },
        "movement": {"actor_id": "minister", "earlier": part, "later": {**part, "mean": -1.0}},
        "camp_movement": {"camp": "experts", "shared": n, "earlier": part, "later": {**part, "mean": -1.0}},
        "forecasts": {
            "forecasts": more + 2 * n, "forecasts_above": n, "forecasts_below": n, "forecasters": one,
            "articles": one, "whole": more + 3 * n, "repeats": n,
        },
        "silence": {
            "actors": one, "quoted": one + 1, "most_quoted": "deputy", "most_quoted_statements": one,
        },
        "milestone": {
            "milestone_id": "exit", "contradicts": unsaid, "doubts": unsaid, "confirms": said, "other": unsaid,
            "mentions": unsaid, "about": [{"ar": "رحيل", "en": "exit", "is_known": True}] * n,
            "called": {**unsaid, "statements": n // 2}, "calls": (),
        },
        "fragility": {
            "actors": n + 3, "unnamed": n, "one_article": n, "fragile": one, "moved": ("bloc",), "largest": n / 2,
            "shared": ("bloc", "deputy", "minister"),
        },
        "coverage": {
            "statements": one, "repeats": n, "verbatim": n // 2, "articles": one, "undated": n,
            "unknown_outlet": n // 2, "first": DAY, "last": date(2025, 8, 1), **gap,
        },
        "one_article": {"whole": one},
        "one_outlet": {"whole": more, "articles": more, "outlet": "daily"},
        "dominant_article": {"part": more, "whole": more + 1},
        "dominant_speaker": {"part": more, "whole": more + 1, "actor_id": "deputy"},
        "anonymous_sources": {"part": more, "whole": more + 1},
        "no_speaker": {"part": more, "whole": more + 1},
        "unknown_outlets": {"part": one, "whole": one + 1, "outlets": n},
    }  # fmt: skip


# --- every sentence over 0, 1, 2, 3, 11 and 100 ----------------------------------------------------------------------


def test_every_claim_has_a_sentence_in_both_languages() -> None:
    assert set(english.SENTENCES) == set(arabic.SENTENCES) == set(values_with(1))


@pytest.mark.parametrize("n", NUMBERS)
@pytest.mark.parametrize("kind", sorted(english.SENTENCES))
def test_english_sentences_agree_in_number(kind: str, n: int) -> None:
    sentence = english.SENTENCES[kind](values_with(n)[kind], naming("en"))
    assert not re.search(r"\b(one|1) (statements|articles|actors|forecasts|positions|more actors)\b", sentence)
    counted = r"(?:two|three|four|\d{2,}|no) (?:stated |registered )?"
    assert not re.search(
        rf"\b{counted}(?:statement|article|actor|forecast|position)\b(?! of| for| on the issue speaks)", sentence
    )
    assert not re.search(r"\bone (?:lie|contradict|doubt|confirm|say|come|take)\b", sentence)
    assert_well_formed(sentence)


@pytest.mark.parametrize("n", NUMBERS)
@pytest.mark.parametrize("kind", sorted(arabic.SENTENCES))
def test_arabic_sentences_agree_in_number(kind: str, n: int) -> None:
    sentence = arabic.SENTENCES[kind](values_with(n)[kind], naming("ar"))
    singular = "تصريح|مقال|طرف|موقف|توقع"
    # Two has no numeral, three to ten a plural, eleven to ninety-nine an accusative, hundreds a bare singular.
    assert not re.search(rf"\b(?:1|2|اثنان|اثنين) (?:{singular})", sentence)
    assert not re.search(rf"\b(?:ثلاثة|أربعة|ثلاث|أربع) (?:{singular})(?:اً|ان|ين)?\b", sentence)
    assert not re.search(rf"\b(?:11|12|13|14) (?:{singular})\b(?!اً)", sentence)
    assert not re.search(rf"\b(?:100|101|102) (?:{singular})(?:اً|ات|ان|ين)", sentence)
    assert_well_formed(sentence)


def assert_well_formed(sentence: str) -> None:
    assert sentence.endswith(".")
    assert "  " not in sentence
    assert "None" not in sentence
    assert "nan" not in sentence
    assert " ." not in sentence
    assert sentence.count("(") == sentence.count(")")
    assert sentence.count("\u2066") + sentence.count("\u2068") == sentence.count("\u2069")
    assert sentence[0] == sentence[0].upper()


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, "تصريح واحد يؤكده"),
        (1, "تصريح واحد يخالفه وتصريح واحد يشكك فيه وتصريح واحد يؤكده"),
        (2, "تصريحان يخالفانه وتصريحان يشككان فيه وتصريحان يؤكدانه"),
        (3, "ثلاثة تصريحات تخالفه وثلاثة تصريحات تشكك فيه وثلاثة تصريحات تؤكده"),
        (11, "11 تصريحاً يخالفه و11 تصريحاً يشكك فيه و11 تصريحاً يؤكده"),
        (100, "100 تصريح يخالفه و100 تصريح يشكك فيه و100 تصريح يؤكده"),
    ],
)
def test_the_arabic_verb_agrees_with_what_is_counted(n: int, expected: str) -> None:
    sentence = arabic.say_milestone(values_with(n)["milestone"], naming("ar"))
    told = re.sub(r" \([^()]*(?:مقال|مقالان|مقالات|مقالاً)[^()]*\)", "", sentence)
    assert told.startswith(f"في شأن الموعد المتفق عليه «اكتمال الانسحاب» (سبتمبر 2026): {expected}.")


def side(n: int, *, actors: int = 1, articles: int = 1) -> dict[str, int]:
    return {"statements": n, "actors": actors, "articles": articles}


def test_a_milestone_s_sides_are_told_with_their_actors_and_articles() -> None:
    values = {
        "milestone_id": "exit",
        "contradicts": side(3, actors=2),
        "doubts": side(0),
        "confirms": side(1),
        "other": side(0),
        "mentions": side(0),
        "called": side(0),
    }
    assert english.say_milestone(values, naming("en")) == (
        "Of four statements that speak of the agreed milestone “completion of the exit” (September 2026), three speak "
        "against it (two actors, one article) and one confirms it (one actor, one article)."
    )
    assert arabic.say_milestone(values, naming("ar")).endswith(
        "ثلاثة تصريحات تخالفه (طرفان، مقال واحد) وتصريح واحد يؤكده (طرف واحد، مقال واحد)."
    )


def test_statements_of_another_subject_or_date_are_told_as_what_the_articles_take_a_milestone_to_be() -> None:
    none = {kind: side(0) for kind in ("contradicts", "doubts", "confirms", "mentions", "called")}
    values = {"milestone_id": "exit", **none, "other": side(3, actors=2), "about": ()}
    told = english.say_milestone(values, naming("en"))
    assert told == (
        "The three statements that name a date around September 2026 (two actors, one article) are not about what was "
        "agreed for it, “completion of the exit”, but about another subject or a later date."
    )
    told = arabic.say_milestone(values, naming("ar"))
    assert told == (
        "ما يذكر تاريخاً قريباً من سبتمبر 2026، وهو ثلاثة تصريحات (طرفان، مقال واحد)، لا يتناول ما اتُّفق عليه لذلك "
        "التاريخ، أي «اكتمال الانسحاب»، بل موضوعاً آخر أو تاريخاً بعده."
    )
    named = {**values, "about": ({"ar": "تسليم القاعدة", "en": "handover", "is_known": True},)}
    assert english.say_milestone(named, naming("en")).endswith(", but about “handover”.")
    assert arabic.say_milestone(named, naming("ar")).endswith("، بل «تسليم القاعدة».")
    assert english.say_milestone({**values, "mentions": side(1)}, naming("en")).endswith(
        " One more mentions the milestone without confirming or disputing it."
    )
    assert arabic.say_milestone({**values, "mentions": side(2)}, naming("ar")).endswith(
        ". ويُضاف إلى ذلك تصريحان يذكران الموعد نفسه ولا يؤكدانه ولا يخالفانه."
    )
    called = {
        **named,
        "mentions": side(2),
        "called": side(1),
        "calls": ({"ar": "رحيل", "en": "leave", "is_known": True},),
    }
    assert english.say_milestone(called, naming("en")) == (
        "Four statements name a date around September 2026; none is about what was agreed for it, “completion of the "
        "exit”. Three (two actors, one article) are about “handover”; one uses the milestone's name for “leave”. One "
        "more mentions the milestone without confirming or disputing it."
    )
    assert arabic.say_milestone({**called, "mentions": side(1)}, naming("ar")) == (
        "أربعة تصريحات تذكر تاريخاً قريباً من سبتمبر 2026، وليس منها ما يتناول ما اتُّفق عليه لذلك التاريخ، أي «اكتمال "
        "الانسحاب»: ثلاثة (طرفان، مقال واحد) تتناول «تسليم القاعدة»، وواحد يطلق اسم هذا الموعد على «رحيل»."
    )
    beside = {**values, "confirms": side(1), "other": side(1)}
    assert english.say_milestone(beside, naming("en")).endswith(
        "One more names a date around it, but is about another subject or a later date."
    )


def test_one_kind_of_relation_is_told_of_all_statements() -> None:
    none = {kind: side(0) for kind in ("contradicts", "doubts", "other", "mentions", "called")}
    values = {"milestone_id": "exit", **none, "confirms": side(2)}
    when = "“completion of the exit” (September 2026)"
    assert english.say_milestone(values, naming("en")) == (
        f"Both statements that speak of the agreed milestone {when} confirm it (one actor, one article)."
    )
    three = english.say_milestone({**values, "confirms": side(0), "doubts": side(3, actors=3)}, naming("en"))
    assert three == (
        f"All three statements that speak of the agreed milestone {when} doubt it (three actors, one article)."
    )


def test_positions_that_all_rest_on_one_article_each_are_told_as_such() -> None:
    values = {"actors": 3, "unnamed": 0, "one_article": 3, "fragile": 0}
    told = english.say_fragility(values, naming("en"))
    assert told == "Each of three positions rests on a single article."
    assert arabic.say_fragility(values, naming("ar")) == "يقوم كل موقف من ثلاثة مواقف على مقال واحد."


def test_positions_with_more_than_one_article_are_named_where_they_are_few() -> None:
    values = {
        "actors": 22, "unnamed": 2, "one_article": 20, "fragile": 1, "moved": ("deputy",), "shared": ("bloc", "deputy"),
        "largest": 0.5,
    }  # fmt: skip
    assert english.say_fragility(values, naming("en")) == (
        "Of 22 positions, two of them of unnamed sources, 20 rest on a single article each; only those of the Wafa "
        "bloc and Mona Salim rest on more, and that of Mona Salim moves by up to half a step, depending on "
        "which article is left out."
    )
    assert arabic.say_fragility(values, naming("ar")) == (
        "من 22 موقفاً، منها موقفان منسوبان إلى مصادر لم تُسمَّ، يقوم 20 موقفاً على مقال واحد لكل منها، ولا يقوم على أكثر من "
        "مقال إلا موقف كتلة الوفاء وموقف منى سالم، ويتغير موقف منى سالم بما يصل إلى نصف درجة بحسب "
        "المقال المحذوف."
    )
    many = {"actors": 100, "unnamed": 0, "one_article": 11, "fragile": 0, "shared": ("bloc",) * 89}
    assert english.say_fragility(many, naming("en")).endswith(
        "11 rest on a single article each; the other 89 rest on more."
    )


@pytest.mark.parametrize(
    ("part", "whole", "en", "ar"),
    [
        (0, 11, "Of 11 positions, ten", "من 11 موقفاً تقوم"),
        (1, 11, "Of 11 positions, one of them of an unnamed source, ten", "، منها موقف واحد منسوب إلى مصادر لم تُسمَّ، "),
        (2, 2, "Of two positions, both of unnamed sources, one", "، كلاهما منسوبان إلى مصادر لم تُسمَّ، "),
        (3, 3, "Of three positions, all of unnamed sources, two", "لم تُسمَّ، يقوم موقفان على مقال واحد لكل منهما"),
        (11, 100, "Of 100 positions, 11 of them of unnamed sources, 99", "، منها 11 موقفاً منسوبة إلى مصادر لم تُسمَّ، "),
    ],
)  # fmt: skip
def test_positions_of_unnamed_sources_are_told_apart_from_those_of_identified_actors(
    part: int, whole: int, en: str, ar: str
) -> None:
    values = {"actors": whole, "unnamed": part, "one_article": whole - 1, "fragile": 0, "shared": ("bloc",)}
    assert english.say_fragility(values, naming("en")).startswith(en)
    assert ar in arabic.say_fragility(values, naming("ar"))


def test_nobody_is_said_to_have_moved_who_cannot_be_followed() -> None:
    values = {"actors": 20, "followed": ()}
    assert english.say_followed(values, naming("en")) == (
        "Whether anyone changed position cannot be told from these articles: none of 20 actors (unnamed sources aside) "
        "takes a position in articles of different dates."
    )
    two = {**values, "followed": ("bloc", "deputy")}
    assert "only the Wafa bloc and Mona Salim take a position in articles of different dates" in (
        english.say_followed(two, naming("en"))
    )
    assert "سوى موقف كتلة الوفاء وموقف منى سالم، وليس فيها فرق يبلغ درجة أو أكثر" in arabic.say_followed(
        two, naming("ar")
    )
    many = {**values, "followed": ("bloc",) * 11}
    assert "11 take a position" in english.say_followed(many, naming("en"))
    assert "لا يمكن تتبع سوى 11 طرفاً" in arabic.say_followed(many, naming("ar"))


def test_all_forecasts_that_lean_one_way_are_told_as_all() -> None:
    values = {"forecasts": 5, "forecasts_above": 0, "forecasts_below": 5, "forecasters": 3, "articles": 2}
    values |= {"whole": 5, "repeats": 0}
    assert english.say_forecasts(values, naming("en")).startswith(
        "All five forecasts, by three actors in two articles, lean towards “schedule”. "
    )
    assert arabic.say_forecasts(values, naming("ar")).startswith(
        "التوقعات كلها، وهي خمسة توقعات لثلاثة أطراف في مقالين، أقرب إلى «جدولة». "
    )


def test_the_only_actor_with_a_position_is_told_with_it() -> None:
    told = claims_of(statement(1, "bloc", 1), statement(2, "bloc", 2), statement(3, "deputy", None))
    values = told["only"].values
    assert english.say_only(values, naming("en")) == (
        "Only one actor takes a position: the Wafa bloc, at +1.5, between “continue” and “lasting presence” (two "
        "statements, both in one article, none of them quoted; August 2024)."
    )
    assert arabic.say_only(values, naming("ar")).startswith("لا موقف إلا لطرف واحد هو كتلة الوفاء (المتوسط")


def test_only_what_statements_on_the_issue_speak_of_is_still_to_come() -> None:
    rows = statements(statement(1, "bloc", 1), statement(2, "bloc", None, issue="other"))
    days = dates(
        dated("a", 110, "2026-01-01", "2026-12-31", "اكتمال الانسحاب"),
        dated("a", 210, "2026-01-01", "2026-12-31", "افتتاح الجسر"),
    )
    found = find_claims(rows, PAPERS, days, issue=ISSUE, vocabulary=VOCABULARY, events=make_timeline(days, rows))
    (ahead,) = (claim for claim in found if claim.kind == "ahead")
    (event,) = ahead.values["agreed"]["events"]
    assert (event.label_ar, event.first, event.last) == ("اكتمال الانسحاب", date(2026, 9, 1), date(2026, 9, 30))
    assert ahead.statement_ids == ("a-100-150",)


def test_what_is_still_to_come_is_told_as_reported_with_its_dates() -> None:
    event = Ahead("جلسة <b>", None, False, DAY, DAY, True, "planned", (("mentions", ("a-1-2",)),))
    known = Ahead("تسليم القاعدة", "handover", True, DAY, DAY, False, "agreed", (("confirms", ("a-1-2",)),))
    values = {
        "as_of": DAY, "whole": 5,
        "agreed": {"events": [known], "more": 0, "open": 0}, "planned": {"events": [event], "more": 1, "open": 2},
        "possible": 0, "unsaid": 0,
    }  # fmt: skip
    told = english.say_ahead(values, naming("en"))
    assert told.startswith(
        "Five agreed or planned events that statements on the issue speak of were still ahead when the newest article "
        "appeared (16 August 2024). Agreed: “handover” (16 August 2024). Planned: "
    )
    assert told.endswith(" (16 August 2024, by inference); one more with a date; two without a date.")
    assert "<b>" not in told
    told = arabic.say_ahead(values, naming("ar"))
    assert told.startswith(
        "خمسة أحداث متفق عليها أو مقررة تناولتها التصريحات المتعلقة بالقضية، ولم تكن قد وقعت عند نشر أحدث مقال (16 "
        "أغسطس 2024). المتفق عليه: "
        "«تسليم القاعدة» (16 أغسطس 2024). والمقرر: "
    )
    assert told.endswith(" (16 أغسطس 2024، والتاريخ مستنتج)، وحدث آخر بتاريخ محدد، وحدثان آخران بلا تاريخ.")
    one = {**values, "whole": 1, "planned": {"events": [], "more": 0, "open": 0}}
    assert english.say_ahead(one, naming("en")).startswith(
        "One agreed or planned event that statements on the issue speak of was "
    )
    assert "Planned" not in english.say_ahead(one, naming("en"))
    assert arabic.say_ahead(one, naming("ar")).startswith("حدث واحد متفق عليه أو مقرر تناولته التصريحات ")


@pytest.mark.parametrize(
    ("mean", "english_words", "arabic_words"),
    [
        (-2.0, "“exit now”", "أي «خروج الآن»"),
        (1.3, "nearest to “continue”", "وأقرب الدرجات إليه «استمرار»"),
        (-0.5, "between “schedule” and “procedural”", "أي بين «جدولة» و«إجرائي»"),
        (1.5, "between “continue” and “lasting presence”", "أي بين «استمرار» و«بقاء دائم»"),
    ],
)
def test_a_mean_is_placed_on_the_scale_in_words(mean: float, english_words: str, arabic_words: str) -> None:
    assert english.say_place(mean, naming("en")) == english_words
    assert arabic.say_place(mean, naming("ar")) == arabic_words


def test_forecasts_are_told_apart_from_wishes() -> None:
    values = {"forecasts": 3, "forecasts_above": 2, "forecasts_below": 0, "forecasters": 2, "articles": 1}
    values |= {"whole": 3, "repeats": 0}
    assert english.say_forecasts(values, naming("en")) == (
        "Of three forecasts by two actors in one article, two lean towards “continue”, none towards “schedule” and one "
        "stands in the middle. A forecast has its place by what the speaker expects, not by what the speaker wants."
    )
    assert arabic.say_forecasts(values, naming("ar")) == (
        "من بين ثلاثة توقعات، صدرت عن طرفين في مقال واحد، اثنان أقرب إلى «استمرار»، وواحد في الوسط، وليس بينها ما هو "
        "أقرب إلى «جدولة». ودرجة التوقع بحسب ما ينتظره صاحبه، لا بحسب ما يريده."
    )
    more = {**values, "whole": 13, "repeats": 1}
    assert english.say_forecasts(more, naming("en")).startswith(
        "Of 13 forecasts the scale can place three, by two actors in one article: two lean towards “continue”, none "
        "towards “schedule” and one stands in the middle. One repeats another. A "
    )
    assert arabic.say_forecasts(more, naming("ar")).startswith(
        "من بين ثلاثة توقعات لها درجة على المقياس (من أصل 13)، صدرت عن طرفين في مقال واحد، اثنان أقرب إلى "
    )
    every = {**more, "forecasts_above": 3}
    assert "by two actors in one article: all lean towards “continue”." in english.say_forecasts(every, naming("en"))


def test_the_preposition_joins_articles_and_stands_off_digits() -> None:
    phrases = ["الحكومة", "طرفين", "11 طرفاً"]
    assert [arabic.add_li(p) for p in phrases] == ["للحكومة", "لطرفين", "لـ11 طرفاً"]


def test_shares_of_few_cases_are_given_in_counts_alone() -> None:
    assert english.say_dominant_article({"part": 2, "whole": 3}, naming("en")).startswith("Two of three statements on")
    assert "(67%)" in english.say_dominant_article({"part": 8, "whole": 12}, naming("en"))
    assert "(67 في المئة)" in arabic.say_dominant_article({"part": 8, "whole": 12}, naming("ar"))


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor_id", "expected"),
    [
        ("government", "the Government of Iraq"),
        ("minister", "Saad Karim"),
        ("bloc", "the Wafa bloc"),
        ("factions", "the Armed factions"),
        ("researchers", "researchers at the Peace Institute"),
    ],
)
def test_english_names_take_the_article_that_a_sentence_wants(actor_id: str, expected: str) -> None:
    actor = VOCABULARY.actor(actor_id)
    assert actor is not None
    assert add_article(actor) == expected


def test_arabic_plurals_of_persons_are_declined_after_a_preposition() -> None:
    assert naming("ar").actor("researchers") == "باحثين في معهد السلام"
    assert decline_name("مستشارو التحالف") == "مستشاري التحالف"
    assert decline_name("قانون الأحزاب") == "قانون الأحزاب"


def test_names_from_articles_are_encoded_and_isolated() -> None:
    assert naming("en").actor("زيد") == "\u2068زيد&#42;\u2069"
    text = to_markdown(findings(minimum_statements=1, most=20))
    assert "<b>" not in text


def test_outlets_are_named_in_the_language_and_unknown_ones_encoded() -> None:
    assert naming("ar").outlet("daily") == "صحيفة اليوم"
    assert naming("en").outlet("[x](y)") == "\u2068&#91;x&#93;&#40;y&#41;\u2069"


# --- findings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_links_to_statements_that_exist(language: str) -> None:
    found = findings(language)
    assert 5 <= len(found) <= 8
    known = set(CORPUS["statement_id"])
    for finding in found:
        linked = re.findall(r"\(#s-([^)]+)\)", finding.text)
        assert linked
        assert set(linked) <= set(finding.statement_ids) <= known


def test_both_languages_tell_the_same_findings_in_the_same_order() -> None:
    english_ids, arabic_ids = ([(f.id, f.statement_ids) for f in findings(language)] for language in LANGUAGES)
    assert english_ids == arabic_ids


def test_findings_are_ranked_and_the_caveat_is_always_told() -> None:
    weights = [f.weight for f in findings()]
    assert weights == sorted(weights, reverse=True)
    assert "coverage" in [f.id for f in findings(most=3)]


def test_findings_do_not_depend_on_the_order_of_rows() -> None:
    assert findings(table=CORPUS.sample(frac=1, random_state=4).reset_index(drop=True)) == findings()


def test_a_statement_has_one_number_throughout() -> None:
    numbers: dict[str, str] = {}
    for finding in findings():
        for number, statement_id in re.findall(r"\[(\d+)\]\(#s-([^)]+)\)", finding.text):
            assert numbers.setdefault(statement_id, number) == number
    in_evidence = number_statements(CORPUS, PAPERS)
    assert numbers
    assert {i: int(number) for i, number in numbers.items()} == {i: in_evidence[i] for i in numbers}
    assert (in_evidence["b-200-250"], in_evidence["a-100-150"]) == (1, 4)  # the older article first


def test_the_caveat_says_how_many_statements_are_quoted() -> None:
    rows = [statement(1, "bloc", 1, kind="mixed"), statement(2, "bloc", 1), statement(3, "deputy", -1)]
    twice = statement(4, "minister", 1, start=300, end=350, statement_id="a-300-350.2")
    values = claims_of(*rows, twice)["coverage"].values
    assert (values["statements"], values["repeats"], values["verbatim"]) == (4, 0, 1)
    told = english.say_coverage(values, naming("en"))
    assert "four statements in one article" in told
    assert "Only one of the four is quoted in whole or part; the rest are in the articles' words." in told
    assert "سوى تصريح واحد" in arabic.say_coverage(values, naming("ar"))


def test_the_caveat_says_of_how_many_articles_the_outlet_is_unknown() -> None:
    papers = documents(document("a"), document("b", published="2021-03-23", outlet_id=None))
    rows = [statement(1, "bloc", 1), statement(2, "deputy", -1, doc_id="b")]
    values = claims_of(*rows, papers=papers)["coverage"].values
    assert values["unknown_outlet"] == 1
    assert "; the outlet of one of them is unknown." in english.say_coverage(values, naming("en"))
    assert "ووسيلة النشر مجهولة في مقال واحد منها" in arabic.say_coverage(values, naming("ar"))
    assert "unknown_outlets" not in [f.id for f in findings(table=statements(*rows))]


def test_many_statements_are_sampled_and_the_rest_counted() -> None:
    ids = tuple(f"{n:08x}-1-2" for n in range(20))
    claim = Claim("one_article", ids, 1.0, {"whole": 20})
    numbers = {statement_id: n for n, statement_id in enumerate(ids, start=31)}
    (finding,) = write_findings([claim], naming("en"), numbers=numbers)
    assert finding.text.count("(#s-") == MOST_LINKS
    everything = ",".join(str(n) for n in range(31, 51))
    assert f"[and 14 more in the evidence](#evidence?n={everything})" in finding.text
    assert f"[31](#s-{ids[0]})" in finding.text
    assert f"[50](#s-{ids[-1]})" in finding.text
    (finding,) = write_findings([claim], naming("ar"), numbers=numbers)
    assert f"[و14 موضعاً آخر في قائمة الأدلة](#evidence?n={everything})" in finding.text


def test_nobody_with_a_position_means_no_finding_but_a_sentence_that_says_so() -> None:
    assert findings(table=statements(statement(1, "bloc", None))) == []
    assert findings(table=statements()) == []
    assert "Military presence" in nothing_found(ISSUE, language="en")
    assert "الوجود العسكري" in nothing_found(ISSUE, language="ar")


def test_a_sentence_without_evidence_stops_the_build() -> None:
    with pytest.raises(EvidenceError, match="no statement behind it"):
        write_findings([Claim("one_article", (), 1.0, {"whole": 2})], naming("en"), numbers={})
    with pytest.raises(EvidenceError, match="a-1-2 does not exist"):
        write_findings([Claim("one_article", ("a-1-2",), 1.0, {"whole": 1})], naming("en"), numbers={})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"statement_ids": ()}, "no statement behind it"),
        ({"text": "All is well."}, "no statement behind it"),
        ({"statement_ids": ("a-100-150", "z-1-2")}, "z-1-2 does not exist"),
        ({"text": "All is well ([1](#s-b-200-250))."}, "b-200-250 is not its evidence"),
    ],
)
def test_evidence_that_is_missing_unknown_or_foreign_is_an_error(change: dict[str, Any], message: str) -> None:
    sound = Finding("x", "All is well ([1](#s-a-100-150)).", ("a-100-150",), 1.0)
    check_evidence([sound], CORPUS)
    with pytest.raises(EvidenceError, match=re.escape(message)):
        check_evidence([replace(sound, **change)], CORPUS)


def test_only_the_gravest_warning_is_a_finding() -> None:
    claims = [Claim(kind, ("a-1-2",), 0.9, {}) for kind in ("dominant_article", "anonymous_sources", "no_speaker")]
    assert [c.kind for c in choose_claims(claims)] == ["dominant_article"]


# --- claims ----------------------------------------------------------------------------------------------------------


def claims_of(*rows: dict[str, Any], papers: pd.DataFrame = PAPERS, minimum: int = 1) -> dict[str, Claim]:
    found = find_claims(
        statements(*rows), papers, DATES, issue=ISSUE, vocabulary=VOCABULARY, minimum_statements=minimum
    )
    return {claim.kind: claim for claim in found}


def test_one_speaker_is_not_a_camp() -> None:
    alone = [statement(1, "factions", -2), statement(2, "factions", -2), statement(3, "bloc", 1)]
    assert "camps" not in claims_of(*alone, statement(4, "deputy", 1))
    two = [statement(4, "deputy", 0), statement(5, "minister", 1), statement(6, "government", 2)]
    assert "camps" not in claims_of(*alone, *two)
    third = [statement(7, "متحدث", 0, camp="parliament_blocs"), statement(8, "ناطق", 2, camp="iraqi_government")]
    found = claims_of(*alone, *two, *third)["camps"].values["camps"]
    assert [c["camp"] for c in found] == ["parliament_blocs", "iraqi_government"]


def test_positions_of_several_years_are_not_averaged_in_a_finding() -> None:
    who = [("bloc", "parliament_blocs"), ("deputy", "parliament_blocs"), ("متحدث", "parliament_blocs")]
    who += [("minister", "iraqi_government"), ("government", "iraqi_government"), ("ناطق", "iraqi_government")]
    rows = [statement(n, actor, n % 2, camp=camp) for n, (actor, camp) in enumerate(who)]
    assert "camps" in claims_of(*rows)
    assert "camps" not in claims_of(*rows, statement(20, "bloc", 1, doc_id="b"))


def test_a_camp_s_mean_counts_each_actor_once() -> None:
    rows = [statement(n, "bloc", 2) for n in range(5)] + [statement(9, "deputy", 0)]
    rows += [statement(10, "متحدث", 1, camp="parliament_blocs")]
    others = [statement(20, "minister", 2), statement(21, "government", 2)]
    third = statement(22, "ناطق", 2, camp="iraqi_government")
    camps = claims_of(*rows, *others, third)["camps"].values["camps"]
    assert (camps[0]["camp"], camps[0]["mean"]) == ("parliament_blocs", 1.0)


def test_unnamed_sources_are_never_an_extreme() -> None:
    rows = [statement(1, "bloc", -1), statement(2, "deputy", 1), statement(3, "source", 2)]
    assert claims_of(*rows)["extremes"].values["high"]["actor_id"] == "deputy"


def test_who_is_quoted_twice_goes_before_who_is_quoted_once() -> None:
    rows = [statement(n, "bloc", -1) for n in (1, 2)] + [statement(n, "deputy", 1) for n in (3, 4)]
    extremes = claims_of(*rows, statement(5, "factions", -2))["extremes"].values
    assert (extremes["low"]["actor_id"], extremes["minimum"]) == ("bloc", 2)


def test_actors_below_the_minimum_are_not_named() -> None:
    rows = [statement(1, "factions", -2), statement(2, "bloc", 1), statement(3, "bloc", 1)]
    assert "extremes" in claims_of(*rows)
    assert "extremes" not in claims_of(*rows, minimum=2)


def test_movement_needs_articles_that_surely_follow_each_other() -> None:
    rows = [statement(n, "bloc", stance, doc_id=doc) for n in (1, 2) for stance, doc in ((-1, "a"), (1, "b"))]
    moved = claims_of(*rows)["movement"].values
    assert (moved["earlier"]["mean"], moved["later"]["mean"]) == (1.0, -1.0)
    unsure = documents(
        document("a", published="2024-08-16"),
        document("b", published=None, published_earliest="2024-08-01", published_latest="2024-08-20"),
    )
    assert "movement" not in claims_of(*rows, papers=unsure)


def test_one_statement_at_an_end_is_no_movement() -> None:
    rows = [statement(1, "bloc", -2), *(statement(n, "bloc", 2, doc_id="b") for n in (1, 2, 3))]
    assert "movement" not in claims_of(*rows)
    assert "movement" in claims_of(*rows, statement(2, "bloc", -2))


def test_a_milestone_of_which_one_statement_speaks_is_no_finding() -> None:
    papers = documents(*(document(doc, published="2024-08-16") for doc in "abc"))
    days = dates(*(dated(doc, 110, "2026-09-01", "2026-09-30", "اكتمال الانسحاب") for doc in "abc"))

    def told(*sides: tuple[str, int]) -> list[dict[str, Any]]:
        table = statements(*(statement(1, "bloc", stance, doc_id=doc) for doc, stance in sides))
        found = find_claims(table, papers, days, issue=ISSUE, vocabulary=VOCABULARY)
        return [claim.values for claim in found if claim.kind == "milestone"]

    assert told(("a", -1)) == []
    both = told(("a", 1), ("b", 1), ("c", -1))[0]
    assert (both["contradicts"], both["confirms"]) == (side(2, articles=2), side(1))


def camp_at(doc_id: str, *stances: int) -> list[dict[str, Any]]:
    who = ("bloc", "deputy", "متحدث")
    return [statement(n, who[n], stance, doc_id=doc_id, camp="parliament_blocs") for n, stance in enumerate(stances)]


def test_a_camp_s_movement_is_a_finding_only_with_three_of_its_actors_at_either_end() -> None:
    assert "camp_movement" not in claims_of(*camp_at("a", 2, 2, 2), *camp_at("b", -2, -1))
    moved = claims_of(*camp_at("a", 2, 2, 2), *camp_at("b", -2, -2, -2))["camp_movement"].values
    assert (moved["earlier"]["mean"], moved["later"]["mean"], moved["shared"]) == (-2.0, 2.0, 3)


def test_a_camp_has_no_direction_where_an_article_in_between_is_contrary_to_it() -> None:
    papers = documents(
        document("b", published="2021-03-23"),
        document("c", published=None, published_earliest="2022-01-01", published_latest="2024-12-31"),
        document("a", published="2024-08-16"),
    )
    ends = [*camp_at("b", -1, -1, -1), *camp_at("a", 1, 1, 1)]
    assert "camp_movement" in claims_of(*ends, *camp_at("c", 1), papers=papers)
    assert "camp_movement" not in claims_of(*ends, *camp_at("c", -1), papers=papers)
    assert "camp_movement" not in claims_of(*ends, *camp_at("c", 2), papers=papers)


def test_other_people_of_a_camp_have_not_changed_their_mind() -> None:
    end = {"mean": 1.0, "statements": 2, "actors": 2, "first": DAY, "last": DAY}
    values = {"camp": "experts", "shared": 0, "earlier": end, "later": {**end, "mean": -1.0}}
    assert "nobody is shown to have changed their mind" in english.say_camp_movement(values, naming("en"))
    assert "ولا دليل على أن أحداً غيّر رأيه" in arabic.say_camp_movement(values, naming("ar"))


def test_forecasts_rest_on_themselves_and_are_not_set_against_positions() -> None:
    foretold = [statement(n, "bloc", 1, modality="forecast") for n in range(1, 4)]
    claim = claims_of(*foretold, statement(10, "deputy", -1))["forecasts"]
    assert claim.statement_ids == ("a-100-150", "a-200-250", "a-300-350")
    assert claim.values == {
        "forecasts": 3, "whole": 3, "repeats": 0, "forecasts_above": 3, "forecasts_below": 0, "forecasters": 1,
        "articles": 1,
    }  # fmt: skip


def test_one_article_in_all_is_said_once() -> None:
    found = claims_of(statement(1, "bloc", 0), statement(2, "deputy", 1))
    assert "one_article" in found
    assert "fragility" not in found


def test_a_forecast_moves_no_extreme() -> None:
    rows = [statement(1, "bloc", 0), statement(2, "deputy", 0), statement(3, "deputy", 2, modality="forecast")]
    assert "extremes" not in claims_of(*rows)


def test_the_longest_gap_runs_from_the_last_article_seen() -> None:
    days = [
        (date(2020, 1, 1), date(2022, 1, 1)),
        (date(2020, 2, 1), date(2020, 2, 1)),
        (date(2023, 1, 1), date(2023, 1, 1)),
    ]
    assert find_longest_gap(days) == (date(2022, 1, 1), date(2023, 1, 1))
    assert find_longest_gap(days[:2]) is None


# --- words around charts ---------------------------------------------------------------------------------------------


def chart_words(language: str, table: pd.DataFrame = CORPUS, found: pd.DataFrame = DATES) -> dict[str, Any]:
    around = {
        "naming": make_naming(table, issue=ISSUE, vocabulary=VOCABULARY, language=language),
        "statements": table,
        "documents": PAPERS,
    }
    positions = make_positions(table, PAPERS, issue_id="presence", vocabulary=VOCABULARY)
    points = positions_over_time(table, PAPERS, issue_id="presence", vocabulary=VOCABULARY)
    return {
        "positions": describe_positions(positions, **around),
        "over_time": describe_over_time(points, **around),
        "timeline": describe_timeline(make_timeline(found, table), **around),
        "voices": describe_voices(make_sources(table, PAPERS), **around),
        "network": describe_network(make_network(table, PAPERS, issue_id="presence"), positions, **around),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", [CORPUS, statements()], ids=["corpus", "empty"])
def test_words_around_charts_name_no_unregistered_speaker_and_are_never_empty(
    language: str, table: pd.DataFrame
) -> None:
    for words in chart_words(language, table, DATES if len(table) else dates()).values():
        for text in (words.caption, words.subtitle, words.source, words.alt):
            assert text
            assert "العمري" not in text
            assert "None" not in text
        assert not words.caption.endswith(".")
        assert words.alt.endswith(".")


def test_a_title_states_the_finding_and_a_subtitle_what_is_measured() -> None:
    words = chart_words("en")["positions"]
    assert words.caption == ("Furthest apart: Armed factions (−2.0) and Wafa bloc (+1.0)")
    assert words.subtitle.startswith("Each dot is a statement; the upright mark is the actor’s position")
    assert words.subtitle.endswith("The title considers only actors with more than one statement on the scale.")
    assert words.source == "Source: 11 statements on the scale in two articles (2021–2024); reference coding."


def test_arabic_titles_state_the_same() -> None:
    words = chart_words("ar")
    assert words["positions"].caption == (
        "أبعد موقفين أحدهما عن الآخر: الفصائل المسلحة (\u2066−2.0\u2069) وكتلة الوفاء (\u2066+1.0\u2069)"
    )
    assert words["positions"].source == "المصدر: 11 تصريحاً على المقياس من مقالين (2021–2024)؛ ترميز مرجعي."
    assert words["timeline"].caption == "موعد واحد متفق عليه لم يحلّ عند نشر أحدث مقال: سبتمبر 2026"
    assert words["timeline"].subtitle.startswith("حدث مؤرخ واحد: ما كان مقرراً حدث واحد (حتى عام 2026). ")


def test_period_and_gap_are_told_under_the_title_of_the_chart_over_time() -> None:
    assert chart_words("en")["over_time"].subtitle.endswith(
        "The statements were printed between 23 March 2021 and 16 August 2024."
    )


@pytest.mark.parametrize(
    ("followed", "english_title", "arabic_title"),
    [
        (0, "No actor takes a position in articles of different dates", "لا موقف لأي طرف في مقالات مختلفة التواريخ"),
        (
            1,
            "Only one of three actors (unnamed sources aside) takes",
            "من ثلاثة أطراف (عدا المصادر التي لم تُسمَّ) لا يمكن تتبع سوى موقف طرف واحد في",
        ),
        (
            2,
            "Two of three actors (unnamed sources aside) take",
            "من ثلاثة أطراف (عدا المصادر التي لم تُسمَّ) لا يمكن تتبع سوى موقف طرفين في",
        ),
        (
            3,
            "Three of three actors (unnamed sources aside) take",
            "يمكن تتبع موقف ثلاثة أطراف في مقالات مختلفة التواريخ",
        ),
    ],
)
def test_the_title_over_time_says_how_many_can_be_followed(
    followed: int, english_title: str, arabic_title: str
) -> None:
    facts = {"first": DAY, "last": DAY, "gaps": [], "followed": followed, "actors": 3, "dated": 4, "undated": 0}
    assert english_charts.describe_over_time(facts, naming("en"))[0].startswith(english_title)
    assert arabic_charts.describe_over_time(facts, naming("ar"))[0].startswith(arabic_title)


def test_the_title_over_time_names_the_times_without_an_article() -> None:
    assert chart_words("en")["over_time"].caption == "No article between March 2021 and August 2024"
    assert chart_words("ar")["over_time"].caption == "لا مقال بين مارس 2021 وأغسطس 2024"


EXIT, STAY = "الأقرب إلى «جدولة»: ", "الأقرب إلى «استمرار»: "


@pytest.mark.parametrize(
    ("lower", "higher", "english_title", "arabic_title"),
    [
        (0, 0, "Nobody takes a side on the issue", "لا أحد يأخذ جانباً في القضية"),
        (1, 0, "One actor stands towards “schedule”, nobody towards “continue", f"{EXIT}طرف واحد؛ ولا أحد أقرب"),
        (0, 2, "Two actors stand towards “continue”, nobody", f"{STAY}طرفان؛ ولا أحد"),
        (1, 1, "One actor stands towards “schedule”, one towards “continue”, in articles of 2024",
         f"{EXIT}طرف واحد؛ و{STAY}طرف واحد، في مقالات عام 2024"),
        (11, 3, "11 actors stand towards “schedule”, three towards “continue”, in articles of 2024",
         f"{EXIT}11 طرفاً؛ و{STAY}ثلاثة أطراف، في مقالات عام 2024"),
        (100, 2, "100 actors stand towards “schedule”, two", f"{EXIT}100 طرف؛ و{STAY}طرفان"),
    ],
)  # fmt: skip
def test_the_title_of_the_network_counts_the_sides_and_says_when(
    lower: int, higher: int, english_title: str, arabic_title: str
) -> None:
    table = statements(
        *(statement(n, f"متحدث {n}", -2) for n in range(1, lower + 1)),
        *(statement(n, f"متحدث {n}", 2) for n in range(200, 200 + higher)),
        statement(900, "bloc", 0),
    )

    assert chart_words("en", table)["network"].caption.startswith(english_title)
    assert chart_words("ar", table)["network"].caption.startswith(arabic_title)


def test_pairs_in_one_article_are_told_under_the_title_and_thickness_only_where_it_differs() -> None:
    table = statements(statement(1, "bloc", -2), statement(2, "deputy", 2), statement(3, "factions", 2))
    english_words, arabic_words = (chart_words(language, table)["network"].subtitle for language in LANGUAGES)

    assert english_words.endswith(" Two pairs from opposite sides are each reported together in an article.")
    assert arabic_words.endswith(" وزوجان من الجانبين نُقل كلام كل زوج منها في مقال واحد على الأقل.")
    assert "thicker" not in english_words
    assert "سُمكهما" not in arabic_words
    twice = [{**row, "doc_id": "b"} for row in (statement(4, "bloc", -2), statement(5, "deputy", 2))]
    assert (
        "the thicker, the more articles"
        in chart_words("en", pd.concat([table, statements(*twice)]))["network"].subtitle
    )


def test_what_is_long_past_is_background_under_the_title_of_the_timeline() -> None:
    found = dates(
        dated("a", 1, "2005-01-01", "2005-12-31", "افتتاح الجسر القديم", status="past"),
        dated("a", 50, "2020-01-01", "2020-12-31", "زيارة الوفد", status="past"),
    )
    words = chart_words("en", found=found)["timeline"]

    assert words.subtitle.startswith(
        "One dated event: when written, one had happened. One more is background: it ended more than ten years before "
        "the oldest article. "
    )
    twice = dates(
        *(dated("a", n, f"200{n}-01-01", f"200{n}-12-31", w, status="past") for n, w in ((1, "جسر"), (5, "قناة"))),
        dated("a", 50, "2020-01-01", "2020-12-31", "زيارة الوفد", status="past"),
    )
    assert "Two more are background: they ended more than" in chart_words("en", found=twice)["timeline"].subtitle
    assert "وهو خلفية: حدث واحد. " in chart_words("ar", found=found)["timeline"].subtitle


def test_sides_that_no_article_brings_together_are_said_to_be_apart() -> None:
    table = statements(statement(1, "bloc", -2), statement(2, "deputy", 2, doc_id="b"))

    assert chart_words("en", table)["network"].caption.endswith("; no article reports both sides")


def test_the_arabic_length_of_a_gap_agrees() -> None:
    starts = [date(2024, 5, 16), date(2024, 6, 16), date(2023, 8, 17)]
    gaps = [arabic.say_gap(start, DAY) for start in starts]
    assert gaps == [
        "وأطول انقطاع بينها ثلاثة أشهر، من مايو 2024 إلى أغسطس 2024",
        "وأطول انقطاع بينها شهران، من يونيو 2024 إلى أغسطس 2024",
        "وأطول انقطاع بينها 11 شهراً، من أغسطس 2023 إلى أغسطس 2024",
    ]


@pytest.mark.parametrize(
    ("coders", "english_words", "arabic_words"),
    [
        ((), "", ""),
        (
            ("reference",) * 3,
            "All three statements of this report come from the reference coding",
            "جميع تصريحات هذا التقرير، وعددها 3، من الترميز المرجعي",
        ),
        (
            ("reference", "rules", "rules", "analyst"),
            "Of the four statements of this report, one comes from the reference coding, two come from the rules and "
            "one comes from analysts",
            "تصريحات هذا التقرير، وعددها 4: 1 من الترميز المرجعي و2 من القواعد و1 من المحللين",
        ),
        (
            ("reference", "model", "model"),
            "Of the three statements of this report, one comes from the reference coding and two come from the model",
            "تصريحات هذا التقرير، وعددها 3: 1 من الترميز المرجعي و2 من النموذج",
        ),
    ],
)
def test_how_many_statements_come_from_each_coder_is_said(
    coders: tuple[str, ...], english_words: str, arabic_words: str
) -> None:
    table = statements(*(statement(n, "bloc", 1, coder=coder) for n, coder in enumerate(coders)))
    assert describe_coders(table, language="en") == english_words
    assert describe_coders(table, language="ar") == arabic_words


def test_an_end_that_rests_on_one_article_says_so() -> None:
    rows = [statement(n, "bloc", -1) for n in (1, 2, 3)] + [statement(n, "deputy", 1) for n in (4, 5)]
    values = claims_of(*rows)["extremes"].values
    told = english.say_extremes(values, naming("en"))
    assert "(three statements, all in one article, none of them quoted; August 2024)" in told
    assert "(two statements, both in one article, none of them quoted; August 2024)" in told
    told = arabic.say_extremes(values, naming("ar"))
    assert "ثلاثة تصريحات، كلها في مقال واحد" in told
    assert "تصريحان، كلاهما في مقال واحد" in told


def test_the_source_line_says_who_coded() -> None:
    table = statements(statement(1, "bloc", 1, coder="rules"), statement(2, "bloc", 1))
    line = describe_source(table, PAPERS, language="en")
    assert line.endswith("reference coding and coding by rules.")


@pytest.mark.parametrize("n", NUMBERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_chart_words_hold_over_all_numbers(language: str, n: int) -> None:
    ends = [{"name": f"X{i}", "mean": float(i), "statements": 2, "id": str(i)} for i in range(min(n, 2))]
    facts = {
        "ends": ends, "minimum": 1, "listed": ends * max(n, 1), "taken": n, "forecast_only": n, "silent": n,
        "followed": n // 2, "actors": n, "low": n, "high": n // 2, "low_names": ["X"] * n, "high_names": [], "same": n,
        "opposite": n, "is_crowded": n > 10,
        "first": DAY if n else None, "last": DAY, "gaps": [(DAY, date(2025, 8, 1))] * (n % 3), "dated": n, "undated": n,
        "past": n, "planned": n, "hypothetical": n, "did_not_happen": n // 2, "events": 3 * n, "mentions": 4 * n,
        "reach": "2026" if n else "", "start": "", "years": (2021, 2021 + n) if n else None, "is_weighted": n > 1,
        "agreed": [(DAY, DAY)] * (n // 2), "background": n, "background_years": 10,
        "camps": [("X", n)] if n else [], "whole": n, "unnamed": n,
    }  # fmt: skip
    descriptions = {"en": english_charts, "ar": arabic_charts}[language].DESCRIPTIONS
    for describe in descriptions.values():
        for text in describe(facts, naming(language)):
            assert "  " not in text
            assert not re.search(r"\b(1 statements|one statements|one actors|one dated events)\b", text)
            assert not re.search(r"\bone (?:make|take|are|have)\b", text)


def test_the_latest_word_of_a_camp_says_on_which_side_most_of_it_lies() -> None:
    camp = {"camp": "experts", "first": DAY, "last": DAY, "is_old": False, "most_in_one": None, "said": None}
    for steps, en, ar in (
        ({-1: 4, 1: 1}, "four of five statements at “schedule”, one at “continue”", "من خمسة عند «جدولة»، وواحد عند"),
        ({1: 3, 2: 1, 0: 1}, "four of five statements towards “continue”", "من خمسة أقرب إلى «استمرار»"),
        ({-2: 1}, "one statement at “exit now”", "تصريح واحد عند «خروج الآن»"),
        ({0: 2}, "both statements at “procedural”", "تصريحان كلاهما عند «إجرائي»"),
        ({-1: 1, 0: 1, 1: 1}, "of three statements one towards “schedule” and one towards “continue”", "من ثلاثة"),
    ):
        values = {"camps": [{**camp, "steps": steps}, {**camp, "steps": steps, "is_old": True}], "left_out": ()}
        assert f"Experts (August 2024), {en};" in english.say_latest(values, naming("en"))
        assert english.say_latest(values, naming("en")).endswith(", and nothing since then that the scale can place.")
        assert ar in arabic.say_latest(values, naming("ar"))


def test_the_latest_word_of_a_camp_tells_who_is_left_out_when_it_was_said_and_how_much_is_of_one_article() -> None:
    camp = {"camp": "experts", "first": DAY, "last": DAY, "is_old": False, "steps": {1: 6, -2: 1, 0: 3}}
    camp |= {"most_in_one": 9, "said": (date(2024, 7, 2), date(2024, 7, 9))}
    values = {"camps": [camp], "left_out": ["media", "anonymous"]}
    assert english.say_latest(values, naming("en")) == (
        "What was last printed of each camp, forecasts, media and unnamed sources aside: Experts (August 2024, said "
        "July 2024), six of ten statements at “continue”, one at “exit now”, nine of the ten in one article."
    )
    told = arabic.say_latest(values, naming("ar"))
    assert "(أغسطس 2024، والقول من يوليو 2024)" in told
    assert told.endswith("، وواحد عند «خروج الآن»، وتسعة من مجموعها في مقال واحد.")


@pytest.mark.parametrize(
    ("relations", "en", "ar"),
    [
        ({"confirms": 2}, "“exit” (no date)", "(بلا تاريخ)"),
        (
            {"doubts": 1},
            "no date; called into question by the only statement on it",
            "ولم يتناوله إلا تصريح واحد يخالفه أو يشكك فيه",
        ),
        (
            {"contradicts": 2},
            "; called into question by both statements on it",
            "ولم يتناوله إلا تصريحان يخالفانه أو يشككان فيه",
        ),
        (
            {"doubts": 1, "contradicts": 2},
            "by all three statements on it",
            "ولم يتناوله إلا ثلاثة تصريحات تخالفه أو تشكك فيه",
        ),
        ({"doubts": 2, "confirms": 9}, "by two of 11 statements on it", "تصريحان من 11 يخالفانه أو يشككان فيه"),
    ],
)
def test_an_event_still_to_come_is_told_with_those_who_call_it_into_question(
    relations: dict[str, int], en: str, ar: str
) -> None:
    said = tuple((relation, tuple(f"a-{n}-{relation}" for n in range(k))) for relation, k in relations.items())
    event = Ahead("اكتمال الانسحاب", "exit", True, None, None, True, "planned", said)
    none = {"events": [], "more": 0, "open": 0}
    values = {"as_of": DAY, "whole": 1, "agreed": none, "planned": {**none, "events": [event]}}
    values |= {"possible": 2, "unsaid": 1}
    told = english.say_ahead(values, naming("en"))
    assert en in told
    assert told.endswith(". Left out: two possible events and one that no statement on the issue speaks of.")
    told = arabic.say_ahead(values, naming("ar"))
    assert ar in told
    assert told.endswith(". ولم يُحسب منها: حدثان محتملان وحدث واحد لم يتناوله أي تصريح.")


def test_members_who_stand_on_the_other_side_and_headlines_are_told_with_the_extremes() -> None:
    members = [actor.model_copy(update={"affiliation": "bloc"}) for actor in VOCABULARY.actors.actors[3:4]]
    actors = VOCABULARY.actors.model_copy(
        update={"actors": tuple(a for a in VOCABULARY.actors.actors if a.id != "deputy") + tuple(members)}
    )
    known = replace(VOCABULARY, actors=actors, digest="with a member")
    papers = documents(document("a", title="عنوان", title_start=100, title_end=160))
    rows = [statement(n, who, s) for n, who, s in ((1, "bloc", 2), (2, "bloc", 2), (3, "government", -2))]
    rows += [statement(4, "government", -2, kind="mixed"), statement(5, "deputy", -1)]
    (claim,) = (
        c for c in find_claims(statements(*rows), papers, DATES, issue=ISSUE, vocabulary=known) if c.kind == "extremes"
    )
    told = english.say_extremes(claim.values, Naming("en", ISSUE, known, {}))
    assert "both in one article, one of them its headline, none of them" in told
    assert "Mona Salim (−1.0, August 2024), who belongs to the Wafa bloc, stands on the other side." in told
    assert "a-500-550" in claim.statement_ids
    told = arabic.say_extremes(claim.values, Naming("ar", ISSUE, known, {}))
    assert "ومن المنتمين إلى كتلة الوفاء من يقف في الجانب الآخر: منى سالم" in told


def test_who_stands_mostly_in_the_middle_or_once_on_a_side_is_not_divided() -> None:
    both = [statement(1, "bloc", -1), statement(2, "bloc", 1)]
    assert "divided" not in claims_of(*both)
    both += [statement(3, "bloc", -1), statement(4, "bloc", 2)]
    assert claims_of(*both)["divided"].values["below"] == 2
    middle = [statement(n, "bloc", 0) for n in range(5, 10)]
    assert "divided" not in claims_of(*both, *middle)
