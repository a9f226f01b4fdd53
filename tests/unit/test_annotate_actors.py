"""Registered actors are found where they are named, with their clitics left outside, and nowhere else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time

import pytest

from mawaqif.annotate.actors import annotate_actors
from mawaqif.records import MarkedSpan, Publication, RawDocument, Reading
from mawaqif.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(Path(__file__).parents[2] / "data" / "vocabulary")


def read(text: str, *, published: date | None = None, boilerplate: tuple[MarkedSpan, ...] = ()) -> Reading:
    raw = RawDocument("d", text, "0" * 64, "utf-8", "d.txt")
    return Reading(raw, boilerplate=boilerplate, published=Publication(day=published))


def named(text: str, vocabulary: Vocabulary, **given: object) -> list[tuple[str, str]]:
    reading = annotate_actors(read(text, **given), vocabulary)  # type: ignore[arg-type]
    return [(mention.actor_id, text[mention.start : mention.end]) for mention in reading.mentions]


@pytest.mark.parametrize(
    ("text", "actor_id", "found"),
    [
        ("التقى وفدٌ الحكومةَ العراقيةَ أمس", "iraq_government", "الحكومةَ العراقيةَ"),
        ("وبإيران ترتبط فصائل", None, None),
        ("اتهم النائب وإيران تنفي", "iran", "إيران"),
        ("موقف الحزب من التحالف الدولي", "coalition", "التحالف الدولي"),
        ("دعم للتحالف الدولي", "coalition", "للتحالف الدولي"),
        ("رسالة لإيران", "iran", "إيران"),
        ("فالبنتاغون يراجع خططه", "pentagon", "البنتاغون"),
        ("القوات الأميركية تغادر", "us_forces", "القوات الأميركية"),
        ("القوات الأمريكية تغادر", "us_forces", "القوات الأمريكية"),
        ("معهد «واشنطن» لسياسات الشرق الأدنى حذر", "washington_institute", "معهد «واشنطن» لسياسات الشرق الأدنى"),
        ('هاجم لـ"داعش" موقعاً', "daesh", "داعش"),
        ("قوى 'الإطار التنسيقي' تجتمع", "coordination_framework", "قوى 'الإطار التنسيقي"),
        ("الإطار\nالتنسيقي يجتمع", "coordination_framework", "الإطار\nالتنسيقي"),
    ],
)
def test_a_name_is_found_without_its_clitics_and_through_quotation_marks(
    text: str, actor_id: str | None, found: str | None, vocabulary: Vocabulary
) -> None:
    assert named(text, vocabulary) == ([(actor_id, found)] if actor_id else [])


@pytest.mark.parametrize(
    "text",
    [
        "زار العراقيون المعرض",
        "مصرف الرافدين يعلن",
        "قطرات المطر تهطل",
        "الإيرانيون والسوريون",
        "حماسة الجمهور كبيرة",
        "تركيات وباكستانيات",
        "الإطار\n\nالتنسيقي",
    ],
)
def test_a_name_inside_another_word_or_across_paragraphs_is_none(text: str, vocabulary: Vocabulary) -> None:
    assert named(text, vocabulary) == []


@pytest.mark.parametrize(
    "text",
    [
        "البرلمان مصر على تشريع القانون",
        "صحيفة واشنطن بوست نشرت",
        "جامعة بغداد تحتفل",
        "المدن السعودية تزدهر",
        "ارتفعت مصادر الطاقة",
        "بكل حماس شديد",
    ],
)
def test_a_word_that_means_something_else_in_its_context_is_none(text: str, vocabulary: Vocabulary) -> None:
    assert "بغداد" not in dict(named(text, vocabulary)).values()
    assert not {"egypt", "us_government", "iraq_government", "saudi_arabia", "sources", "hamas"} & {
        actor_id for actor_id, _ in named(text, vocabulary)
    }


@pytest.mark.parametrize(
    "text",
    [
        "وقع انفجار في بغداد",
        "القواعد الموجودة بالعراق",
        "انسحاب القوات الأجنبية من العراق",
        "عاد الوفد إلى واشنطن",
        "اجتماعات في بغداد وواشنطن",
        "زيارة وفد حكومي واشنطن",
        "على أرض العراق",
        "بغداد / وكالات",
    ],
)
def test_a_capital_or_country_is_no_actor_where_something_only_happens_there(text: str, vocabulary: Vocabulary) -> None:
    assert not {"iraq_government", "us_government"} & {actor_id for actor_id, _ in named(text, vocabulary)}


@pytest.mark.parametrize(
    ("text", "actor_ids"),
    [
        ("الاتفاق بين بغداد وواشنطن", ["iraq_government", "us_government"]),
        ("طهران ترفض الاتهامات", ["iran"]),
        ("طلب من الولايات المتحدة إجراء الحوار", ["us_government"]),
        ("مستقبل العراق وأمنه", ["iraq_government"]),
        ("الفصائل المسلحة المرتبطة بإيران", ["iran_linked_factions", "iran"]),
    ],
)
def test_a_capital_or_country_that_acts_is_an_actor(text: str, actor_ids: list[str], vocabulary: Vocabulary) -> None:
    assert [actor_id for actor_id, _ in named(text, vocabulary)] == actor_ids


def test_a_surname_counts_only_where_the_full_name_stands(vocabulary: Vocabulary) -> None:
    assert named("قال المالكي إن الانتخابات قريبة", vocabulary) == []
    both = named("التقى نوري المالكي السفير. وقال المالكي إن الانتخابات قريبة", vocabulary)
    assert both == [("nouri_al_maliki", "نوري المالكي"), ("nouri_al_maliki", "المالكي")]


def test_a_surname_after_another_given_name_is_somebody_else(vocabulary: Vocabulary) -> None:
    found = named("التقى نوري المالكي أخاه. وحضر ياسر المالكي اللقاء", vocabulary)
    assert found == [("nouri_al_maliki", "نوري المالكي")]


def test_a_surname_that_is_an_adjective_of_origin_is_none(vocabulary: Vocabulary) -> None:
    found = named("التقى محمد شياع السوداني الضيوف. وغادر الجيش السوداني المدينة", vocabulary)
    assert found == [("sudani", "محمد شياع السوداني")]


@pytest.mark.parametrize(
    ("published", "holder"),
    [(date(2019, 5, 1), "trump"), (date(2023, 5, 1), "biden"), (date(2025, 5, 1), "trump"), (None, None)],
)
def test_an_office_without_a_name_is_its_holder_on_the_day_of_the_text(
    published: date | None, holder: str | None, vocabulary: Vocabulary
) -> None:
    found = named("وصل الرئيس الأميركي إلى القمة", vocabulary, published=published)
    assert found == ([(holder, "الرئيس الأميركي")] if holder else [])


def test_an_office_without_a_day_is_the_holder_whom_the_text_names(vocabulary: Vocabulary) -> None:
    found = named("التقى الرئيس الأميركي جو بايدن الوفد. وقال الرئيس الأميركي إنه متفائل", vocabulary)
    assert found == [("biden", "جو بايدن"), ("biden", "الرئيس الأميركي")]


def test_a_former_holder_is_the_one_before(vocabulary: Vocabulary) -> None:
    found = named("يراجع جو بايدن قرارات الرئيس الأمريكي السابق", vocabulary)
    assert found[-1] == ("trump", "الرئيس الأمريكي")


def test_an_office_before_the_name_of_someone_else_is_not_its_registered_holder(vocabulary: Vocabulary) -> None:
    text = "كان رئيس الوزراء العراقي إبراهيم الأشيقر حاضراً"
    assert named(text, vocabulary, published=date(2023, 5, 1)) == []


def test_a_holder_of_later_years_is_not_the_one_of_an_older_text(vocabulary: Vocabulary) -> None:
    text = "حضر محمد بن نايف ولي العهد ومحمد بن سلمان ولي ولي العهد. وقال ولي العهد إن اللقاء انتهى"
    found = named(text, vocabulary, published=date(2015, 7, 22))
    assert [actor_id for actor_id, form in found if form == "ولي العهد"] == ["mohammed_bin_nayef"] * 2


def test_the_second_part_of_a_compound_name_is_no_surname(vocabulary: Vocabulary) -> None:
    assert named("أكد حسن نصر الله موقفه. وفي بيوت الله سكينة", vocabulary) == [("hassan_nasrallah", "حسن نصر الله")]


def test_a_city_that_ends_a_byline_is_the_place_of_the_report(vocabulary: Vocabulary) -> None:
    assert named("وكالات – واشنطن\nقررت واشنطن التأجيل", vocabulary) == [("us_government", "واشنطن")]


def test_words_that_point_back_are_read_by_what_came_before(vocabulary: Vocabulary) -> None:
    text = "غادرت القوات العراقية الموقع، وكانت هذه القوات قد دخلته. وأكد محمد شياع السوداني أن حكومته تراقب"
    assert named(text, vocabulary)[1:] == [
        ("iraqi_forces", "القوات"),
        ("sudani", "محمد شياع السوداني"),
        ("iraq_government", "حكومته"),
    ]


def test_a_definite_role_is_the_person_introduced_with_it(vocabulary: Vocabulary) -> None:
    text = "قالت السفيرة الأميركية ألينا رومانوسكي إن الحوار انتهى.\n\nوأشارت السفيرة إلى التعاون"
    assert named(text, vocabulary) == [("romanowski", "ألينا رومانوسكي"), ("romanowski", "السفيرة")]
    assert named("وأشارت السفيرة إلى التعاون", vocabulary) == []


def test_page_furniture_names_nobody(vocabulary: Vocabulary) -> None:
    text = "البنتاغون يراجع خططه\nاقرأ أيضاً: البيت الأبيض ينفي"
    furniture = (MarkedSpan(text.index("اقرأ"), len(text), "related", "read-more"),)
    assert named(text, vocabulary, boilerplate=furniture) == [("pentagon", "البنتاغون")]


def test_mentions_are_in_order_and_do_not_change_when_done_again(vocabulary: Vocabulary) -> None:
    reading = annotate_actors(read("بغداد وواشنطن وطهران تتفاوض مع التحالف الدولي"), vocabulary)
    assert [m.start for m in reading.mentions] == sorted(m.start for m in reading.mentions)
    assert annotate_actors(reading, vocabulary) == reading


@pytest.mark.parametrize("text", ["", " ", '"""', "\n\n\n", "\ud800", "abc 123", "ل" * 50, "ال" * 40])
def test_a_text_without_actors_has_no_mention(text: str, vocabulary: Vocabulary) -> None:
    assert named(text, vocabulary) == []


def test_time_grows_with_the_length_of_one_line(vocabulary: Vocabulary) -> None:
    unit = "قالت بغداد إن القوات الأمريكية في العراق ستغادر هذه القوات البلاد مع حكومته و "

    def seconds(times: int) -> float:
        reading = read(unit * times)
        began = process_time()
        annotate_actors(reading, vocabulary)
        return process_time() - began

    seconds(100)
    assert seconds(8000) < 24 * max(seconds(1000), 0.01)
