from __future__ import annotations

import pytest

from mawaqif.aggregate.event_words import MOST_CHARACTERS, make_label, quote_clause, trim_label


@pytest.mark.parametrize(
    ("what", "label"),
    [
        ("ثم زيارة الوفد إلى عمان", "زيارة الوفد إلى عمان"),
        ("وأن الانتخابات ستجرى", "الانتخابات ستجرى"),
        ("والاجتماع الأخير للجنة", "الاجتماع الأخير للجنة"),
        ("وأعلنت الوزارة الخطة", "أعلنت الوزارة الخطة"),
        ("وصلت الطائرات أمس", "وصلت الطائرات أمس"),
        ("وما وقع في عمان", "ما وقع في عمان"),
        ("للدخول في جولة جديدة", "الدخول في جولة جديدة"),
        ("وزارة الزراعة أعلنت الخطة", "وزارة الزراعة أعلنت الخطة"),
        ("«توقيع الاتفاق» في عمان،", "توقيع الاتفاق في عمان"),
        ('تأسيس هيئة "السلام', "تأسيس هيئة السلام"),
    ],
)
def test_a_label_is_a_whole_phrase_without_a_conjunction_before_it(what: str, label: str) -> None:
    assert trim_label(what) == label


def test_a_long_label_ends_with_a_clause_or_a_word_never_with_a_preposition() -> None:
    clause = "افتتاح المؤتمر الدولي في العاصمة الأردنية، بحضور وفود من أكثر من عشرين دولة عربية وأجنبية ومنظمات"
    assert trim_label(clause) == "افتتاح المؤتمر الدولي في العاصمة الأردنية"
    words = (
        "افتتاح المؤتمر الدولي السنوي الكبير للزراعة والري والموارد المائية والغابات الطبيعية في العاصمة الأردنية عمان"
    )
    label = trim_label(words)
    assert label.endswith(" …")
    assert len(label) <= MOST_CHARACTERS + 2
    assert words.startswith(label.removesuffix(" …"))
    assert words[len(label.removesuffix(" …"))] == " "
    assert not label.removesuffix(" …").endswith(" في")


@pytest.mark.parametrize(
    ("what", "quote", "is_relative", "label"),
    [
        ("توقيع الاتفاق الجديد", "بعد الانتخابات", True, "توقيع الاتفاق الجديد بعد الانتخابات"),
        ("توقيع الاتفاق الجديد", "عام 2024", False, "توقيع الاتفاق الجديد"),
        ("للمهمة التدريبية", "الذكرى الخامسة", True, "الذكرى الخامسة للمهمة التدريبية"),
        ("الانتخابات", "المقبلة", False, "الانتخابات المقبلة"),
        ("توقيع الاتفاق الجديد", "الموعد المحدد", True, "توقيع الاتفاق الجديد"),
    ],
)
def test_the_date_belongs_to_a_label_that_is_not_clear_without_it(
    what: str, quote: str, is_relative: bool, label: str
) -> None:
    assert make_label(what, quote, is_relative=is_relative) == label


def test_an_event_of_which_too_little_is_said_is_called_by_its_clause() -> None:
    text = "وصل الوفد، وشهدت العاصمة عام 2021 احتفالاً كبيراً، ثم عاد."
    start = text.index("عام 2021")
    assert quote_clause(text, start, start + 8) == "شهدت العاصمة عام 2021 احتفالاً كبيراً"
