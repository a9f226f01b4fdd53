"""Loads a vocabulary folder and checks what one file alone cannot show."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mawaqif.arabic.text import fold
from mawaqif.errors import ParameterError, VocabularyError
from mawaqif.vocabulary.actors import Actor, ActorsFile, NameWords, OutletsFile
from mawaqif.vocabulary.boilerplate import BoilerplateFile
from mawaqif.vocabulary.cues import CuesFile
from mawaqif.vocabulary.dates import DatesFile
from mawaqif.vocabulary.files import Content, read_yaml
from mawaqif.vocabulary.issues import Issue, check_issues


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All vocabulary files, validated together; equal and hashable by content, so that matchers can be cached."""

    actors: ActorsFile
    outlets: OutletsFile
    cues: CuesFile
    dates: DatesFile
    boilerplate: BoilerplateFile
    issues: dict[str, Issue]
    digest: str

    def __eq__(self, other: object) -> bool:
        """Compare by content."""
        return isinstance(other, Vocabulary) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash by content."""
        return hash(self.digest)

    def actor(self, actor_id: str) -> Actor | None:
        """Return a registered actor, or None."""
        return _actor_index(self).get(actor_id)

    def issue(self, issue_id: str) -> Issue:
        """Return an issue.

        Raises:
            ParameterError: There is no such issue; the message lists those there are.
        """
        if issue_id not in self.issues:
            known = ", ".join(sorted(self.issues))
            raise ParameterError(f"unknown issue {issue_id!r}", where="--issue", mend=f"Use one of: {known}.")
        return self.issues[issue_id]


@lru_cache(maxsize=8)
def _actor_index(vocabulary: Vocabulary) -> dict[str, Actor]:
    return {actor.id: actor for actor in vocabulary.actors.actors}


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read and validate a whole vocabulary folder.

    Raises:
        VocabularyError: A file is missing or breaks its form, or the files contradict each other.
    """
    return _load(Content(digest_folder(folder), folder))


@lru_cache(maxsize=4)
def _load(content: Content) -> Vocabulary:
    folder = content.path
    if not folder.is_dir():
        raise VocabularyError("there is no such folder", where=str(folder), mend="Restore the vocabulary.")
    issues: dict[str, Issue] = {}
    paths = sorted((folder / "issues").glob("*.yml"))
    if not paths:
        raise VocabularyError(
            "no issue file found", where=str(folder / "issues"), mend="Put at least one issue there, as *.yml."
        )
    for path in paths:
        issue = read_yaml(path, Issue)
        if issue.id in issues:
            raise VocabularyError(
                f"the issue id {issue.id!r} is already used", where=path.name, mend="Give it another id."
            )
        issues[issue.id] = issue
    vocabulary = Vocabulary(
        actors=read_yaml(folder / "actors.yml", ActorsFile),
        outlets=read_yaml(folder / "outlets.yml", OutletsFile),
        cues=read_yaml(folder / "cues.yml", CuesFile),
        dates=read_yaml(folder / "dates.yml", DatesFile),
        boilerplate=read_yaml(folder / "boilerplate.yml", BoilerplateFile),
        issues=issues,
        digest=content.digest,
    )
    check_vocabulary(vocabulary)
    return vocabulary


def check_vocabulary(vocabulary: Vocabulary) -> None:
    """Check what one file alone cannot show: unique ids and aliases, known camps and affiliations, whole scales.

    Raises:
        VocabularyError: The first contradiction, with file, entry and mend.
    """
    actors, outlets = vocabulary.actors, vocabulary.outlets
    for file, name, listed in (
        ("actors.yml", "camps", actors.camps),
        ("actors.yml", "actors", actors.actors),
        ("outlets.yml", "outlets", outlets.outlets),
    ):
        if not listed:
            raise VocabularyError(f"`{name}` is empty", where=file, mend="List at least one.")
    _check_actors(vocabulary.actors)
    _check_unique_ids([outlet.id for outlet in vocabulary.outlets.outlets], "outlets.yml")
    _check_unique_forms(
        [(o.id, form) for o in vocabulary.outlets.outlets for form in {o.name.ar, o.name.en, *o.aliases}],
        "outlets.yml",
    )
    check_issues(vocabulary.issues, {camp.id for camp in vocabulary.actors.camps})


def _check_actors(file: ActorsFile) -> None:
    camps = {camp.id for camp in file.camps}
    _check_unique_ids([camp.id for camp in file.camps], "actors.yml, camps")
    ids = [actor.id for actor in file.actors]
    for actor in file.actors:
        where = f"actors.yml, {actor.id}"
        if ids.count(actor.id) > 1:
            raise VocabularyError("the id stands twice", where=where, mend="Merge the two entries.")
        if actor.camp not in camps:
            raise VocabularyError(
                f"unknown camp {actor.camp!r}", where=where, mend=f"Use one of: {', '.join(sorted(camps))}."
            )
        if actor.affiliation is not None and actor.affiliation not in ids:
            raise VocabularyError(
                f"unknown affiliation {actor.affiliation!r}",
                where=where,
                mend="Add that actor or correct the id.",
            )
        for office in actor.offices:
            if office.title not in {entry.title for entry in file.office_titles}:
                raise VocabularyError(
                    f"unknown office {office.title!r}", where=where, mend="List it under office_titles or correct it."
                )
            if office.since and office.until and office.since >= office.until:
                raise VocabularyError(
                    f"the office {office.title!r} ends before it begins", where=where, mend="Correct a date."
                )
    _check_affiliations(file)
    for actor in file.actors:
        _refuse_unreadable(actor.name.en, f"actors.yml, {actor.id}")
    _check_unique_forms([(actor.id, alias.form) for actor in file.actors for alias in actor.forms], "actors.yml")
    _check_name_words(file.name_words)
    _check_unique_forms([(o.title, form) for o in file.office_titles for form in {o.title, *o.forms}], "actors.yml")


def _check_unique_ids(ids: list[str], where: str) -> None:
    for number, entry in enumerate(ids):
        if entry in ids[:number]:
            raise VocabularyError(f"the id {entry!r} stands twice", where=where, mend="Merge the two entries.")


def _check_affiliations(file: ActorsFile) -> None:
    """Let no affiliation lead back to where it began."""
    above = {actor.id: actor.affiliation for actor in file.actors}
    for actor in file.actors:
        seen, at = {actor.id}, actor.affiliation
        while at is not None and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at == actor.id:
            raise VocabularyError(
                f"the affiliation {actor.affiliation!r} leads back to the actor",
                where=f"actors.yml, {actor.id}",
                mend="Correct or remove an affiliation.",
            )


def _refuse_unreadable(form: str, where: str) -> None:
    if not fold(form).strip():
        raise VocabularyError(
            f"the name or alias {form!r} has nothing that can be matched", where=where, mend="Write or remove it."
        )


def _check_name_words(words: NameWords) -> None:
    """Let no word stand twice in one list: the second was meant to be another."""
    for name, listed in words:
        seen: set[str] = set()
        for entry in listed:
            folded = fold(entry if isinstance(entry, str) else entry.form)
            if folded in seen:
                raise VocabularyError(
                    f"{entry if isinstance(entry, str) else entry.form!r} stands twice",
                    where=f"actors.yml, name_words.{name}",
                    mend="Remove one of them.",
                )
            seen.add(folded)


def _check_unique_forms(owned_forms: list[tuple[str, str]], file: str) -> None:
    owners: dict[str, str] = {}
    for owner, form in owned_forms:
        _refuse_unreadable(form, f"{file}, {owner}")
        folded = fold(form)
        if folded in owners and owners[folded] != owner:
            raise VocabularyError(
                f"the alias {form!r} also belongs to {owners[folded]!r}",
                where=f"{file}, {owner}",
                mend="Remove it from one of them.",
            )
        owners[folded] = owner


def digest_folder(folder: Path) -> str:
    """Return a checksum over the names and bytes of all vocabulary files.

    Raises:
        VocabularyError: A file cannot be read, or a folder or a link in a circle stands in its place.
    """
    digest = hashlib.sha256()
    try:
        for path in sorted(folder.rglob("*.yml")):
            name = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape")
            digest.update(name + b"\0" + path.read_bytes() + b"\0")
    except (OSError, RuntimeError) as error:
        where = getattr(error, "filename", None) or folder
        reason = getattr(error, "strerror", None) or str(error)
        raise VocabularyError("the file cannot be read", where=str(where), mend=f"Restore it ({reason}).") from error
    return digest.hexdigest()
