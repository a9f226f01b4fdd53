"""What every aggregate starts from: statements of original documents only, each with an actor and a camp."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from mawaqif.aggregate.claims import parse_day
from mawaqif.schemas import MODALITIES
from mawaqif.vocabulary import Bilingual, Vocabulary

ANONYMOUS_CAMP = "anonymous"
UNREGISTERED_CAMP = "unregistered"
"""The camp of speakers who are named but not listed in `actors.yml`, and of statements whose speaker was not found."""
UNATTRIBUTED = "unattributed"
FORECAST = MODALITIES[2]

OTHER_CAMPS = {
    ANONYMOUS_CAMP: Bilingual(ar="مصادر مجهّلة", en="Anonymous sources"),
    UNREGISTERED_CAMP: Bilingual(ar="متحدثون من خارج السجل", en="Speakers not in the register"),
}


class ActorName(NamedTuple):
    """An actor's names in both languages; untrusted text where `is_registered` is false."""

    ar: str
    en: str
    is_registered: bool


def select_original(statements: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Leave out statements of documents that repeat another one: a wire story printed twice is one article."""
    repeats = documents.loc[documents["duplicate_of"].notna(), "doc_id"]
    return statements[~statements["doc_id"].isin(repeats)]


def add_actor(statements: pd.DataFrame) -> pd.DataFrame:
    """Add `actor_id` and `actor_camp` to `core_statements`; neither is null in the result.

    The actor is the speaker, also where the words were spoken on behalf of someone: whoever speaks for a ministry is
    not yet the ministry. Without a registered id it is the name found in the text, without any name `unattributed`.
    """
    table = statements.copy()
    speaker = table["speaker_id"].where(table["speaker_id"].notna(), table["speaker_name"])
    table["actor_id"] = speaker.where(speaker.notna(), UNATTRIBUTED).astype(str)
    unlisted = pd.Series(UNREGISTERED_CAMP, index=table.index).mask(table["grade"].eq("anonymous"), ANONYMOUS_CAMP)
    table["actor_camp"] = table["camp"].where(table["camp"].notna(), unlisted).astype(str)
    return table


def name_actors(statements: pd.DataFrame, vocabulary: Vocabulary) -> dict[str, ActorName]:
    """Return the names of every actor in a table made by `add_actor`; the unlisted keep the first name found."""
    names: dict[str, ActorName] = {}
    first = statements.drop_duplicates("actor_id")
    for actor_id, found in zip(first["actor_id"], first["speaker_name"], strict=True):
        actor = vocabulary.actor(actor_id)
        if actor is not None:
            names[actor_id] = ActorName(actor.name.ar, actor.name.en, True)
        else:
            name = str(found) if isinstance(found, str) and found else actor_id
            names[actor_id] = ActorName(name, name, False)
    return names


def name_camp(camp_id: str, vocabulary: Vocabulary) -> Bilingual:
    """Return the names of a camp of `actors.yml`, or of the two that hold the unlisted."""
    for camp in vocabulary.actors.camps:
        if camp.id == camp_id:
            return camp.name
    return OTHER_CAMPS.get(camp_id, Bilingual(ar=camp_id, en=camp_id))


def order_camps(vocabulary: Vocabulary) -> dict[str, int]:
    """Return the place of each camp in charts and tables: the order of `actors.yml`, the unlisted last."""
    listed = [camp.id for camp in vocabulary.actors.camps]
    return {camp: place for place, camp in enumerate([*listed, *(c for c in OTHER_CAMPS if c not in listed)])}


def list_outlets(documents: pd.DataFrame) -> pd.Series:
    """Return each document's outlet id or, where it is not listed, its name; null where the outlet is unknown.

    Returns:
        Indexed by `doc_id`.
    """
    table = documents.set_index("doc_id")
    return table["outlet_id"].where(table["outlet_id"].notna(), table["outlet"])


def describe_articles(documents: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return by what a sentence names each article, by `doc_id`: `outlet` (as `list_outlets`, or None) and its days.

    `first` and `last` are the days between which it appeared, equal where the day is known, None where nothing is.
    """
    outlets = list_outlets(documents).to_dict()
    return {
        str(row.doc_id): {
            "outlet": outlets[row.doc_id] if isinstance(outlets[row.doc_id], str) else None,
            "first": parse_day(row.published) or parse_day(row.published_earliest),
            "last": parse_day(row.published) or parse_day(row.published_latest),
        }
        for row in documents.itertuples(index=False)
    }
