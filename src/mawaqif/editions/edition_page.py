"""Makes the page of one edition: what changed since the last one, then all that it holds."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from mawaqif.briefs import FULL
from mawaqif.change_story import ChangeStory
from mawaqif.editions.changes import set_paragraph
from mawaqif.editions.page_frame import WORDS, make_page, name_edition
from mawaqif.editions.store import MANIFEST
from mawaqif.settings import LANGUAGES

CHANGES = "changes.json"
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
    parts = {language: _tell_edition(manifest, stories[language], passages, language) for language in LANGUAGES}
    return make_page(manifest["title"], parts, up="../../")


def _tell_edition(manifest: Mapping[str, Any], story: ChangeStory, passages: Mapping[str, str], language: str) -> str:
    words = {key: texts[language] for key, texts in WORDS.items()}
    lines = [f'<p class="about">{escape(name_edition(manifest, language))}</p>']
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
