"""Makes the pages around the reports: an edition's own, the list of editions, `latest/`, the Atom feed.

Every page is one file in both languages, without script or request to anywhere, and works from a folder, a web server
or object storage. They are made from manifests alone, so that a site can be checked against them at any time.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from mawaqif.arabic.numerals import day_in_words
from mawaqif.briefs import FULL
from mawaqif.change_story import ChangeStory
from mawaqif.editions.changes import set_paragraph
from mawaqif.editions.store import MANIFEST, Edition
from mawaqif.phrases import english

CHANGES = "changes.json"
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
_WORDS: dict[str, dict[str, str]] = {
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
_LANGUAGES = ("en", "ar")
_WITH_PASSAGES = ("positions", "milestones", "corrections", "rules")
MOST_PASSAGES = 4
"""Passages printed under a sentence on what changed; the links lead to all of them."""


def make_edition_page(
    manifest: Mapping[str, Any], stories: Mapping[str, ChangeStory], *, passages: Mapping[str, str]
) -> bytes:
    """Return the page of one edition: what changed first, then the reports, the data and how it was made.

    Args:
        manifest: The manifest, as far as it is known before the outputs have checksums.
        stories: What changed, by language.
        passages: The words of each statement, by id (untrusted text).
    """
    parts = {language: _tell_edition(manifest, stories[language], passages, language) for language in _LANGUAGES}
    return _page(manifest["title"], parts, up="../../")


def _tell_edition(manifest: Mapping[str, Any], story: ChangeStory, passages: Mapping[str, str], language: str) -> str:
    words = {key: texts[language] for key, texts in _WORDS.items()}
    lines = [f'<p class="about">{escape(_name_edition(manifest, language))}</p>']
    lines += [f"<h2>{words['changed']}</h2>", *_tell_story(story, passages, _find_report(manifest, language))]
    lines.append(f"<h2>{words['reports']}</h2><ul>")
    for brief in manifest["briefs"]:
        title = brief["title"].get(language) or next(iter(brief["title"].values()))
        links = [
            f'<a href="{escape(file["path"])}" hreflang="{file["language"]}">'
            f"{file['path'].rsplit('.', 1)[1].upper()} {words['language_' + file['language']]}</a>"
            for file in sorted(brief["files"], key=lambda file: file["language"] != language)
        ]
        lines.append(f"<li><bdi>{escape(title)}</bdi><br>{' · '.join(links)}</li>")
    lines.append(f"</ul><h2>{words['data']}</h2><ul>")
    for key, path in (
        ("workbook", "data/mawaqif.xlsx"),
        ("package", "data/datapackage.json"),
        ("codebook", "data/codebook.csv"),
        ("changes", CHANGES),
    ):
        lines.append(f'<li><a href="{path}">{words[key]}</a></li>')
    lines.append(f"</ul><h2>{words['made']}</h2><p>{words['counts'].format(**manifest['counts'])}</p>")
    lines.append(f'<p><a href="{MANIFEST}">{words["manifest"]}</a></p>')
    lines += _tell_left_out(manifest, words)
    if manifest.get("previous"):
        lines.append(f'<p><a href="../{escape(manifest["previous"])}/index.html">{words["before"]}</a></p>')
    lines.append(f'<p><a href="../../index.html">{words["all"]}</a></p>')
    return "\n".join(lines)


def _tell_left_out(manifest: Mapping[str, Any], words: Mapping[str, str]) -> list[str]:
    skipped = manifest.get("skipped", {})
    left = [(d["path"], d["reason"]) for d in skipped.get("documents", [])]
    left += [(b["name"], b["reason"]) for b in skipped.get("briefs", [])]
    if not left:
        return []
    items = [f"<li><bdi>{escape(name)}</bdi>: <bdi lang='en'>{escape(reason)}</bdi></li>" for name, reason in left[:40]]
    return [f"<h3>{words['left_out']}</h3><ul>", *items, "</ul>"]


def _find_report(manifest: Mapping[str, Any], language: str) -> str:
    """Return the path of the full report's page, in this language where it has one, or nothing."""
    pages = [f for b in manifest["briefs"] if b["name"] == FULL for f in b["files"] if f["path"].endswith(".html")]
    return next((f["path"] for f in sorted(pages, key=lambda f: f["language"] != language)), "")


def _tell_story(story: ChangeStory, passages: Mapping[str, str], report: str) -> list[str]:
    """Return the story as HTML; its statements are links into the report, and the first few stand below in full."""
    lines = [f"<p>{set_paragraph(story.opening, report=report).html}</p>"]
    for section in story.sections:
        lines.append(f"<h3>{escape(section.title)}</h3>")
        for markdown in section.paragraphs:
            paragraph = set_paragraph(markdown, report=report)
            lines.append(f"<p>{paragraph.html}</p>")
            if section.id in _WITH_PASSAGES:
                told = [passages[i] for i in paragraph.statement_ids if i in passages][:MOST_PASSAGES]
                lines += [f'<blockquote lang="ar" dir="rtl">{escape(" ".join(q.split()))}</blockquote>' for q in told]
    return lines


def _name_edition(manifest: Mapping[str, Any], language: str) -> str:
    day = date.fromisoformat(manifest["day"])
    told = day_in_words(day) if language == "ar" else english.day(day)
    return _WORDS["edition"][language].format(n=manifest["sequence"], day=told)


def _page(title: Mapping[str, str], parts: Mapping[str, str], *, up: str, head: str = "") -> bytes:
    """Return a page with one column a language."""
    columns = "\n".join(
        f'<section lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">\n'
        f"<h1>{escape(title[language])}</h1>\n{parts[language]}\n</section>"
        for language in _LANGUAGES
    )
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n{head}'
        f"<title>{escape(title['en'])} · {escape(title['ar'])}</title>\n"
        f'<link rel="alternate" type="application/atom+xml" href="{up}feed.atom" title="Mawaqif">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<header></header>\n<main>\n{columns}\n</main>\n</body>\n</html>\n"
    ).encode()


# --- around the editions ---------------------------------------------------------------------------------------------


def make_site_files(editions: Sequence[Edition]) -> dict[str, bytes]:
    """Return every file around the editions by its path in the site, in the order in which they are written.

    The list of editions comes first: whoever reads it finds whole editions only. `latest/` is switched last.

    Args:
        editions: All editions, oldest first; their folders are only read for the manifests' checksums.
    """
    files = {"editions.json": _list_for_programs(editions), "index.html": _make_index(editions)}
    if editions:
        files["feed.atom"] = make_feed([e.manifest for e in editions])
        files |= _make_latest(editions[-1])
    return files


def _list_for_programs(editions: Sequence[Edition]) -> bytes:
    listed = [
        {
            "id": edition.id,
            "sequence": edition.sequence,
            "published": edition.manifest["published"],
            "manifest": hashlib.sha256((edition.folder / MANIFEST).read_bytes()).hexdigest(),
        }
        for edition in reversed(editions)
    ]
    return (json.dumps({"editions": listed}, indent=2) + "\n").encode()


def _make_index(editions: Sequence[Edition]) -> bytes:
    title = editions[-1].manifest["title"] if editions else {"en": "Mawaqif", "ar": "مواقف"}
    parts: dict[str, str] = {}
    for language in _LANGUAGES:
        words = {key: texts[language] for key, texts in _WORDS.items()}
        lines = [f"<h2>{words['editions']}</h2>"]
        lines += ["<ul>"] if editions else [f"<p>{words['none']}</p>"]
        for edition in reversed(editions):
            name = escape(_name_edition(edition.manifest, language))
            told = escape(edition.manifest["summary"][language])
            lines.append(f'<li><a href="editions/{escape(edition.id)}/index.html">{name}</a><br>{told}</li>')
        lines += ["</ul>", f'<p><a href="feed.atom">{words["feed"]}</a></p>'] if editions else []
        parts[language] = "\n".join(lines)
    return _page(title, parts, up="")


def _make_latest(edition: Edition) -> dict[str, bytes]:
    """Return the pages that lead to the newest edition and to each of its HTML reports, under names that stay."""
    files = {"latest/index.html": _lead_to(f"../editions/{edition.id}/index.html", edition.manifest["title"])}
    for brief in edition.manifest["briefs"]:
        for file in brief["files"]:
            if file["path"].endswith(".html"):
                name = f"latest/{brief['name']}.{file['language']}.html"
                files[name] = _lead_to(f"../editions/{edition.id}/{file['path']}", edition.manifest["title"])
    return files


def _lead_to(target: str, title: Mapping[str, str]) -> bytes:
    link = escape(target)
    parts = {
        language: f'<p>{_WORDS["moving"][language]}</p><p><a href="{link}">{_WORDS["newest"][language]}</a></p>'
        for language in _LANGUAGES
    }
    return _page(title, parts, up="../", head=f'<meta http-equiv="refresh" content="0; url={link}">\n')


def make_feed(manifests: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the Atom feed of the editions (RFC 4287), newest first; its ids do not depend on where the site lies."""
    newest = manifests[-1]
    series, base = uuid.UUID(newest["series"]), str(newest.get("url") or "")
    entries = "".join(_entry(manifest, series, base) for manifest in reversed(manifests))
    own = f'<link rel="self" href={quoteattr(base + "feed.atom")}/>' if base else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<id>{series.urn}</id>\n<title>{escape_xml(newest['title']['en'])}</title>\n"
        f"<updated>{newest['published']}</updated>\n<author><name>Mawaqif</name></author>\n"
        f'{own}<link rel="alternate" type="text/html" href={quoteattr(base + "index.html")}/>\n{entries}</feed>\n'
    ).encode()


def _entry(manifest: Mapping[str, Any], series: uuid.UUID, base: str) -> str:
    link = quoteattr(f"{base}editions/{manifest['edition']}/index.html")
    told = "\n".join(manifest["summary"][language] for language in _LANGUAGES)
    return (
        f"<entry>\n<id>{uuid.uuid5(series, manifest['edition']).urn}</id>\n"
        f"<title>{escape_xml(manifest['title']['en'])}: {escape_xml(_name_edition(manifest, 'en'))}</title>\n"
        f"<updated>{manifest['published']}</updated>\n"
        f'<link rel="alternate" type="text/html" href={link}/>\n'
        f"<summary>{escape_xml(told)}</summary>\n</entry>\n"
    )
