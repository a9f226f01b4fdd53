"""Lays out a page of the site, in both languages, without script or request to anywhere; needs no table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from mawaqif.render.sources import date_in_words
from mawaqif.settings import LANGUAGES

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2933;--pale:#5f6b76;--accent:#00667a;--rule:#d5dade;--box:#f3f5f7}
@media(prefers-color-scheme:dark){:root{--paper:#14191d;--ink:#e6eaed;--pale:#a9b3bc;--accent:#6cc5d6;--rule:#39434c;
--box:#1c2429}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:1.1rem/1.6 Amiri,'Noto Naskh Arabic','Times New Roman',serif;overflow-wrap:break-word}
main{max-width:72rem;margin:auto;padding:1.5rem;display:grid;gap:3rem;
grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
header{border-top:6px solid var(--accent);max-width:72rem;margin:auto;padding:1.5rem 1.5rem 0}
h1{font-size:1.9rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.3rem;margin:2rem 0 .4rem;color:var(--accent)}
h3{font-size:1.05rem;margin:1.2rem 0 .2rem}p{margin:.4rem 0}ul{margin:.3rem 0;padding-inline-start:1.3rem}
li{margin:.25rem 0}.about{color:var(--pale)}a{color:var(--accent);text-underline-offset:.2em}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
blockquote{margin:.3rem 0;padding:.2rem .8rem;background:var(--box);border-inline-start:3px solid var(--rule)}
[dir=rtl]{line-height:1.8}
"""
WORDS: dict[str, dict[str, str]] = {
    "editions": {"en": "Editions", "ar": "الإصدارات"},
    "edition": {"en": "Edition {n}, {day}", "ar": "الإصدار {n}، {day}"},
    "newest": {"en": "The newest edition", "ar": "أحدث إصدار"},
    "changed": {"en": "What changed", "ar": "ما الذي تغيّر"},
    "reports": {"en": "Reports", "ar": "التقارير"},
    "data": {"en": "Data", "ar": "البيانات"},
    "made": {"en": "How it was made", "ar": "كيف أُعدّ"},
    "left_out": {"en": "Left out", "ar": "ما تُرك"},
    "workbook": {"en": "All tables as one workbook (XLSX)", "ar": "الجداول كلها في مصنف واحد (XLSX)"},
    "package": {
        "en": "Description of the CSV and parquet tables (Frictionless data package)",
        "ar": "وصف الجداول بصيغتي CSV وparquet (حزمة بيانات Frictionless)",
    },
    "codebook": {"en": "Codebook: what every column means", "ar": "دليل الترميز: معنى كل عمود"},
    "changes": {"en": "The differences as JSON", "ar": "الفروق بصيغة JSON"},
    "manifest": {"en": "Inputs, versions and checksums", "ar": "المدخلات والإصدارات والبصمات"},
    "all": {"en": "All editions", "ar": "كل الإصدارات"},
    "feed": {"en": "Feed", "ar": "خلاصة Atom"},
    "before": {"en": "The edition before", "ar": "الإصدار السابق"},
    "counts": {
        "en": "Documents: {documents}; statements: {statements}; actors: {actors}.",
        "ar": "الوثائق: {documents}؛ التصريحات: {statements}؛ الأطراف: {actors}.",
    },
    "none": {"en": "No edition has been published yet.", "ar": "لم يُنشر أي إصدار بعد."},
    "language_en": {"en": "in English", "ar": "بالإنجليزية"},
    "language_ar": {"en": "in Arabic", "ar": "بالعربية"},
    "moving": {"en": "This page leads to the newest edition.", "ar": "تقود هذه الصفحة إلى أحدث إصدار."},
}


def name_edition(manifest: Mapping[str, Any], language: str) -> str:
    """Return what an edition is called: its number and its day."""
    day = date.fromisoformat(manifest["day"])
    return WORDS["edition"][language].format(n=manifest["sequence"], day=date_in_words(day, language))


def make_page(title: Mapping[str, str], parts: Mapping[str, str], *, up: str, head: str = "") -> bytes:
    """Return a page with one column a language."""
    columns = "\n".join(
        f'<section lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">\n'
        f"<h1>{escape(title[language])}</h1>\n{parts[language]}\n</section>"
        for language in LANGUAGES
    )
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n{head}'
        f"<title>{escape(title['en'])} · {escape(title['ar'])}</title>\n"
        f'<link rel="alternate" type="application/atom+xml" href="{up}feed.atom" title="Mawaqif">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<header></header>\n<main>\n{columns}\n</main>\n</body>\n</html>\n"
    ).encode()
