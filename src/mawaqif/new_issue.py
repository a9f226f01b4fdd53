"""Begins an issue: makes its file from question, scale, targets and cue seeds, and shows what it finds in a corpus."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from mawaqif.annotate import function_words
from mawaqif.arabic.text import fold
from mawaqif.errors import ParameterError
from mawaqif.files import replace_file
from mawaqif.paths import Paths
from mawaqif.schemas import iterate_rows
from mawaqif.tables import make_rule_tables
from mawaqif.vocabulary import load_vocabulary

STEPS = (-2, -1, 0, 1, 2)
_EFFECTS = {
    # What follows for the thing itself when doing it is demanded, rejected, ...: the steps of the two ends.
    "for": {
        "asserted": 0, "demanded": 2, "valued": 1, "opposed": -2, "doubted": -1, "feared": -2, "denied": -1,
        "unneeded": -2, "stalled": 1, "postponed": -1,
    },
    "against": {
        "asserted": -1, "demanded": -2, "valued": -1, "opposed": 1, "doubted": 1, "feared": 1, "denied": 1,
        "unneeded": 2, "stalled": -1, "postponed": 0,
    },
}  # fmt: skip
_MUCH_MORE = 1.5  # how many times more often than elsewhere a word must stand near the matches
_STOPPED = frozenset[str]().union(*(words for words in vars(function_words).values() if isinstance(words, frozenset)))
_HEAD = """\
# {title}. Begun by `mawaqif new-issue`; the keys are explained at the head of us-presence.yml, whose
# operator words serve here too. Make the definitions such that two coders would agree, and check the effects.

"""


@dataclass(frozen=True)
class Seeds:
    """What an analyst says of a new issue.

    Attributes:
        id: Small letters, digits and underscores.
        title: English and Arabic.
        question: English and Arabic.
        scale: For each step from -2 to 2, its label in English and Arabic.
        targets: Arabic words or phrases that name the thing.
        favouring: Arabic words for doing it ("adopt").
        opposing: Arabic words for undoing it ("withdraw").
        lender: The issue whose operator words serve here too.
    """

    id: str
    title: tuple[str, str]
    question: tuple[str, str]
    scale: tuple[tuple[str, str], ...]
    targets: tuple[str, ...]
    favouring: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    lender: str = "us_presence"


def write_issue(paths: Paths, seeds: Seeds) -> Path:
    """Write the file of a new issue and return its path.

    Raises:
        ParameterError: Something is missing, or the issue is there.
        VocabularyError: The vocabulary would not load with it; nothing was written.
    """
    text = make_issue(seeds)
    file = paths.vocabulary / "issues" / f"{seeds.id.replace('_', '-')}.yml"
    if file.exists() or seeds.id in load_vocabulary(paths.vocabulary).issues:
        raise ParameterError(f"the issue {seeds.id!r} is there", where=str(file), mend="Choose another id.")
    with tempfile.TemporaryDirectory(prefix="vocabulary-") as made:
        _try_vocabulary(paths, seeds, text, Path(made))
    replace_file(file, text.encode())
    return file


def make_issue(seeds: Seeds) -> str:
    """Return the YAML of an issue file.

    Raises:
        ParameterError: An id, a text, a label or a target is missing.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", seeds.id):
        raise ParameterError(f"{seeds.id!r} is no id", where="ID", mend="Use small letters, digits and underscores.")
    if not all(word.strip() for word in (*seeds.title, *seeds.question)):
        raise ParameterError("title and question are needed in both languages", mend="Give --title-en and its kin.")
    if len(seeds.scale) != len(STEPS) or not all(word.strip() for labels in seeds.scale for word in labels):
        raise ParameterError("the scale needs five labels", where="--scale-en", mend="Separate them by |, -2 first.")
    if not any(word.strip() for word in seeds.targets):
        raise ParameterError("no target is named", where="--target", mend="Name the thing as articles do.")
    head = _HEAD.format(title=" ".join(seeds.title[0].split()))
    body = yaml.safe_dump(_as_dict(seeds), allow_unicode=True, sort_keys=False, width=110)
    return head + body


def _as_dict(seeds: Seeds) -> dict[str, Any]:
    words = {"favouring": seeds.favouring, "opposing": seeds.opposing}
    terms = {"target": list(seeds.targets), **{name: list(listed) for name, listed in words.items() if listed}}
    near = {"target": "near", "reach": 5}
    directions = [
        {"id": name, "patterns": [name], **near, "effects": dict(_EFFECTS[side])}
        for name, side in (("favouring", "for"), ("opposing", "against"))
        if words[name]
    ]
    directions.append(
        {"id": "target", "patterns": ["target"], "target": "near", "reach": 1, "effects": dict(_EFFECTS["for"])}
    )
    return {
        "id": seeds.id,
        "title": _both(seeds.title),
        "question": _both(seeds.question),
        "scale": [
            {"value": step, "label": _both(labels), "definition": _define(labels)}
            for step, labels in zip(STEPS, seeds.scale, strict=True)
        ],
        "terms": terms,
        "targets": [{"id": "target", "all": ["target"]}],
        "directions": directions,
        "operators_of": seeds.lender,
    }


def _both(texts: tuple[str, str]) -> dict[str, str]:
    return {"en": texts[0].strip(), "ar": texts[1].strip()}


def _define(labels: tuple[str, str]) -> dict[str, str]:
    return {"en": f"Says in effect: {labels[0].strip()}.", "ar": f"يقول بما معناه: {labels[1].strip()}."}


def _try_vocabulary(paths: Paths, seeds: Seeds, text: str, folder: Path) -> Path:
    """Return a copy of the vocabulary with the issue in it, once it has loaded."""
    copy = folder / "vocabulary"
    shutil.copytree(paths.vocabulary, copy)
    (copy / "issues" / f"{seeds.id.replace('_', '-')}.yml").write_text(text, encoding="utf-8")
    load_vocabulary(copy)
    return copy


# --- what it finds ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Preview:
    """What an issue file finds in a corpus.

    Attributes:
        n_documents: Articles with a statement on the issue.
        n_statements: Statements on it.
        steps: How many statements the rules put on each step; None is no position.
        examples: `doc_id`, `stance`, `confidence`, `quote`, the surest of each step first.
        cues: Frequent words in and around those statements that the file does not use, with their numbers of
            statements: candidates for words for, against, or for the thing itself.
    """

    n_documents: int
    n_statements: int
    steps: dict[int | None, int]
    examples: pd.DataFrame
    cues: tuple[tuple[str, int], ...]


def preview_issue(paths: Paths, seeds: Seeds, *, corpus: Path | None = None, text: str = "") -> Preview:
    """Annotate a corpus with an issue that need not be written yet, and say what it finds.

    Args:
        paths: The project.
        seeds: The issue; of one that is written, its id and targets.
        corpus: Folder of articles; the project's own where None.
        text: The issue file, where it is not to be made from `seeds`.

    Raises:
        ParameterError, VocabularyError, CorpusError: As in `write_issue` and `tables.make_rule_tables`.
    """
    with tempfile.TemporaryDirectory(prefix="vocabulary-") as made:
        copy = _try_vocabulary(paths, seeds, text or make_issue(seeds), Path(made))
        tables = make_rule_tables(corpus or paths.raw, copy, store=Path(made) / "readings.sqlite")
        terms = load_vocabulary(copy).issues[seeds.id].terms
    statements = tables["core_statements"]
    found = statements[statements["issue"] == seeds.id]
    texts = dict(zip(tables["raw_documents"]["doc_id"], tables["raw_documents"]["text"], strict=True))
    steps = Counter(None if pd.isna(step) else int(step) for step in found["stance"])
    surest = found.sort_values("confidence", ascending=False, kind="stable").groupby("stance", dropna=False).head(2)
    return Preview(
        found["doc_id"].nunique(),
        len(found),
        dict(sorted(steps.items(), key=lambda item: (item[0] is None, item[0] or 0))),
        surest.sort_values(["stance", "doc_id"])[["doc_id", "stance", "confidence", "quote"]].reset_index(drop=True),
        _suggest_cues(statements, seeds.id, texts, [word for words in terms.values() for word in words]),
    )


def _suggest_cues(
    statements: pd.DataFrame, issue_id: str, texts: dict[str, str], used: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    """Rank words that stand near the matches and more often than near other statements, each once a statement."""
    known = {_bare(word) for phrase in used for word in fold(phrase).split()} | {_bare(word) for word in _STOPPED}
    near: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for row in iterate_rows(statements):
        text = texts[row.doc_id]
        start = max(text.rfind(mark, 0, row.start) for mark in ".\n؟!") + 1
        words = {_bare(fold(word)): word for word in re.findall(r"[\u0621-\u064a]{3,}", text[start : row.end])}
        (near if row.issue == issue_id else elsewhere).update(words.keys() - known)
        spelled = words | spelled
    n_near = max(1, int(statements["issue"].eq(issue_id).sum()))
    n_elsewhere = max(1, len(statements) - n_near)
    kept = [w for w, n in near.items() if n > 1 and n / n_near >= _MUCH_MORE * elsewhere[w] / n_elsewhere]
    ranked = sorted(kept, key=lambda w: (-near[w], elsewhere[w], w))
    return tuple((spelled[word], near[word]) for word in ranked[:20])


def _bare(word: str) -> str:
    """Return a folded word without a leading conjunction before the article, and without the article."""
    return re.sub(r"^(?:[وفبكل]?ال|لل)(?=..)", "", word)
