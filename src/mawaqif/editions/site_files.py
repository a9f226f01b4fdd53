"""Makes the files around the editions: the list of them, `latest/`, the Atom feed.

Pages are made from manifests alone, so that a site can be checked against them at any time, and without pandas, so that
nothing new is found in no longer than it takes to read them.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from mawaqif.digests import digest_file
from mawaqif.editions.page_frame import WORDS, make_page, name_edition
from mawaqif.editions.store import LIST, MANIFEST, Copied, Edition
from mawaqif.settings import LANGUAGES


def make_site_files(editions: Sequence[Edition]) -> dict[str, bytes | Copied]:
    """Return every file around the editions by its path in the site, in the order in which they are written.

    The list of editions comes last: what is in it has all its pages (`verify` rests on that).

    Args:
        editions: All editions, oldest first; their folders are only read for the manifests' checksums.

    Returns:
        The bytes of each file, or which file of an edition it is a copy of.
    """
    files: dict[str, bytes | Copied] = {"index.html": _make_index(editions)}
    if editions:
        files["feed.atom"] = make_feed([e.manifest for e in editions])
        files |= _make_latest(editions[-1])
    files[LIST] = make_list(editions)
    return files


def make_list(editions: Sequence[Edition]) -> bytes:
    """Return the list of editions for programs, newest first, with the checksums of their manifests."""
    listed = [
        {
            "id": edition.id,
            "sequence": edition.sequence,
            "published": edition.manifest["published"],
            "manifest": digest_file(edition.folder / MANIFEST),
        }
        for edition in reversed(editions)
    ]
    return (json.dumps({"editions": listed}, indent=2) + "\n").encode()


def _make_index(editions: Sequence[Edition]) -> bytes:
    title = editions[-1].manifest["title"] if editions else {"en": "Mawaqif", "ar": "مواقف"}
    parts: dict[str, str] = {}
    for language in LANGUAGES:
        words = {key: texts[language] for key, texts in WORDS.items()}
        lines = [f"<h2>{words['editions']}</h2>"]
        lines += ["<ul>"] if editions else [f"<p>{words['none']}</p>"]
        for edition in reversed(editions):
            name = escape(name_edition(edition.manifest, language))
            told = escape(edition.manifest["summary"][language])
            lines.append(f'<li><a href="editions/{escape(edition.id)}/index.html">{name}</a><br>{told}</li>')
        lines += ["</ul>", f'<p><a href="feed.atom">{words["feed"]}</a></p>'] if editions else []
        parts[language] = "\n".join(lines)
    return make_page(title, parts, up="")


def _make_latest(edition: Edition) -> dict[str, bytes | Copied]:
    """Return what stands under names that stay: copies of the newest edition's PDFs, and pages that lead to the rest.

    A page can lead on; a PDF cannot, and is what people link to and print.
    """
    files: dict[str, bytes | Copied] = {}
    for brief in edition.manifest["briefs"]:
        for file in brief["files"]:
            path = file["path"]
            name = f"latest/{brief['name']}.{file['language']}.{path.rpartition('.')[2]}"
            if path.endswith(".html"):
                files[name] = _lead_to(f"../editions/{edition.id}/{path}", edition.manifest["title"])
            else:
                files[name] = Copied(edition.folder / path, edition.manifest["outputs"][path]["sha256"])
    files["latest/index.html"] = _lead_to(f"../editions/{edition.id}/index.html", edition.manifest["title"])
    return files


def _lead_to(target: str, title: Mapping[str, str]) -> bytes:
    link = escape(target)
    parts = {
        language: f'<p>{WORDS["moving"][language]}</p><p><a href="{link}">{WORDS["newest"][language]}</a></p>'
        for language in LANGUAGES
    }
    return make_page(title, parts, up="../", head=f'<meta http-equiv="refresh" content="0; url={link}">\n')


def make_feed(manifests: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the Atom feed of the editions (RFC 4287), newest first; its ids do not depend on where the site lies."""
    newest = manifests[-1]
    series, base = uuid.UUID(newest["series"]), str(newest.get("url") or "")
    entries = "".join(_entry(manifest, series, base) for manifest in reversed(manifests))
    own = f'<link rel="self" href="{escape(base)}feed.atom"/>' if base else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        f"<id>{series.urn}</id>\n<title>{escape(newest['title']['en'])}</title>\n"
        f"<updated>{newest['published']}</updated>\n<author><name>Mawaqif</name></author>\n"
        f'{own}<link rel="alternate" type="text/html" href="{escape(base)}index.html"/>\n{entries}</feed>\n'
    ).encode()


def _entry(manifest: Mapping[str, Any], series: uuid.UUID, base: str) -> str:
    link = escape(f"{base}editions/{manifest['edition']}/index.html")
    told = "\n".join(manifest["summary"][language] for language in LANGUAGES)
    return (
        f"<entry>\n<id>{uuid.uuid5(series, manifest['edition']).urn}</id>\n"
        f"<title>{escape(manifest['title']['en'])}: {escape(name_edition(manifest, 'en'))}</title>\n"
        f"<updated>{manifest['published']}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{link}"/>\n'
        f"<summary>{escape(told)}</summary>\n</entry>\n"
    )
