"""Registers speakers: ranks those who are not in `actors.yml`, puts one in with a few words, and takes it out again."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from mawaqif.aggregate.attribution import select_original
from mawaqif.arabic.text import fold
from mawaqif.errors import ParameterError, VocabularyError
from mawaqif.paths import Paths
from mawaqif.tables import Tables
from mawaqif.vocabulary import Vocabulary, load_vocabulary
from mawaqif.vocabulary_edits import quote, write_checked

FILE = "actors.yml"
JOURNAL = "registered.jsonl"
_SHORTEST_NAME = 2  # words by which a longer form is taken for the same person


# --- who is not registered -------------------------------------------------------------------------------------------


def list_unregistered(tables: Tables) -> pd.DataFrame:
    """Rank the speakers who are named and not registered, the most quoted first, with their spellings in one row.

    Two spellings are one speaker where they are the same without marks, spaces and the article, or where the longer
    ends in the shorter, of two words or more: a role before the name.

    Args:
        tables: The corpus. Both what the rules found and what coders corrected is looked through.

    Returns:
        `name` (the shortest spelling of two words or more), `n_statements`, `n_documents`, `spellings` (all, the most
        frequent first), `doc_ids`.
    """
    found = pd.concat([tables.rule_statements, tables.core_statements], ignore_index=True)
    found = select_original(found, tables.core_documents)
    is_open = ~found["is_registered"].astype(bool) & found["speaker_name"].notna() & found["grade"].ne("anonymous")
    found = found[is_open].drop_duplicates(["doc_id", "start", "end", "speaker_name"])
    groups = group_spellings(sorted(found["speaker_name"].unique()))
    group_of = {spelling: number for number, group in enumerate(groups) for spelling in group}
    rows = []
    for _, part in found.groupby(found["speaker_name"].map(group_of), sort=True):
        spellings = [str(s) for s in part["speaker_name"].value_counts().index]
        whole = [s for s in spellings if len(s.split()) >= _SHORTEST_NAME] or spellings
        documents = sorted(part["doc_id"].unique())
        rows.append(
            (min(whole, key=lambda s: (len(s.split()), len(s))), len(part), len(documents), spellings, documents)
        )
    table = pd.DataFrame(rows, columns=["name", "n_statements", "n_documents", "spellings", "doc_ids"])
    ranked = table.sort_values(["n_statements", "n_documents", "name"], ascending=[False, False, True], kind="stable")
    return ranked.reset_index(drop=True)


def group_spellings(names: Sequence[str]) -> list[list[str]]:
    """Group the spellings of one name (`list_unregistered`), each group and all of them in the order given."""
    keys = {name: _words(name) for name in names}
    groups: list[list[str]] = []
    for name in sorted(names, key=lambda n: (len(keys[n]), names.index(n))):
        for group in groups:
            if any(_is_same(keys[name], keys[other]) for other in group):
                group.append(name)
                break
        else:
            groups.append([name])
    return groups


def _words(name: str) -> tuple[str, ...]:
    bare = [word.removeprefix("ال") if len(word) > 4 else word for word in fold(name).split()]
    return tuple(bare)


def _is_same(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    if "".join(longer) == "".join(shorter):
        return True
    return len(shorter) >= _SHORTEST_NAME and longer[-len(shorter) :] == shorter


# --- putting in ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NewSpeaker:
    """A speaker to register.

    Attributes:
        name_ar: The Arabic name.
        name_en: The English name.
        camp: Id of a camp.
        actor_id: Small letters, digits and underscores; made from the English name where empty.
        type: As in `vocabulary.ActorType`; `expert` in the camp of experts and `person` elsewhere, where empty.
        affiliation: Id of an actor.
        aliases: Further spellings; those that fold to the name are left out.
    """

    name_ar: str
    name_en: str
    camp: str
    actor_id: str = ""
    type: str = ""
    affiliation: str = ""
    aliases: Sequence[str] = ()


@dataclass(frozen=True)
class Registered:
    """An actor put into `actors.yml`, with the lines that were written."""

    actor_id: str
    lines: str


def register(paths: Paths, speaker: NewSpeaker) -> Registered:
    """Put an actor into `actors.yml`, behind the last of its camp; comments, order and all else stay as they are.

    Raises:
        ParameterError: Name or camp is missing, or the name is registered.
        VocabularyError: The vocabulary would not load with it; the file is as it was.
    """
    vocabulary = load_vocabulary(paths.vocabulary)
    made = make_entry(vocabulary, speaker)
    text = put_entry((paths.vocabulary / FILE).read_text(encoding="utf-8"), made, speaker.camp)
    _replace_checked(paths.vocabulary, text, before=vocabulary, actor_id=made.actor_id)
    note_registered(paths, made)
    return made


def make_entry(vocabulary: Vocabulary, speaker: NewSpeaker) -> Registered:
    """Return the entry of a new actor, which is not written yet; errors as in `register`."""
    name, camp = speaker.name_ar, speaker.camp
    if not name.strip() or not speaker.name_en.strip():
        raise ParameterError("a name in both languages is needed", where="--name-en", mend="Give both.")
    camps = [c.id for c in vocabulary.actors.camps]
    if camp not in camps:
        raise ParameterError(f"unknown camp {camp!r}", where="--camp", mend=f"Use one of: {', '.join(camps)}.")
    actor_id = speaker.actor_id or suggest_id(speaker.name_en)
    if vocabulary.actor(actor_id):
        raise ParameterError(f"the id {actor_id!r} is taken", where="--id", mend="Give another with --id.")
    kept = {fold(alias): alias for alias in speaker.aliases if fold(alias) != fold(name)}
    parts = [f"id: {actor_id}", f"name: {{ar: {quote(name)}, en: {quote(speaker.name_en)}}}"]
    parts += [f"type: {speaker.type or ('expert' if camp == 'experts' else 'person')}", f"camp: {camp}"]
    parts += [f"affiliation: {speaker.affiliation}"] if speaker.affiliation else []
    parts += [f"aliases: [{', '.join(map(quote, kept.values()))}]"] if kept else []
    return Registered(actor_id, f"  - {{{', '.join(parts)}}}\n")


def put_entry(text: str, made: Registered, camp: str) -> str:
    """Return the text of `actors.yml` with an entry behind the last of its camp."""
    at = _find_end_of_camp(text, camp)
    return text[:at] + made.lines + text[at:]


def suggest_id(name_en: str) -> str:
    """Return an id made from an English name: `Salam al-Hussein` is `salam_hussein`."""
    plain = unicodedata.normalize("NFKD", name_en).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"\b(?:al|el|ad|an|ar|as|ash|at|az)-", "", plain.replace("'", "")))
    return "_".join(words)


def _find_end_of_camp(text: str, camp: str) -> int:
    """Return where a line can be put behind the last actor of a camp, or of the file where the camp has none."""
    root: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    entries = next(value.value for key, value in root.value if key.value == "actors")
    ends = [(_value(entry, "camp"), _end_of(text, entry)) for entry in entries]
    of_camp = [end for entry_camp, end in ends if entry_camp == camp]
    return of_camp[-1] if of_camp else ends[-1][1]


def _value(entry: yaml.MappingNode, name: str) -> str:
    return next((str(value.value) for key, value in entry.value if key.value == name), "")


def _end_of(text: str, entry: yaml.MappingNode) -> int:
    """Return where the last line of an entry ends; what follows it (blank lines, comments) is not its own."""
    last: Any = entry
    while isinstance(last, yaml.CollectionNode) and not last.flow_style:  # a block's own end is the next token
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
    end = text.find("\n", last.end_mark.index)
    return end + 1 if end >= 0 else len(text)


def _replace_checked(folder: Path, text: str, *, before: Vocabulary, actor_id: str) -> None:
    """Write `actors.yml` in one step, if the vocabulary loads with it and has one actor more or fewer."""

    def check(after: Vocabulary) -> None:
        one = [a for a in before.actors.actors if a.id != actor_id]
        other = [a for a in after.actors.actors if a.id != actor_id]
        if one != other or len(after.actors.actors) == len(before.actors.actors):
            raise VocabularyError("another entry would have changed", where=FILE, mend="Write the entry by hand.")

    write_checked(folder, {FILE: text}, check)


# --- taking out ------------------------------------------------------------------------------------------------------


def unregister(paths: Paths) -> Registered:
    """Take out the actor that was registered last, whose lines nobody has changed since.

    Raises:
        ParameterError: None was registered here, or its lines were changed by hand.
        VocabularyError: The vocabulary would not load without it (another names it); the file is as it was.
    """
    journal = paths.build / JOURNAL
    entries = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
    if not entries:
        raise ParameterError("nothing was registered", where="--undo", mend="Take the entry out of actors.yml by hand.")
    last = Registered(**json.loads(entries[-1]))
    text = (paths.vocabulary / FILE).read_text(encoding="utf-8")
    if text.count(last.lines) != 1:
        raise ParameterError(f"the entry {last.actor_id!r} was changed since", where=FILE, mend="Take it out by hand.")
    before = load_vocabulary(paths.vocabulary)
    _replace_checked(paths.vocabulary, text.replace(last.lines, ""), before=before, actor_id=last.actor_id)
    journal.write_text("".join(f"{entry}\n" for entry in entries[:-1]), encoding="utf-8")
    return last


def note_registered(paths: Paths, registered: Registered) -> None:
    """Keep what was registered last, so that it can be taken out again."""
    paths.build.mkdir(parents=True, exist_ok=True)
    with (paths.build / JOURNAL).open("a", encoding="utf-8") as file:
        file.write(json.dumps(vars(registered), ensure_ascii=False) + "\n")
