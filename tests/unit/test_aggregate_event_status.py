from __future__ import annotations

import pytest

from mawaqif.aggregate.event_status import is_denied


def told(sentence: str, dated: str, what: str) -> bool:
    start = sentence.index(dated)
    return is_denied(what, text=sentence, start=start, end=start + len(dated))


@pytest.mark.parametrize(
    ("sentence", "dated", "what"),
    [
        ("كان من المقرر أن يفتتح الجسر في مايو 2019، إلا أن السيول حالت دون ذلك.", "مايو 2019", "يفتتح الجسر"),
        ("وكان يفترض أن تنتهي الدورة عام 2020. لكن الخلاف استمر.", "عام 2020", "تنتهي الدورة"),
        ("كان مقررا عقد القمة في يونيو، ثم تأجلت.", "يونيو", "عقد القمة"),
        ("لم يصل الوفد حتى الآن إلى المدينة.", "حتى الآن", "لم يصل الوفد"),
        ("نفت الشركة وقوع انفجار يوم الأحد في المصنع.", "يوم الأحد", "انفجار"),
        ("ونفى الناطق صحة الأنباء عن زيارة المبعوث أمس.", "أمس", "زيارة المبعوث"),
    ],
)
def test_what_was_due_and_held_up_negated_or_denied_did_not_happen(sentence: str, dated: str, what: str) -> None:
    assert told(sentence, dated, what)


@pytest.mark.parametrize(
    ("sentence", "dated", "what"),
    [
        ("من المقرر أن يفتتح الجسر في مايو 2019.", "مايو 2019", "يفتتح الجسر"),
        ("كان من المقرر أن يزور عمان، لكنه زار دمشق في مايو 2019.", "مايو 2019", "زار دمشق"),
        ("لم يصل الوفد إلا أمس.", "أمس", "لم يصل الوفد إلا"),
        ("لم يعد الجسر آمنا منذ عام 2015.", "عام 2015", "لم يعد الجسر آمنا"),
        ("وصل الوفد أمس، لكن الوزير غاب.", "أمس", "وصل الوفد"),
        ("نفى الوزير التهمة، وافتتح الجسر أمس.", "أمس", "افتتح الجسر"),
    ],
)
def test_plans_exceptions_states_and_what_took_place_instead_are_not_denied(
    sentence: str, dated: str, what: str
) -> None:
    assert not told(sentence, dated, what)


def test_without_the_source_only_the_words_themselves_can_deny() -> None:
    assert is_denied("لم توقع الوزارة العقد")
    assert not is_denied("توقيع العقد")
