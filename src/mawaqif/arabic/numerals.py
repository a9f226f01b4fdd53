"""Numbers in generated Arabic: counted nouns, numerals in words, ordinals, signed values, percentages and dates.

Agreement follows the school grammar of Modern Standard Arabic (Ryding, *A Reference Grammar of Modern Standard
Arabic*, 2005, chapter 15): 1 and 2 are the noun itself, 3 to 10 take the opposite gender and a plural, 11 to 99 an
accusative singular, hundreds and thousands a genitive singular, and a compound number follows its last part. Text
is unvocalised: a case shows only in the dual, the sound masculine plural, the tens and the accusative alif.
Digits are the western ones, which the Iraqi and pan-Arab press prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Case = Literal["nominative", "accusative", "genitive"]
Gender = Literal["m", "f"]
Style = Literal["auto", "words", "digits"]
Months = Literal["gregorian", "levantine"]

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
MINUS = "\u2212"

MONTHS: dict[Months, tuple[str, ...]] = {
    "gregorian": (
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
        "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ),
    "levantine": (
        "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
        "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
    ),
}  # fmt: skip

# The form that counts masculine nouns from 3 to 10, then the one that counts feminine nouns.
_UNITS_MASCULINE = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
_UNITS_FEMININE = ("", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر")
_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS = ("", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة")
_ORDINALS = ("", "أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun, or a noun with its adjective, in every form that counting asks for.

    `accusative` is the indefinite accusative singular; `oblique` forms serve accusative and genitive.
    """

    singular: str
    dual: str
    dual_oblique: str
    plural: str
    plural_oblique: str
    accusative: str
    gender: Gender


def make_noun(singular: str, plural: str, gender: Gender, *, adjective: Noun | None = None) -> Noun:
    """Build the regular forms of a noun from its singular and its plural.

    Args:
        singular: The indefinite nominative singular, unvocalised.
        plural: The nominative plural; a sound masculine one gets its oblique form.
        gender: The gender of the singular, which is what numerals agree with.
        adjective: Forms of an adjective that agrees with the noun, its `plural` with the noun's plural.
    """
    stem = singular[:-1] + "ت" if singular.endswith("ة") else singular
    noun = Noun(
        singular=singular,
        dual=stem + "ان",
        dual_oblique=stem + "ين",
        plural=plural,
        plural_oblique=plural[:-2] + "ين" if plural.endswith("ون") else plural,
        accusative=_accusative(singular),
        gender=gender,
    )
    return noun if adjective is None else _join_adjective(noun, adjective)


def _accusative(singular: str) -> str:
    """Write the accusative tanwin; ta marbuta, a hamza after or on alif, and alif maqsura take no alif."""
    if singular.endswith(("ة", "ى", "أ")):
        return singular
    return singular + "ً" if singular.endswith("اء") else singular + "اً"


def _join_adjective(noun: Noun, adjective: Noun) -> Noun:
    return Noun(
        singular=f"{noun.singular} {adjective.singular}",
        dual=f"{noun.dual} {adjective.dual}",
        dual_oblique=f"{noun.dual_oblique} {adjective.dual_oblique}",
        plural=f"{noun.plural} {adjective.plural}",
        plural_oblique=f"{noun.plural_oblique} {adjective.plural_oblique}",
        accusative=f"{noun.accusative} {adjective.accusative}",
        gender=noun.gender,
    )


OTHER_MASCULINE = Noun("آخر", "آخران", "آخرين", "أخرى", "أخرى", "آخر", "m")
"""«another» beside a masculine noun whose plural is not of persons; a diptote, so without tanwin."""


# --- counted nouns ---------------------------------------------------------------------------------------------------


def count(n: int, noun: Noun, *, case: Case = "nominative", style: Style = "auto") -> str:
    """Return `n` of a noun, agreeing in gender, number and case.

    Args:
        n: How many; not negative.
        noun: What is counted.
        case: The case of the whole phrase in its sentence.
        style: `auto` writes up to ten in words, as editors do, and digits above; `words` and `digits` force one way.

    Raises:
        ValueError: `n` is negative.
    """
    if n < 0:
        raise ValueError(f"nothing can be counted {n} times")
    if n == 0:
        return f"لا {noun.singular}" if style != "digits" and case == "nominative" else f"0 {noun.singular}"
    if n == 1:
        return f"{counted_form(1, noun, case=case)} {_one(noun.gender)}{_one_ending(case, noun.gender)}"
    if n == 2:
        return counted_form(2, noun, case=case)
    if style == "digits" or (style == "auto" and n > 10):
        return f"{n} {counted_form(n, noun, case=case)}"
    return _count_in_words(n, noun, case)


def counted_form(n: int, noun: Noun, *, case: Case = "nominative") -> str:
    """Return the form of the noun that follows `n` in digits, or stands alone for 1 and 2."""
    last_two = n % 100
    if n == 1:
        return noun.accusative if case == "accusative" else noun.singular
    if n == 2:
        return noun.dual if case == "nominative" else noun.dual_oblique
    if 3 <= last_two <= 10:
        return noun.plural_oblique
    return noun.accusative if last_two >= 11 else noun.singular


def _one(gender: Gender) -> str:
    return "واحد" if gender == "m" else "واحدة"


def _one_ending(case: Case, gender: Gender) -> str:
    return "اً" if case == "accusative" and gender == "m" else ""


def _count_in_words(n: int, noun: Noun, case: Case) -> str:
    """Write a number in words with its noun; 101 and 102 repeat the noun: «مئة تصريح وتصريح واحد»."""
    if n > 100 and n % 100 in (1, 2):
        whole = _count_in_words(n - n % 100, noun, case)
        return f"{whole} و{count(n % 100, noun, case=case)}"
    words = spell(n, noun.gender, case=case, construct=n % 100 == 0 or 3 <= n % 100 <= 10)
    return f"{words} {counted_form(n, noun, case=case)}"


def spell(n: int, gender: Gender = "m", *, case: Case = "nominative", construct: bool = False) -> str:
    """Return a whole number in words, agreeing with a counted noun of the given gender.

    Args:
        n: From 0 to 999,999,999,999.
        gender: The gender of what is counted, not of the numeral.
        case: The case of the numeral.
        construct: Whether the noun follows in the genitive, which drops the nun of 200 and 2,000.

    Raises:
        ValueError: `n` is outside the range.
    """
    if not 0 <= n < 10**12:
        raise ValueError(f"no words for {n}")
    if n == 0:
        return "صفراً" if case == "accusative" else "صفر"
    parts: list[str] = []
    for size, singular, plural in ((10**9, "مليار", "مليارات"), (10**6, "مليون", "ملايين"), (1000, "ألف", "آلاف")):
        times, n = divmod(n, size)
        if times:
            parts.append(_spell_large(times, singular, plural, case, construct and n == 0))
    if n:
        parts.append(_spell_below_thousand(n, gender, case, construct))
    return " و".join(parts)


def _spell_large(times: int, singular: str, plural: str, case: Case, construct: bool) -> str:
    noun = make_noun(singular, plural, "m")
    if times == 1:
        return noun.accusative if case == "accusative" and not construct else noun.singular
    if times == 2:
        return _drop_nun(counted_form(2, noun, case=case), construct)
    words = _spell_below_thousand(times, "m", case, times % 100 == 0)
    form = counted_form(times, noun, case=case)
    # Before its own noun «ألفاً» loses the tanwin: «أحد عشر ألف تصريح».
    return f"{words} {singular if construct and form == noun.accusative else form}"


def _spell_below_thousand(n: int, gender: Gender, case: Case, construct: bool) -> str:
    hundreds, rest = divmod(n, 100)
    parts: list[str] = []
    if hundreds:
        parts.append(_drop_nun(_decline(_HUNDREDS[hundreds], case), construct and not rest))
    if rest:
        parts.append(_spell_below_hundred(rest, gender, case, construct))
    return " و".join(parts)


def _spell_below_hundred(n: int, gender: Gender, case: Case, construct: bool) -> str:
    units = _UNITS_MASCULINE if gender == "m" else _UNITS_FEMININE
    if n <= 10:
        return _unit(units[n], case, construct)
    tens, unit = divmod(n, 10)
    if tens == 1:
        ten = "عشر" if gender == "m" else "عشرة"
        if unit == 1:
            return f"{'أحد' if gender == 'm' else 'إحدى'} {ten}"
        return f"{_drop_nun(_decline(units[unit], case), True) if unit == 2 else units[unit]} {ten}"
    if not unit:
        return _decline(_TENS[tens], case)
    first = "إحدى" if unit == 1 and gender == "f" else _unit(units[unit], case, False)
    return f"{first} و{_decline(_TENS[tens], case)}"


def _unit(word: str, case: Case, construct: bool) -> str:
    """Decline a numeral of one digit: the ones that show it are 1, 2 and the defective feminine 8."""
    if word == "ثماني" and not construct:
        return "ثمانياً" if case == "accusative" else "ثمانٍ"
    if word == "واحد" and case == "accusative":
        return "واحداً"
    return _decline(word, case)


def _decline(word: str, case: Case) -> str:
    """Turn a dual or a ten into its oblique form where the case asks for it."""
    if case != "nominative" and word.endswith(("ان", "ون")):
        return word[:-2] + "ين"
    return word


def _drop_nun(word: str, construct: bool) -> str:
    return word[:-1] if construct and word.endswith(("ان", "ين")) else word


# --- ordinals --------------------------------------------------------------------------------------------------------


def ordinal(n: int, gender: Gender = "m", *, case: Case = "nominative", definite: bool = True) -> str:
    """Return an ordinal from 1 to 100, which agrees with its noun in gender: «الحادية والعشرون».

    Raises:
        ValueError: `n` is outside the range.
    """
    if not 1 <= n <= 100:
        raise ValueError(f"no ordinal for {n}")
    article = "ال" if definite else ""
    tens, unit = divmod(n, 10)
    if n == 100:
        return article + "مئة"
    if n <= 10:
        return _small_ordinal(n, gender, case, definite)
    if not unit:
        return article + _decline(_TENS[tens], case)
    word = "حادي" if unit == 1 else _ORDINALS[unit]
    if tens == 1:
        ending, ten = ("", "عشر") if gender == "m" else ("ة", "عشرة")
        return f"{article}{word}{ending} {ten}"
    if not definite and gender == "m" and word.endswith("ي"):
        word = word + "اً" if case == "accusative" else word[:-1] + "ٍ"
    return f"{article}{word}{'' if gender == 'm' else 'ة'} و{article}{_decline(_TENS[tens], case)}"


def _small_ordinal(n: int, gender: Gender, case: Case, definite: bool) -> str:
    article = "ال" if definite else ""
    if n == 1:
        return article + ("أول" if gender == "m" else "أولى")
    if gender == "f":
        return f"{article}{_ORDINALS[n]}ة"
    if definite:
        return article + _ORDINALS[n]
    if n == 2:
        return "ثانياً" if case == "accusative" else "ثانٍ"
    return _accusative(_ORDINALS[n]) if case == "accusative" else _ORDINALS[n]


# --- values ----------------------------------------------------------------------------------------------------------


def signed(value: float, *, digits: int = 1) -> str:
    """Return a value with its sign, isolated so that the minus stays on the left of the digits in Arabic text."""
    rounded = round(value, digits) + 0.0
    sign = MINUS if rounded < 0 else "+" if rounded > 0 else ""
    return f"{LRI}{sign}{abs(rounded):.{digits}f}{PDI}"


def percentage(share: float, *, sign: bool = False) -> str:
    """Return a share between 0 and 1 in whole percent: «67 في المئة», or `67%` for tight places."""
    value = f"{share * 100:.0f}"
    return f"{value}%" if sign else f"{value} في المئة"


def isolate(text: str) -> str:
    """Isolate a name whose direction may differ from that of its sentence."""
    return f"{FSI}{text}{PDI}"


# --- dates -----------------------------------------------------------------------------------------------------------


def month_in_words(month: int, *, months: Months = "gregorian") -> str:
    """Return a month's name; `levantine` gives the names used in Iraq and Syria."""
    return MONTHS[months][month - 1]


def day_in_words(day: date, *, months: Months = "gregorian") -> str:
    """Return a day as «16 أغسطس 2024»."""
    return f"{day.day} {month_in_words(day.month, months=months)} {day.year}"


def interval_in_words(first: date | None, last: date | None, *, months: Months = "gregorian") -> str:
    """Return a span of inclusive days as briefly as it can be said exactly.

    A day is «16 أغسطس 2024», a month «أغسطس 2024», a year «عام 2024», days of one month «بين 16 و17 أغسطس 2024», an
    open end «ابتداءً من» or «حتى», and no end at all «بلا تاريخ».

    Raises:
        ValueError: `last` is before `first`.
    """
    if first is None and last is None:
        return "بلا تاريخ"
    if first is None or last is None:
        day = first or last
        assert day is not None
        return f"{'ابتداءً من' if last is None else 'حتى'} {day_in_words(day, months=months)}"
    if last < first:
        raise ValueError(f"{last} is before {first}")
    if first == last:
        return day_in_words(first, months=months)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return _whole_months(first, last, months)
    if (first.year, first.month) == (last.year, last.month):
        return f"بين {first.day} و{day_in_words(last, months=months)}"
    start = f"{first.day} {month_in_words(first.month, months=months)}"
    if first.year != last.year:
        start = f"{start} {first.year}"
    return f"بين {start} و{day_in_words(last, months=months)}"


def _whole_months(first: date, last: date, months: Months) -> str:
    if (first.month, last.month) == (1, 12):
        return f"عام {first.year}" if first.year == last.year else f"بين عامي {first.year} و{last.year}"
    end = f"{month_in_words(last.month, months=months)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    start = month_in_words(first.month, months=months)
    return f"بين {start} و{end}" if first.year == last.year else f"بين {start} {first.year} و{end}"
