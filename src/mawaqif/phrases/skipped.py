"""Arabic for what `ingest` says of files it could not use: reasons by pattern, advice word for word."""

from __future__ import annotations

import re

from mawaqif.arabic.numerals import LRI, PDI
from mawaqif.untrusted import encode

_REASONS: tuple[tuple[str, str], ...] = (
    (r"the folder cannot be opened \((.+)\)", "تعذر فتح المجلد ({})"),
    (r"a link to a folder is not followed", "الرابط إلى مجلد لا يُتبع"),
    (r"a link that leads out of the folder is not followed", "الرابط إلى خارج المجلد لا يُتبع"),
    (r"the link leads back to itself", "الرابط يعود إلى نفسه"),
    (r"files of other kinds were not read \((.+)\)", "لم تُقرأ ملفات من أنواع أخرى ({})"),
    (r"its id '(.+)' is already used by (.+)", "المعرّف {} مستعمل في {}"),
    (r"the file disappeared while .+", "اختفى الملف أثناء القراءة، أو أن رابطه لا يؤدي إلى شيء"),
    (r"the file may not be read", "لا إذن بقراءة الملف"),
    (r"the file cannot be read \((.+)\)", "تعذرت قراءة الملف ({})"),
    (r"the file is empty", "الملف فارغ"),
    (r"this is not a regular file", "ليس هذا ملفاً عادياً"),
    (r"the file changed while it was read", "تغير الملف أثناء قراءته"),
    (r"the row is more than the (\d+) MiB that one document may have", "السطر يفوق حد المقال الواحد، وهو {} MiB"),
    (r"(.+) is more than the (\d+) MiB that one document may have", "الحجم {} يفوق حد المقال الواحد، وهو {} MiB"),
    (r"the file is binary, not text", "الملف ثنائي وليس نصاً"),
    (r"not valid UTF-8 \(byte (\d+)\).*", "ليس بترميز UTF-8 سليم (البايت {}) ولا بترميز عربي آخر معروف"),
    (r"begins as (\S+) but breaks it at byte (\d+)", "يبدأ بترميز {} ويخالفه عند البايت {}"),
    (r"the document has no Arabic in it", "لا عربية في المقال"),
    (r"the document is not Arabic \((\d+%) of its letters\)", "ليس المقال بالعربية (حصتها من حروفه {})"),
    (r"the document is in (.+), not Arabic", "المقال بلغة أخرى ({}) لا بالعربية"),
    (r"the row is not UTF-8 \(byte (\d+)\)", "ليس السطر بترميز UTF-8 (البايت {})"),
    (r"the row is not JSON \((.+)\)", "ليس السطر بصيغة JSON ({})"),
    (r"the row is not a JSON object", "ليس السطر كائناً بصيغة JSON"),
    (r"the table has no text column", "لا عمود للنص في الجدول"),
    (r"the table cannot be read from this row on \((.+)\)", "تعذرت قراءة الجدول من هذا السطر ({})"),
    (r"the row has more cells than the header", "في السطر خانات أكثر مما في رأس الجدول"),
    (r"the file has no rows", "لا أسطر في الملف"),
    (r"the row has no text", "لا نص في السطر"),
    (r"the text of the row is empty", "نص السطر فارغ"),
    (r"its date is unknown", "تاريخ نشره غير معروف"),
    (r"outside the period", "نُشر خارج المدة المختارة"),
)
_COMPILED = tuple((re.compile(pattern), arabic) for pattern, arabic in _REASONS)

_MENDS = {
    "Give read permission.": "امنح إذن القراءة.",
    "Copy the folder in instead of linking to it.": "انسخ المجلد إلى هنا بدل الرابط.",
    "Copy the file in instead of linking to it.": "انسخ الملف إلى هنا بدل الرابط.",
    "Rename one of the two: the name without its suffix is the id.": "غيّر اسم أحدهما: فالاسم دون لاحقته هو المعرّف.",
    "Give each row an id of its own.": "اجعل لكل سطر معرّفاً خاصاً به.",
    "Replace it by the file.": "ضع الملف نفسه مكانه.",
    "Put quotation marks around the text.": "ضع النص بين علامتي تنصيص.",
    "Close the quotation marks, or export the table again.": "أغلق علامات التنصيص، أو صدّر الجدول من جديد.",
    "Run again.": "أعد التشغيل.",
    "Run again when it has been written.": "أعد التشغيل بعد اكتمال كتابته.",
    "Check the disk, or copy the file anew.": "افحص القرص، أو انسخ الملف من جديد.",
    "Save the article again, or delete the file.": "احفظ المقال من جديد، أو احذف الملف.",
    "Replace the pipe or device by a file.": "ضع ملفاً مكان الأنبوب أو الجهاز.",
    "Split it into one article each.": "اقسمه، لكل مقال ملف.",
    "Save the article as plain text in UTF-8.": "احفظ المقال نصاً مجرداً بترميز UTF-8.",
    "Save it again in UTF-8.": "احفظه من جديد بترميز UTF-8.",
    "Save the file again in UTF-8.": "احفظ الملف من جديد بترميز UTF-8.",
    "Remove it, or save the Arabic version of the page.": "احذفه، أو احفظ نسخة الصفحة العربية.",
    "Save the Arabic version.": "احفظ النسخة العربية.",
    "Remove it, or save the Arabic version.": "احذفه، أو احفظ النسخة العربية.",
    "Correct that line, or remove it.": "صحح هذا السطر، أو احذفه.",
    'Write it as {"id": ..., "text": ...}.': "اكتبه بهذه الصيغة: {}.",
    "Export the table again, or delete the file.": "صدّر الجدول من جديد، أو احذف الملف.",
    "Name the column with the articles 'text'.": "سمّ عمود المقالات {}.",
    "Export it again in UTF-8.": "صدّره من جديد بترميز UTF-8.",
    "Name the field with the article 'text'.": "سمّ حقل المقال {}.",
    "Leave out --since and --until to include it.": "احذف {} و{} ليدخل في التقرير.",
    "Complete it, or remove the row.": "أكمله، أو احذف السطر.",
}
_CODE = re.compile(r"\{\".+\}|'text'|--\w+")
_GAP = "GAP"
_ONLY = re.compile(r"Only (.+) are read\.")


def isolate_code(text: str) -> str:
    """Return a file's name, an id or another code, encoded and kept from left to right in a line of Arabic."""
    return f"{LRI}{encode(text)}{PDI}"


def say_reason(reason: str, language: str) -> str:
    """Return why a file was not used, encoded; in Arabic one that is not known stays as it is, isolated."""
    if language != "ar":
        return encode(reason)
    for pattern, arabic in _COMPILED:
        if match := pattern.fullmatch(reason):
            return _fill(arabic, *match.groups())
    return isolate_code(reason)


def say_mend(mend: str, language: str) -> str:
    """Return what to do about it, likewise."""
    if language != "ar":
        return encode(mend)
    if match := _ONLY.fullmatch(mend):
        return _fill("لا يُقرأ إلا {}.", match[1])
    if arabic := _MENDS.get(mend):
        return _fill(arabic, *_CODE.findall(mend))
    return isolate_code(mend) if mend else ""


def _fill(arabic: str, *codes: str) -> str:
    """Put isolated codes into the gaps of an Arabic sentence of ours, whose brackets and signs are encoded too."""
    first, *rest = encode(arabic.replace("{}", _GAP)).split(_GAP)
    return first + "".join(isolate_code(code) + part for code, part in zip(codes, rest, strict=True))
