"""Small tables and a small vocabulary for the tests of aggregation and narrative."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from mawaqif import schemas, vocabulary

SCALE = (
    (-2, "خروج الآن", "exit now"),
    (-1, "جدولة", "schedule"),
    (0, "إجرائي", "procedural"),
    (1, "استمرار", "continue"),
    (2, "بقاء دائم", "lasting presence"),
)
ACTORS = (
    ("government", "الحكومة العراقية", "Government of Iraq", "government", "iraqi_government"),
    ("minister", "سعد كريم", "Saad Karim", "person", "iraqi_government"),
    ("bloc", "كتلة الوفاء", "Wafa bloc", "party_bloc", "parliament_blocs"),
    ("deputy", "منى سالم", "Mona Salim", "person", "parliament_blocs"),
    ("factions", "الفصائل المسلحة", "Armed factions (of any kind)", "armed_group", "armed_factions"),
    ("researchers", "باحثون في معهد السلام", "Researchers at the Peace Institute", "expert", "experts"),
    ("source", "مصدر مطلع", "Informed source", "person", "anonymous"),
)
CAMPS = (
    ("iraqi_government", "الحكومة العراقية", "Iraqi government"),
    ("parliament_blocs", "البرلمان والكتل", "Parliament and blocs"),
    ("armed_factions", "الفصائل المسلحة", "Armed factions"),
    ("experts", "الخبراء", "Experts"),
    ("anonymous", "مصادر لم تسمَّ", "Unnamed sources"),
)


def _both(ar: str, en: str) -> vocabulary.Bilingual:
    return vocabulary.Bilingual(ar=ar, en=en)


ISSUE = vocabulary.Issue.model_construct(
    id="presence",
    title=_both("الوجود العسكري", "Military presence"),
    question=_both("هل يبقى؟", "Should it stay?"),
    scale=tuple(vocabulary.ScalePoint(value=v, label=_both(ar, en), definition=_both(ar, en)) for v, ar, en in SCALE),
    milestones=(
        vocabulary.Milestone(
            id="exit",
            name=_both("اكتمال الانسحاب", "completion of the exit"),
            first=date(2026, 9, 1),
            last=date(2026, 9, 30),
            source=_both("البيان", "the statement"),
        ),
    ),
)
VOCABULARY = vocabulary.Vocabulary(
    actors=vocabulary.ActorsFile.model_construct(
        camps=tuple(vocabulary.Camp(id=i, name=_both(ar, en)) for i, ar, en in CAMPS),
        actors=tuple(
            vocabulary.Actor(id=i, name=_both(ar, en), type=t, camp=camp)  # type: ignore[arg-type]
            for i, ar, en, t, camp in ACTORS
        ),
    ),
    outlets=vocabulary.OutletsFile(outlets=(vocabulary.Outlet(id="daily", name=_both("صحيفة اليوم", "The Daily")),)),
    cues=vocabulary.CuesFile.model_construct(),
    dates=vocabulary.DatesFile.model_construct(),
    boilerplate=vocabulary.BoilerplateFile.model_construct(
        kinds=(vocabulary.BoilerplateKind(id="counter", name=_both("عدادات", "counters")),)
    ),
    issues={"presence": ISSUE},
    digest="small",
)


def statement(n: int, speaker_id: str | None, stance: int | None, **changes: Any) -> dict[str, Any]:
    """Return a row of `core_statements`; `n` orders it in its document and makes its id."""
    actor = VOCABULARY.actor(speaker_id) if speaker_id else None
    row = {
        "doc_id": "a",
        "start": n * 100,
        "end": n * 100 + 50,
        "quote": "نص",
        "kind": "indirect",
        "speaker_id": speaker_id,
        "speaker_name": actor.name.ar if actor else speaker_id,
        "is_registered": actor is not None,
        "camp": actor.camp if actor else None,
        "grade": "anonymous" if actor and actor.camp == "anonymous" else "person",
        "issue": "presence",
        "stance": stance,
        "modality": "position",
        "confidence": 1.0,
        "coder": "reference",
        **changes,
    }
    return {"statement_id": f"{row['doc_id']}-{row['start']}-{row['end']}", **row}


def statements(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return `core_statements`."""
    return _table("core_statements", rows)


def document(doc_id: str, **changes: Any) -> dict[str, Any]:
    """Return a row of `core_documents`, printed on 1 August 2024 in The Daily unless changed."""
    day = changes.pop("published", "2024-08-01")
    return {
        "doc_id": doc_id,
        "outlet_id": "daily",
        "published": day,
        "published_earliest": day,
        "published_latest": day,
        "published_basis": "stated",
        "n_characters": 1000,
        "n_boilerplate": 0,
        "n_sentences": 10,
        **changes,
    }


def documents(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return `core_documents`."""
    return _table("core_documents", rows)


def dated(
    doc_id: str, start: int, first: str | None, last: str | None, what: str | None, **changes: Any
) -> dict[str, Any]:
    """Return a row of `core_dates`."""
    return {
        "doc_id": doc_id,
        "start": start,
        "end": start + 10,
        "quote": "عام كذا",
        "first": first,
        "last": last,
        "granularity": "year",
        "status": "planned",
        "basis": "absolute",
        "what": what,
        "coder": "rules",
        **changes,
    }


def dates(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return `core_dates`."""
    return _table("core_dates", rows)


def _table(name: str, rows: tuple[dict[str, Any], ...]) -> pd.DataFrame:
    columns = list(schemas.TABLES[name].to_schema().columns)
    return schemas.validate(name, pd.DataFrame(list(rows), columns=columns))
