"""Brings a codebook back that was changed in another program: new words for codes, new speakers, speakers moved.

What is ours to change is written to the issue's file and to `actors.yml`; what is not is told and left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mawaqif.aggregate.attribution import OTHER_CAMPS
from mawaqif.arabic.text import fold
from mawaqif.errors import VocabularyError
from mawaqif.exchange.coded import list_unlisted, read_coded
from mawaqif.exchange.qda import NO_POSITION, NO_POSITION_NAME
from mawaqif.exchange.read_codebook import CodeEntry, Key, list_speakers, plain, read_codebook
from mawaqif.exchange.read_codebook_table import read_codebook_table
from mawaqif.paths import Paths
from mawaqif.registering import FILE, NewSpeaker, Registered, make_entry, note_registered, put_entry
from mawaqif.schemas import MODALITIES
from mawaqif.tables import Tables
from mawaqif.vocabulary import Actor, Bilingual, Vocabulary
from mawaqif.vocabulary_edits import Edit, NewAlias, apply_edits, change_dump, find_issue_file, write_checked

CODEBOOK = ".qdc"
_ARABIC = re.compile(r"[\u0621-\u064a]")


@dataclass
class CodebookChanges:
    """What a codebook says otherwise than what stands.

    Attributes:
        of_issue: Changes of the issue's file.
        of_actors: Changes of `actors.yml`.
        speakers: Speakers to register.
        told: One line a change, in the order of the file.
        left: One line for each thing that is not taken over, and why.
        unchanged: How many of its codes say what stands already.
        files: What was written.
    """

    of_issue: list[Edit | NewAlias] = field(default_factory=list)
    of_actors: list[Edit | NewAlias] = field(default_factory=list)
    speakers: list[NewSpeaker] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unchanged: int = 0
    files: tuple[Path, ...] = ()


def import_codebook(path: Path, tables: Tables, paths: Paths, *, is_dry: bool = False) -> CodebookChanges:
    """Write what a codebook changes to the vocabulary, all of it or nothing.

    Raises:
        CodingError: The file breaks its schema or is the codebook of something else.
        VocabularyError: The vocabulary would not load with it; nothing was written.
    """
    read = read_codebook if path.suffix.lower() == CODEBOOK else read_codebook_table
    changes = compare_codebook(read(path, tables), tables)
    texts, entries = _make_texts(changes, tables, paths)
    if texts:
        try:
            write_checked(paths.vocabulary, texts, lambda after: _check(after, changes, tables), is_dry=is_dry)
        except VocabularyError as error:
            raise VocabularyError(f"with {path.name} {error.what}", where=error.where, mend=error.mend) from error
        if not is_dry:
            for entry in entries:
                note_registered(paths, entry)
            changes.files = tuple(paths.vocabulary / name for name in texts)
    return changes


def _make_texts(changes: CodebookChanges, tables: Tables, paths: Paths) -> tuple[dict[str, str], list[Registered]]:
    """Return the new text of each file that changes, by its place, and the entries of new speakers."""
    texts: dict[str, str] = {}
    entries: list[Registered] = []
    if changes.of_issue:
        file = find_issue_file(paths.vocabulary, tables.issue.id)
        texts[file.relative_to(paths.vocabulary).as_posix()] = apply_edits(
            file.read_text(encoding="utf-8"), changes.of_issue
        )
    if changes.of_actors or changes.speakers:
        text = apply_edits((paths.vocabulary / FILE).read_text(encoding="utf-8"), changes.of_actors)
        for speaker in changes.speakers:
            made = make_entry(tables.vocabulary, speaker)
            text = put_entry(text, made, speaker.camp)
            entries.append(made)
        texts[FILE] = text
    return texts, entries


def _check(after: Vocabulary, changes: CodebookChanges, tables: Tables) -> None:
    """Refuse a vocabulary that differs in anything else than what was meant."""
    new = len(changes.speakers)
    before: Any = tables.vocabulary.actors.model_dump()
    for edit in changes.of_actors:
        change_dump(before, edit)
    now: Any = after.actors.model_dump()
    known = {entry["id"] for entry in before["actors"]}
    added = [entry for entry in now["actors"] if entry["id"] not in known]
    now["actors"] = tuple(entry for entry in now["actors"] if entry["id"] in known)
    issue: Any = tables.issue.model_dump()
    for edit in changes.of_issue:
        change_dump(issue, edit)
    if now != before or len(added) != new or after.issues[tables.issue.id].model_dump() != issue:
        raise VocabularyError("another entry would have changed", where=FILE, mend="Change the files by hand.")


# --- comparing -------------------------------------------------------------------------------------------------------


def compare_codebook(entries: list[CodeEntry], tables: Tables) -> CodebookChanges:
    """Return what the codes of a file say otherwise than ours."""
    compared = _Comparison(tables)
    for entry in entries:
        compared.compare(entry)
    compared.tell_missing({entry.key for entry in entries})
    return compared.changes


class _Comparison:
    """Compares code after code, each kind in its own way."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.changes = tables, CodebookChanges()
        self.camps = {camp.id: camp.name for camp in tables.vocabulary.actors.camps}
        self.unlisted = list_unlisted(read_coded(tables))

    def compare(self, entry: CodeEntry) -> None:
        """Note what one code changes."""
        before = (len(self.changes.told), len(self.changes.left))
        getattr(self, f"_compare_{entry.key[0]}")(entry)
        if before == (len(self.changes.told), len(self.changes.left)):
            self.changes.unchanged += entry.key[0] != "group"

    def tell_missing(self, found: set[Key]) -> None:
        """Note the codes of ours that are not there; nothing is taken away for that."""
        issue = self.tables.issue
        ours: dict[Key, str] = {("stance", issue.id, str(p.value)): f"step {p.value:+d}" for p in issue.scale}
        if any(key[0] == "modality" for key in found):  # a spreadsheet lists them as fixed
            ours |= {("modality", name): f"kind {name!r}" for name in MODALITIES}
        ours |= {key: f"speaker {key[1]}" for key in list_speakers(self.tables)}
        self.changes.left += [f"{name}: not in the file, and stays" for key, name in ours.items() if key not in found]

    def _tell(self, edits: list[Edit | NewAlias], edit: Edit, label: str, old: str) -> None:
        edits.append(edit)
        self.changes.told.append(f"{label}: {old!r} -> {edit.value!r}")

    def _leave(self, entry: CodeEntry, reason: str) -> None:
        self.changes.left.append(f"{entry.where}: {reason}")

    def _compare_issue(self, entry: CodeEntry) -> None:
        issue = self.tables.issue
        triples = (
            ("title", "en", entry.name, issue.title.en),
            ("title", "ar", entry.name_ar, issue.title.ar),
            ("question", "en", entry.text, issue.question.en),
        )
        for name, language, new, old in triples:
            if new and new != plain(old):
                label = f"Arabic {name}" if language == "ar" else name
                self._tell(self.changes.of_issue, Edit((name, language), new), label, old)

    def _compare_stance(self, entry: CodeEntry) -> None:
        step = entry.key[2]
        if step == NO_POSITION:
            if entry.name != NO_POSITION_NAME:
                self._leave(entry, f"the code for no position keeps its name {NO_POSITION_NAME!r}")
            return
        point = next(p for p in self.tables.issue.scale if str(p.value) == step)
        triples = (
            ("label", "en", entry.name, point.label.en),
            ("label", "ar", entry.name_ar, point.label.ar),
            ("definition", "en", entry.text, point.definition.en),
        )
        for name, language, new, old in triples:
            if new and new != plain(old):
                edit = Edit(("scale", ("value", step), name, language), new)
                label = f"Arabic {name}" if language == "ar" else name
                self._tell(self.changes.of_issue, edit, f"{label} of step {point.value:+d}", old)

    def _compare_modality(self, entry: CodeEntry) -> None:
        if entry.name != entry.key[1]:
            self._leave(entry, f"the kind of statement keeps its name {entry.key[1]!r}")

    def _compare_group(self, entry: CodeEntry) -> None:
        pass

    def _compare_camp(self, entry: CodeEntry) -> None:
        camp = entry.key[1]
        names = self.camps.get(camp)
        if names is None:
            if entry.name != plain(OTHER_CAMPS[camp].en):
                self._leave(entry, f"the branch keeps its name {OTHER_CAMPS[camp].en!r}")
            return
        self._compare_names(entry, ("camps", ("id", camp)), names, f"camp {camp}")

    def _compare_names(self, entry: CodeEntry, path: tuple[Any, ...], names: Bilingual, label: str) -> bool:
        """Compare both names, of which the description is the Arabic one, and tell whether that changes."""
        if entry.name not in (plain(names.en), plain(names.ar)):  # a program may show either
            self._tell(self.changes.of_actors, Edit((*path, "name", "en"), entry.name), f"{label}, name", names.en)
        if not entry.text or entry.text == plain(names.ar):
            return False
        if not _ARABIC.search(entry.text):
            self._leave(entry, "its description is the Arabic name, and has no Arabic letter")
            return False
        edit = Edit((*path, "name", "ar"), entry.text)
        self._tell(self.changes.of_actors, edit, f"{label}, Arabic name", names.ar)
        return True

    def _compare_actor(self, entry: CodeEntry) -> None:
        actor = self.tables.vocabulary.actor(entry.key[1])
        assert actor is not None
        path = ("actors", ("id", actor.id))
        if self._compare_names(entry, path, actor.name, f"speaker {actor.id}"):
            self._keep_old_spelling(actor, path, plain(entry.text or ""))
        if entry.camp in self.camps and entry.camp != actor.camp:
            self._tell(
                self.changes.of_actors, Edit((*path, "camp"), entry.camp), f"speaker {actor.id}, camp", actor.camp
            )
        elif entry.camp not in self.camps:
            self._leave(entry, f"it stands under no camp: the speaker stays in {actor.camp}")

    def _keep_old_spelling(self, actor: Actor, path: tuple[Any, ...], new: str) -> None:
        """Keep an Arabic name that was replaced as a spelling, for the articles go on using it."""
        listed = {fold(a if isinstance(a, str) else a.form) for a in actor.aliases}
        if fold(actor.name.ar) not in {fold(new), *listed}:
            self.changes.of_actors.append(NewAlias(path, actor.name.ar))

    def _compare_unlisted(self, entry: CodeEntry) -> None:
        if entry.camp in self.camps and entry.camp not in OTHER_CAMPS:  # the export has them under those
            self._register(entry)
        elif plain(self.unlisted[entry.key[1]]) not in (entry.name, entry.text):
            self._leave(entry, "the speaker is not registered: put the code under a camp to register it")

    def _compare_new(self, entry: CodeEntry) -> None:
        if entry.camp in self.camps:
            self._register(entry)
        else:
            self._leave(entry, "it is a new code, for which this codebook has no place")

    def _register(self, entry: CodeEntry) -> None:
        """Register the speaker of a code under a camp, if both names are there: name and description."""
        names = [name for name in (entry.name, entry.text) if name]
        arabic = next((name for name in names if _ARABIC.search(name)), "")
        english = next((name for name in names if not _ARABIC.search(name)), "")
        if entry.key[0] == "unlisted" and not arabic:
            arabic = self.unlisted[entry.key[1]]
        if not arabic or not english:
            lacking = "an Arabic name as its description" if english else "an English name"
            self._leave(entry, f"to register this speaker, give the code {lacking}")
            return
        self.changes.speakers.append(NewSpeaker(arabic, english, entry.camp, entry.actor_id))
        self.changes.told.append(f"new speaker in {entry.camp}: {english} ({arabic})")
