"""The words of the report's tables and lists, both languages side by side."""

from __future__ import annotations

from mawaqif.schemas import MODALITIES

WORDS: dict[str, dict[str, str]] = {
    "document": {"en": "Article", "ar": "المقال"},
    "file": {"en": "File", "ar": "الملف"},
    "outlet": {"en": "Outlet", "ar": "وسيلة الإعلام"},
    "unknown_outlet": {"en": "unknown", "ar": "غير معروفة"},
    "published": {"en": "Published", "ar": "تاريخ النشر"},
    "basis": {"en": "How the date is known", "ar": "مصدر التاريخ"},
    "statements": {"en": "Statements", "ar": "التصريحات"},
    "on_issue": {"en": "With a position on the issue", "ar": "منها ذات موقف من القضية"},
    "articles": {"en": "Articles", "ar": "المقالات"},
    "kind": {"en": "What", "ar": "النوع"},
    "places": {"en": "Places", "ar": "المواضع"},
    "characters": {"en": "Characters", "ar": "الأحرف"},
    "rules": {"en": "Found by", "ar": ""},
    "reason": {"en": "Why", "ar": "السبب"},
    "mend": {"en": "How to mend it", "ar": "ما العمل"},
    "duplicate": {"en": "repeats", "ar": "يكرر"},
    "comma": {"en": ", ", "ar": "، "},
    "none": {"en": "none", "ar": "لا شيء"},
    "nothing_skipped": {
        "en": "Every file was used, and no article repeats another.",
        "ar": "استُخدمت الملفات كلها، ولا مقال يكرر غيره.",
    },
    "nothing_removed": {"en": "Nothing was removed.", "ar": "لم يُحذف شيء."},
    "actor": {"en": "Actor", "ar": "الطرف"},
    "camp": {"en": "Camp", "ar": "المعسكر"},
    "mean": {"en": "Mean (n)", "ar": "المتوسط (العدد)"},
    "range": {"en": "Range", "ar": "المدى"},
    "from_to": {"en": "{low} to {high}", "ar": "من {low} إلى {high}"},
    "forecasts": {"en": "Forecasts", "ar": "التوقعات"},
    "evidence": {"en": "Evidence", "ar": "الأدلة"},
    "step": {"en": "Step", "ar": "الدرجة"},
    "label": {"en": "Label", "ar": "التسمية"},
    "definition": {"en": "The statement …", "ar": "مضمون التصريح"},
    "when": {"en": "When", "ar": "متى"},
    "event": {"en": "Event", "ar": "الحدث"},
    "status": {"en": "Status", "ar": "الحالة"},
    "more": {"en": "and {n} more", "ar": "وغيرها ({n})"},
    "capped": {
        "en": "Printed are the first {most} of {n} statements; the tables of the build hold them all.",
        "ar": "طُبعت هنا أولى التصريحات ({most} من {n})، وهي كلها في جداول البناء.",
    },
    "no_statements": {"en": "No statement was found.", "ar": "لم يُعثر على أي تصريح."},
    "no_position": {"en": "no position on this issue", "ar": "لا موقف من هذه القضية"},
    "no_speaker": {"en": "no speaker found", "ar": "بلا متحدث معروف"},
    "not_listed": {"en": "not in the register", "ar": "غير مسجل"},
    "cue": {"en": "cue: {cue}", "ar": "أداة النسبة: {cue}"},
    "outlet_not_known": {"en": "outlet unknown", "ar": "وسيلة غير معروفة"},
    "untitled": {"en": "Article without a title", "ar": "مقال بلا عنوان"},
    "open_source": {"en": "open in the article", "ar": "افتح موضعه في المقال"},
    "gloss": {"en": "Gloss", "ar": "المعنى بالإنجليزية"},
    "undated": {"en": "undated", "ar": "بلا تاريخ"},
    "no_milestones": {"en": "The issue file names no milestone.", "ar": "لا يذكر ملف القضية موعداً متفقاً عليه."},
    "compared": {"en": "Compared", "ar": "المقارنة"},
    "measure": {"en": "Measure", "ar": "المقياس"},
    "value": {"en": "Value", "ar": "القيمة"},
    "interval": {"en": "95% interval", "ar": "فترة الثقة 95%"},
    "cases": {"en": "Cases", "ar": "الحالات"},
    "coders": {"en": "the two reference codings", "ar": "الترميزان المرجعيان"},
    "rules_consensus": {"en": "rules and consensus", "ar": "القواعد والإجماع"},
    "abstentions": {
        "en": "share of statements on the issue left without a stance",
        "ar": "نسبة ما تُرك بلا موقف من تصريحات القضية",
    },
    "no_reference": {
        "en": "No document of this corpus has a reference coding.",
        "ar": "لا ترميز مرجعياً لأي وثيقة هنا.",
    },
    "milestone_silent": {"en": "No statement speaks of it.", "ar": "لا تصريح يتناوله."},
}
NAMES: dict[str, dict[str, str]] = {
    "stated": {"en": "stated in the article", "ar": "مذكور في المقال"},
    "given": {"en": "given with the file", "ar": "مرفق بالملف"},
    "inferred": {"en": "inferred from the text", "ar": "مستنتج من النص"},
    "unknown": {"en": "unknown", "ar": "غير معروف"},
    "position": {"en": "position", "ar": "موقف"},
    "demand": {"en": "demand", "ar": "مطالبة"},
    "forecast": {"en": "forecast", "ar": "توقع"},
    "condition": {"en": "condition", "ar": "اشتراط"},
    "denial": {"en": "denial", "ar": "نفي"},
    "fact": {"en": "account of facts", "ar": "إخبار"},
    "direct_quote": {"en": "quoted", "ar": "اقتباس"},
    "indirect": {"en": "reported", "ar": "نقل غير مباشر"},
    "mixed": {"en": "partly quoted", "ar": "اقتباس جزئي"},
    "rules": {"en": "coded by rules", "ar": "رمّزته القواعد"},
    "reference": {"en": "reference coding", "ar": "ترميز مرجعي"},
    "analyst": {"en": "corrected by an analyst", "ar": "صححه محلل"},
    "past": {"en": "happened", "ar": "حدث"},
    "planned": {"en": "planned when written", "ar": "كان مقرراً وقت النشر"},
    "hypothetical": {"en": "possible: forecast or demanded", "ar": "محتمل: متوقَّع أو مطلوب"},
}
assert set(MODALITIES) <= set(NAMES)


def word(key: str, language: str, **values: object) -> str:
    """Return an interface text."""
    return (WORDS.get(key) or NAMES[key])[language].format(**values)
