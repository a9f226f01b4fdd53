"""Makes the verbal noun of a verb: by its form where that decides, from a list where it does not."""

from __future__ import annotations

from mawaqif.arabic.text import fold

# Three letters without vowels are form I or II, and form I has no rule (Ryding, chapter 5). Verbs of events in news.
_LIST = """
    بدأ:بدء زار:زيارة وصل:وصول خرج:خروج دخل:دخول عاد:عودة قتل:مقتل قصف:قصف عقد:عقد سحب:سحب شن:شن بحث:بحث طلب:طلب
    رفض:رفض سقط:سقوط فتح:فتح فشل:فشل نجح:نجاح حضر:حضور رحل:رحيل منح:منح نشر:نشر وقف:وقف ضم:ضم قاد:قيادة شهد:شهود
    قرر:قرار وقع:توقيع شكل:تشكيل نفذ:تنفيذ حقق:تحقيق نظم:تنظيم قدم:تقديم سلم:تسليم عين:تعيين سجل:تسجيل ركز:تركيز
    وجه:توجيه علق:تعليق مدد:تمديد جدد:تجديد خفض:خفض عزز:تعزيز حدد:تحديد حذر:تحذير هدد:تهديد صوت:تصويت مثل:تمثيل
    قلص:تقليص أجل:تأجيل أسس:تأسيس أمن:تأمين أيد:تأييد أكد:تأكيد نقل:نقل رفع:رفع دعا:دعوة نفى:نفي لقي:لقاء بقي:بقاء
    ظهر:ظهور صدر:صدور هبط:هبوط صعد:صعود بلغ:بلوغ فاز:فوز خسر:خسارة زاد:زيادة باع:بيع بنى:بناء ترك:ترك قضى:قضاء منع:منع
    دفع:دفع عرض:عرض حكم:حكم عمل:عمل ضبط:ضبط قبل:قبول ولد:ولادة توفي:وفاة قام:قيام أعد:إعداد أجرى:إجراء رأى:رؤية
    اشترى:شراء انتقل:انتقال غزا:غزو هزم:هزيمة غادر:مغادرة هاجم:هجوم حرر:تحرير فجر:تفجير أقر:إقرار حل:حل نشب:نشوب
    فرض:فرض ضرب:ضرب عبر:عبور نزح:نزوح حاصر:حصار
"""
_LISTED = dict(pair.split(":") for pair in _LIST.split())
_BY_IMPERFECT = {("وقع", "يقع"): "وقوع", ("تم", "يتم"): "تمام"}
_HAMZA = str.maketrans("إآ", "أأ")


def make_verbal_noun(perfect: str, imperfect: str = "") -> str | None:
    """Return the verbal noun of a verb, or None where its form does not tell.

    Derived forms are regular (Ryding, A Reference Grammar of Modern Standard Arabic, chapters 22-31); of three letters
    only listed verbs are known.

    Args:
        perfect: Third person masculine singular: «أعلن», «انسحب», «ناقش».
        imperfect: The same person of the imperfect, which parts verbs that are written alike («يقع», «يوقع»).
    """
    if (perfect, imperfect) in _BY_IMPERFECT:
        return _BY_IMPERFECT[perfect, imperfect]
    if perfect in _LISTED:
        return _LISTED[perfect]
    word = perfect.translate(_HAMZA)
    is_weak = word.endswith(("ى", "ا"))
    root = word[:-1] if is_weak else word
    if word.startswith("است"):
        return _form_x(root, is_weak=is_weak)
    if word.startswith("ا") and len(word) >= 4:
        return _form_vii_viii(word, root, is_weak=is_weak)
    if word.startswith("أ") and len(word) >= 4:
        return _form_iv(root, is_weak=is_weak)
    if word.startswith("ت") and len(word) >= 4:
        return f"{root}ي" if is_weak else word
    if len(word) == 4 and word[1] == "ا":
        return f"م{root}{'اة' if is_weak else 'ة'}"
    return None


def _form_x(root: str, *, is_weak: bool) -> str:
    if is_weak:
        return f"{root}اء".replace("استو", "استي", 1)  # after an i the first radical و is ي: استيلاء
    if len(root) == 6 and root[4] == "ا":  # hollow: استعاد
        return f"{root}ة"
    noun = f"{root[:-1]}ا{root[-1]}" if len(root) > 5 else f"{root}ا{root[-1]}"  # doubled: استمر
    return noun.replace("أ", "ئ", 1)  # the vowel before it is an i: استئناف


def _form_vii_viii(word: str, root: str, *, is_weak: bool) -> str | None:
    if is_weak:
        return f"{root}اء"
    if len(word) == 5 and word[3] == "ا":  # hollow: اختار
        return f"{word[:3]}يا{word[4]}"
    if len(word) == 4 and word[1] not in "تط":  # doubled: احتل, انضم; but اتفق, اطلع have a doubled second letter
        return f"{word}ا{word[-1]}"
    return f"{word[:-1]}ا{word[-1]}" if len(word) in (4, 5) else None


def _form_iv(root: str, *, is_weak: bool) -> str | None:
    noun = f"إ{root[1:]}"
    if is_weak:
        return f"{noun}اء"
    if len(noun) == 4 and noun[2] == "ا":  # hollow: أعاد
        return f"{noun}ة"
    if len(noun) == 4 and noun[1] == "و":  # first radical و: أوقف
        noun = f"إي{noun[2:]}"
    return f"{noun[:-1]}ا{noun[-1]}" if len(noun) == 4 else None


def is_often_intransitive(perfect: str) -> bool:
    """Say whether a verb's form seldom takes an object (V, VII, part of VIII and X), so that it can end a clause."""
    bare = fold(perfect)
    return bare.startswith(("ان", "ت")) or bare in _INTRANSITIVE


_INTRANSITIVE_VERBS = "استمر انتهى بدأ عاد وصل خرج دخل سقط فشل نجح رحل حضر ظهر صدر اندلع اجتمع ارتفع اقترب هبط صعد بقي"
_INTRANSITIVE = frozenset(fold(word) for word in _INTRANSITIVE_VERBS.split())
