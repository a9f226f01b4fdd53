"""What a report was made from, by which program and how to cite it, as a table for the method section."""

from __future__ import annotations

import hashlib
from datetime import date

from mawaqif import __version__
from mawaqif.aggregate.attribution import name_camp
from mawaqif.charts.calendar_axis import describe_days
from mawaqif.sheets.parts import Markdown, make_table
from mawaqif.tables import Tables
from mawaqif.untrusted import encode

WORDS: dict[str, dict[str, str]] = {
    "what": {"en": "What", "ar": "البند"},
    "value": {"en": "Value", "ar": "القيمة"},
    "issue": {"en": "Issue", "ar": "القضية"},
    "corpus": {"en": "Folder of articles", "ar": "مجلد المقالات"},
    "checksum": {"en": "Checksum of the articles", "ar": "بصمة المقالات"},
    "since": {"en": "Published from", "ar": "النشر من"},
    "until": {"en": "Published until", "ar": "النشر حتى"},
    "brief": {"en": "Brief", "ar": "الموجز"},
    "actor": {"en": "Only statements by", "ar": "تصريحات هذا الطرف وحده"},
    "camp": {"en": "Only statements by the camp", "ar": "تصريحات هذا المعسكر وحده"},
    "least": {"en": "Fewest statements for findings and charts", "ar": "أقل عدد من التصريحات للنتائج والأشكال"},
    "minimum": {"en": "Fewest statements of an actor in charts", "ar": "أقل عدد لتصريحات الطرف في الأشكال"},
    "program": {"en": "Program", "ar": "البرنامج"},
    "cite": {"en": "How to cite", "ar": "صيغة الاستشهاد"},
    "no_limit": {"en": "no limit", "ar": "بلا حد"},
    "mawaqif": {"en": "Mawaqif", "ar": "مواقف"},
    "citation": {
        "en": "Mawaqif. {title}. Made with Mawaqif {version} from articles with checksum {checksum}.",
        "ar": "مواقف. {title}. أُعدّ ببرنامج مواقف {version} من مقالات بصمتها {checksum}.",
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
    values = {
        "brief": parameters.brief,
        "issue": f"{issue_title} ({parameters.issue})",
        "corpus": parameters.corpus or "data/raw",
        "checksum": checksum,
        "since": _describe_day(parameters.since, language) or words["no_limit"],
        "until": _describe_day(parameters.until, language) or words["no_limit"],
        "actor": _name_actor(tables),
        "camp": name_camp(parameters.camp, tables.vocabulary).in_language(language) if parameters.camp else "",
        "minimum": str(parameters.minimum_statements),
        "least": str(parameters.minimum_evidence),
        "program": f"{words['mawaqif']} {__version__}",
        "cite": words["citation"].format(title=title, version=__version__, checksum=checksum),
    }
    rows = [(encode(words[key]), encode(value)) for key, value in values.items() if value]
    return make_table({words["what"]: "start", words["value"]: "start"}, rows)


def digest_corpus(tables: Tables) -> str:
    """Return 12 hexadecimal digits that stand for the articles: equal for equal files, in whatever order they lie."""
    checksums = sorted(str(value) for value in tables.raw_documents["sha256"])
    return hashlib.sha256("\n".join(checksums).encode()).hexdigest()[:12]


def _name_actor(tables: Tables) -> str:
    actor = tables.vocabulary.actor(tables.parameters.actor) if tables.parameters.actor else None
    return actor.name.in_language(tables.parameters.language) if actor else ""


def _describe_day(day: str, language: str) -> str:
    return describe_days(date.fromisoformat(day), date.fromisoformat(day), language=language) if day else ""
