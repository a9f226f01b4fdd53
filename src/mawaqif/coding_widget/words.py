"""The words of the coding sheet in both languages."""

from __future__ import annotations

WORDS = {
    "en": {
        "other": "Another issue, or none",
        "position": "Position", "demand": "Demand", "forecast": "Forecast", "condition": "Condition",
        "denial": "Denial", "fact": "Fact",
        "speaker": "Speaker", "speaker_hint": "Registered, or write a new name", "issue": "Issue",
        "stance": "Step of the scale", "no_position": "No position", "modality": "Kind of statement",
        "unsure": "I am not sure", "note": "Note",
        "accept": "Accept", "save": "Save", "reject": "No statement", "withdraw": "Undo",
        "add": "Add selection", "respan": "Use selection", "split": "Split at selection", "merge": "Merge with next",
        "previous": "Previous", "next": "Next", "statement": "Statement", "of": "of", "decided": "decided",
        "blind": "Blind: what was predicted is hidden.", "saved": "Saved", "saving": "Saving ...",
        "lost": "Not saved: the kernel does not answer. Run the cell again; what was saved before is kept.",
        "nothing": "There is nothing to code.", "missing": "The article is not in this corpus.",
        "done_accept": "accepted", "done_change": "changed", "done_reject": "no statement", "done_add": "added",
        "done_withdraw": "taken back", "select_first": "Select words of the article first.",
        "open": "not decided", "choose": "Choose issue, step and kind first.",
    },
    "ar": {
        "other": "قضية أخرى أو لا قضية",
        "position": "موقف", "demand": "مطالبة", "forecast": "توقع", "condition": "شرط", "denial": "نفي", "fact": "خبر",
        "speaker": "المتحدث", "speaker_hint": "من السجل، أو اكتب اسماً جديداً", "issue": "القضية",
        "stance": "الدرجة على المقياس", "no_position": "لا موقف", "modality": "نوع القول",
        "unsure": "لست متأكداً", "note": "ملاحظة",
        "accept": "قبول", "save": "حفظ", "reject": "ليس تصريحاً", "withdraw": "تراجع",
        "add": "إضافة المحدد", "respan": "اعتماد المحدد", "split": "قسمة عند المحدد", "merge": "دمج مع التالي",
        "previous": "السابق", "next": "التالي", "statement": "التصريح", "of": "من", "decided": "محسوم",
        "blind": "ترميز أعمى: أُخفي ما تُوقّع.", "saved": "حُفظ", "saving": "جارٍ الحفظ ...",
        "lost": "لم يُحفظ: النواة لا تجيب. شغّل الخلية من جديد؛ ما حُفظ من قبل باقٍ.",
        "nothing": "لا شيء للترميز.", "missing": "المقال ليس في هذه المجموعة.",
        "done_accept": "قُبل", "done_change": "غُيّر", "done_reject": "ليس تصريحاً", "done_add": "أُضيف",
        "done_withdraw": "تُروجع عنه", "select_first": "حدد كلمات من المقال أولاً.",
        "open": "لم يُحسم", "choose": "اختر القضية والدرجة ونوع القول أولاً.",
    },
}  # fmt: skip
