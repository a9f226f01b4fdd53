"""Arabic is told from the other languages of its script by words, however its own letters are typed."""

from __future__ import annotations

import pytest

from mawaqif.arabic.language import find_other_language, measure_script

ARABIC = """
قالت الوزارة في بيان إن الوفد وصل إلى العاصمة مساء أمس، وأضافت أن المباحثات بين الجانبين تتناول ملف المياه والطاقة بعد
توقف دام عامين، وأن اللجنة المشتركة لم تحدد موعد الجولة المقبلة حتى الآن.
"""
OTHERS = {
    "Persian": """
سخنگوی وزارت کشور روز شنبه در نشست خبری اعلام کرد که مذاکرات با هیات همسایه برای مدیریت آب رودخانه مرزی ادامه دارد و
این موضوع تا پایان سال بررسی می شود. او گفت که دو طرف بر همکاری تاکید کردند.
""",
    "Kurdish": """
وتەبێژی وەزارەتی ناوخۆ ڕایگەیاند کە دانوستانەکان لەگەڵ شاندی دراوسێ بۆ بەڕێوەبردنی ئاوی ڕووبارەکە بەردەوامە و ئەم بابەتە
تا کۆتایی ساڵ تاوتوێ دەکرێت، هەروەها جەختی کردەوە لەسەر هاوکاری نێوان هەردوو لا.
""",
    "Urdu": """
وزارت داخلہ کے ترجمان نے ہفتے کے روز ایک پریس کانفرنس میں کہا کہ پڑوسی ملک کے وفد کے ساتھ دریا کے پانی پر بات چیت
جاری ہے اور اس معاملے کو سال کے آخر تک حل کر لیا جائے گا۔
""",
}


def other(text: str) -> str | None:
    return find_other_language(text, measure_script(text))


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_of_the_script_is_named(language: str) -> None:
    assert other(OTHERS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        ARABIC,
        ARABIC.replace("ي", "ی").replace("ك", "ک"),
        ARABIC + "وحضر هێمن هەورامی وپرویز گیلانی وژیان چۆمانی.",
        "نعم " * 40,
        "گپ",
    ],
)
def test_arabic_is_arabic_on_any_keyboard_and_with_foreign_names(text: str) -> None:
    assert other(text) is None


def test_letters_are_counted_by_script() -> None:
    script = measure_script("قال John: ۵٥5 یک!")
    assert (script.letters, script.arabic, script.foreign) == (9, 5, 2)
