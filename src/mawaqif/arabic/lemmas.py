"""Writes out all forms in which newspapers print an Arabic verb, from its principal parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mawaqif.arabic.text import fold

FormKind = Literal["finite", "participle", "noun"]
Gender = Literal["m", "f"]
Number = Literal["s", "d", "p"]

_OBJECTS = ("ه", "ها", "هم", "هما")  # not نا: «ذكرنا» is mostly "we mentioned"
_WEAK_FINALS = "ايو"


@dataclass(frozen=True, slots=True)
class Form:
    """One written form, folded.

    Attributes:
        text: The form without proclitics, as `arabic.text.fold` writes it.
        lemma: The perfect, third person masculine singular, as the vocabulary spells it.
        kind: finite verb, active participle or verbal noun.
        gender: Of the subject, where the form shows it.
        number: Of the subject; a verb before its subject is singular whatever the subject's number.
        has_object: An object pronoun is attached («أكده»).
        is_accusative: A participle with the tanween of the circumstantial accusative («مؤكداً»).
        is_perfect: The perfect, not the imperfect.
    """

    text: str
    lemma: str
    kind: FormKind
    gender: Gender | None = None
    number: Number | None = None
    has_object: bool = False
    is_accusative: bool = False
    is_perfect: bool = False


def verb_forms(perfect: str, imperfect: str | None, participle: str | None, noun: str | None) -> tuple[Form, ...]:
    """Return every third-person form of a verb: perfect, imperfect, participle, verbal noun; with object pronouns.

    Regular, doubled, hollow and defective verbs are inflected from their principal parts; no class is stated.
    First and second persons are left out: in reported speech they belong to the quotation. Source of the paradigms:
    Ryding, A Reference Grammar of Modern Standard Arabic, chapters 21-32.

    Args:
        perfect: Third person masculine singular (أكد، دعا، قال).
        imperfect: The same person of the imperfect (يؤكد، يدعو، يقول), or None.
        participle: Active participle, masculine singular (مؤكد، داعي), or None.
        noun: Verbal noun (تأكيد، دعوة), or None.
    """
    lemma = perfect
    forms = list(_perfect(lemma))
    if imperfect:
        forms += _imperfect(lemma, imperfect)
    if participle:
        forms += _participles(lemma, participle)
    if noun:
        forms.append(Form(fold(noun), lemma, "noun"))
    return tuple(dict.fromkeys(forms))


def _perfect(lemma: str) -> Iterator[Form]:
    bare = fold(lemma)
    weak = len(bare) > 2 and lemma[-1] in "اىي"
    stem = bare[:-1] if weak else bare
    joined = stem.removesuffix("ا") + "ا" if weak else bare  # رأى: رآه, folded راه
    feminine = stem + ("يت" if lemma.endswith("ي") else "ت")
    dual = stem + ("وا" if lemma.endswith("ا") else "يا" if weak else "ا")
    plural = stem + "وا"

    def form(text: str, gender: Gender, number: Number, *, has_object: bool = False) -> Form:
        return Form(text, lemma, "finite", gender, number, has_object, is_perfect=True)

    yield form(bare, "m", "s")
    yield form(feminine, "f", "s")
    yield form(dual, "m", "d")
    yield form(feminine + "ا", "f", "d")
    yield form(plural, "m", "p")
    if not weak:
        yield form(_short_middle(bare) + "ن", "f", "p")
    for pronoun in _OBJECTS:
        yield form(joined + pronoun, "m", "s", has_object=True)
        yield form(feminine + pronoun, "f", "s", has_object=True)
        yield form(stem + "و" + pronoun, "m", "p", has_object=True)


def _short_middle(perfect: str) -> str:
    """Shorten a hollow verb's long vowel before a consonant ending (قال, قلن)."""
    return perfect[:-2] + perfect[-1] if len(perfect) >= 3 and perfect[-2] == "ا" else perfect


def _imperfect(lemma: str, imperfect: str) -> Iterator[Form]:
    base = fold(imperfect)[1:]
    weak = len(base) > 1 and imperfect[-1] in "وىي"
    stem = base[:-1] if weak else base
    joined = stem + "ا" if imperfect.endswith("ى") else base

    def form(text: str, gender: Gender | None, number: Number, *, has_object: bool = False) -> Form:
        return Form(text, lemma, "finite", gender, number, has_object)

    for future in ("", "س"):
        yield form(f"{future}ي{base}", "m", "s")
        yield form(f"{future}ت{base}", "f", "s")
        yield form(f"{future}ي{stem}ون", "m", "p")
        yield form(f"{future}ي{_dual(stem, base, imperfect)}ان", "m", "d")
        yield form(f"{future}ت{_dual(stem, base, imperfect)}ان", "f", "d")
        yield form(f"{future}ي{_short_middle_imperfect(base)}ن", "f", "p")
        for pronoun in _OBJECTS:
            yield form(f"{future}ي{joined}{pronoun}", "m", "s", has_object=True)
            yield form(f"{future}ت{joined}{pronoun}", "f", "s", has_object=True)
    yield form(f"ي{stem}وا", "m", "p")


def _dual(stem: str, base: str, imperfect: str) -> str:
    if imperfect.endswith("ى"):
        return stem + "ي"
    return base


def _short_middle_imperfect(base: str) -> str:
    """Shorten a hollow verb's long vowel before the feminine plural (يقول, يقلن)."""
    return base[:-2] + base[-1] if len(base) >= 3 and base[-2] in "اوي" and base[-1] not in _WEAK_FINALS else base


def _participles(lemma: str, participle: str) -> Iterator[Form]:
    bare = fold(participle)
    weak = bare.endswith("ي")
    short = bare[:-1] if weak else bare

    def form(text: str, gender: Gender, number: Number, *, accusative: bool = False) -> Form:
        return Form(text, lemma, "participle", gender, number, is_accusative=accusative)

    yield form(bare, "m", "s")
    if weak:
        yield form(short, "m", "s")
    yield form(bare + "ا", "m", "s", accusative=True)
    yield form(bare + "ه", "f", "s")
    yield form(bare + "ين", "m", "p", accusative=True)
    if weak:
        yield form(short + "ين", "m", "p", accusative=True)
    yield form(short + "ون", "m", "p")
    yield form(bare + "ان", "m", "d")
    yield form(bare + "تين", "f", "d", accusative=True)
    yield form(bare + "ات", "f", "p", accusative=True)


# Form VIII of roots in lam looks as if it had the article.
_FORM_VIII_OF_LAM = ("التزام", "التحاق", "التقاء", "التماس", "التفاف", "التباس")


_SHORTEST_VERBAL_NOUN, _LONGEST_VERBAL_NOUN = 5, 24  # letters, with a pronoun


def is_verbal_noun(word: str) -> bool:
    """Tell whether a folded word without article has the pattern of a verbal noun of forms II to X («تأجيل»).

    A possessive pronoun may be attached («التزامها»). Nouns of form I have no pattern: `cues.yml` lists them.
    """
    return _SHORTEST_VERBAL_NOUN <= len(word) <= _LONGEST_VERBAL_NOUN and _is_verbal_noun(word)


@lru_cache(maxsize=32768)  # a word is asked about many times, and the words of a corpus repeat
def _is_verbal_noun(word: str) -> bool:
    if word.startswith(("ال", "وال", "لل")) and not word.startswith(_FORM_VIII_OF_LAM):
        return False
    return any(_has_pattern(stem) for stem in _without_pronoun(word))


def _without_pronoun(word: str) -> Iterator[str]:
    yield word
    for pronoun in ("هما", "ها", "هم", "ه", "نا"):
        if word.endswith(pronoun) and len(word) - len(pronoun) >= 4:
            yield word[: -len(pronoun)]
            break


def _has_pattern(word: str) -> bool:
    length = len(word)
    if word[0] == "ت" and length == 5:  # تأجيل
        return word[3] == "ي"
    if word[0] == "ت" and length == 5 and word[-1] == "ه":  # تعزية
        return True
    if word[0] == "ا" and 5 <= length <= 8 and word[-2] == "ا":  # إنشاء، التزام، استمرار
        return True
    if word[0] == "ا" and length == 5 and word[-1] == "ه":  # إزالة، إقامة
        return word[2] == "ا"
    if word[0] == "م" and word[-1] == "ه" and length == 6:  # مواصلة
        return word[2] == "ا"
    return False
