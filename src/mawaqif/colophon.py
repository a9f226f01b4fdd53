"""What a report was made from, by which program and how to cite it, as a table for the method section."""

from __future__ import annotations

import hashlib
from datetime import date
from importlib.metadata import version

from mawaqif import __version__
from mawaqif.aggregate.attribution import name_camp
from mawaqif.aggregate.claims import parse_day
from mawaqif.arabic.numerals import day_in_words
from mawaqif.charts.calendar_axis import describe_days
from mawaqif.phrases import english
from mawaqif.sheets.parts import Markdown, make_table, name_code
from mawaqif.tables import Tables
from mawaqif.untrusted import encode

LIBRARIES = ("pandas", "numpy", "pyarrow", "plotly", "simplemma", "hijridate")
"""Libraries whose version can move a figure or a table."""
WORDS: dict[str, dict[str, str]] = {
    "what": {"en": "What", "ar": "البند"},
    "value": {"en": "Value", "ar": "القيمة"},
    "issue": {"en": "Issue", "ar": "القضية"},
    "corpus": {"en": "Folder of articles", "ar": "مجلد المقالات"},
    "checksum": {"en": "Checksum of the articles", "ar": "بصمة المقالات"},
    "since": {"en": "Published from", "ar": "النشر من"},
    "until": {"en": "Published until", "ar": "النشر حتى"},
    "since_and_until": {"en": "Published from and until", "ar": "النشر من وحتى"},
    "brief": {"en": "Brief", "ar": "الموجز"},
    "actor": {"en": "Only statements by", "ar": "تصريحات هذا الطرف وحده"},
    "camp": {"en": "Only statements by the camp", "ar": "تصريحات هذه الفئة وحدها"},
    "least": {
        "en": "Statements on the scale below which a report has no findings and charts",
        "ar": "عدد التصريحات على المقياس الذي لا نتائج ولا أشكال في التقرير دونه",
    },
    "minimum": {
        "en": "Statements on the scale below which an actor is left out of charts",
        "ar": "عدد التصريحات على المقياس الذي لا يظهر الطرف في الأشكال دونه",
    },
    "program": {"en": "Program", "ar": "البرنامج"},
    "vocabulary": {"en": "Checksum of the vocabulary", "ar": "بصمة المعجم"},
    "libraries": {"en": "Libraries", "ar": "المكتبات البرمجية"},
    "days": {"en": "Articles published", "ar": "نشر المقالات"},
    "cite": {"en": "How to cite", "ar": "صيغة الاستشهاد"},
    "bibtex": {"en": "The same for a bibliography", "ar": "الصيغة نفسها لقوائم المراجع"},
    "no_limit": {"en": "no limit", "ar": "بلا حد"},
    "mawaqif": {"en": "Mawaqif", "ar": "مواقف"},
    "citation": {
        "en": "Mawaqif. “{title}.” Articles up to {last}. Version {version}, articles {checksum}.",
        "ar": "مواقف. «{title}». مقالات حتى {last}. الإصدار {version}، بصمة المقالات {checksum}.",
    },
    "undated_citation": {
        "en": "Mawaqif. “{title}.” Version {version}, articles {checksum}.",
        "ar": "مواقف. «{title}». الإصدار {version}، بصمة المقالات {checksum}.",
    },
}


def list_parameters(tables: Tables) -> Markdown:
    """Return the parameters, the program's version and the citation of a report as a table."""
    parameters = tables.parameters
    language = parameters.language
    issue_title = tables.issue.title.in_language(language)
    title = parameters.title or issue_title
    checksum = digest_corpus(tables)
    words = {key: texts[language] for key, texts in WORDS.items()}
    first, last = find_days(tables)
    facts = {"title": title, "version": __version__, "checksum": checksum, "last": describe_last(last, language)}
    values = {
        "brief": parameters.brief,
        "issue": f"{issue_title} ({parameters.issue})",
        "corpus": parameters.corpus or "data/raw",
        "checksum": checksum,
        "days": describe_days(first, last, language=language) if first and last else "",
        **_describe_limits(tables, words["no_limit"]),
        "actor": _name_actor(tables),
        "camp": name_camp(parameters.camp, tables.vocabulary).in_language(language) if parameters.camp else "",
        "minimum": str(parameters.minimum_statements),
        "least": str(parameters.minimum_evidence),
        "program": f"{words['mawaqif']} {__version__}",
        "vocabulary": tables.vocabulary.digest[:12],
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "cite": words["citation" if last else "undated_citation"].format(**facts),
    }
    rows = [(encode(words[key]), encode(value)) for key, value in values.items() if value]
    entry = write_bibtex(tables.issue.title.en if not parameters.title else title, checksum, last)
    rows.append((encode(words["bibtex"]), name_code(entry, language)))
    return make_table({words["what"]: "start", words["value"]: "start"}, rows)


def _describe_limits(tables: Tables, no_limit: str) -> dict[str, str]:
    """Return between which days articles were taken, in one row where there is no limit at either end."""
    since, until = (
        _describe_day(day, tables.parameters.language) for day in (tables.parameters.since, tables.parameters.until)
    )
    if not since and not until:
        return {"since_and_until": no_limit}
    return {"since": since or no_limit, "until": until or no_limit}


def find_days(tables: Tables) -> tuple[date | None, date | None]:
    """Return the first and the last day on which an article of the report can have appeared, if any is known."""
    documents = tables.core_documents
    first = documents["published"].where(documents["published"].notna(), documents["published_earliest"]).dropna()
    last = documents["published"].where(documents["published"].notna(), documents["published_latest"]).dropna()
    return parse_day(min(first, default=None)), parse_day(max(last, default=None))


def describe_last(day: date | None, language: str) -> str:
    """Return a day in words, or nothing."""
    return (day_in_words(day) if language == "ar" else english.day(day)) if day else ""


def write_bibtex(title: str, checksum: str, last: date | None) -> str:
    """Return an entry for a bibliography on one line."""
    year = f", year = {{{last.year}}}" if last else ""
    note = f"Version {__version__}, articles {checksum}" + (f", up to {last.isoformat()}" if last else "")
    return f"@misc{{mawaqif-{checksum}, author = {{{{Mawaqif}}}}, title = {{{{{title}}}}}{year}, note = {{{note}}}}}"


def digest_corpus(tables: Tables) -> str:
    """Return 12 hexadecimal digits that stand for the articles: equal for equal files, in whatever order they lie."""
    checksums = sorted(str(value) for value in tables.raw_documents["sha256"])
    return hashlib.sha256("\n".join(checksums).encode()).hexdigest()[:12]


def _name_actor(tables: Tables) -> str:
    actor = tables.vocabulary.actor(tables.parameters.actor) if tables.parameters.actor else None
    return actor.name.in_language(tables.parameters.language) if actor else ""


def _describe_day(day: str, language: str) -> str:
    return describe_days(date.fromisoformat(day), date.fromisoformat(day), language=language) if day else ""
