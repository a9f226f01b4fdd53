"""What a coding sheet does: goes from statement to statement and keeps each decision on disk before it says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from mawaqif.coding import read_decisions
from mawaqif.coding_widget.items import (
    Codes,
    Item,
    codes_of,
    cut_passage,
    decide,
    list_disagreements,
    list_items,
    list_open,
    list_sampled,
)
from mawaqif.coding_widget.words import WORDS
from mawaqif.corrections import DecisionFile
from mawaqif.double_coding import Round, latest_decisions, measure_round, read_round
from mawaqif.errors import CodingError, MawaqifError
from mawaqif.paths import Paths, default_paths
from mawaqif.records import Span, make_statement_id
from mawaqif.schemas import MODALITIES
from mawaqif.tables import Tables

ANALYSTS = "analysts"
"""In place of a round: the coders of the whole corpus."""
CERTAINTIES = ("sure", "unsure")
_UNCODED = Codes()


@dataclass(frozen=True)
class Order:
    """What a coder asks of the sheet.

    Attributes:
        action: `accept`, `save`, `reject`, `withdraw`, `add`, `split`, `merge`, `go`.
        codes: What stands in the form.
        note: The coder's note.
        certainty: One of `CERTAINTIES`, or empty.
        start: Where the selected text begins in the article; of `split`, where the second statement begins.
        end: Where it ends.
        to: The item to go to, by its number.
    """

    action: str
    codes: Codes = _UNCODED
    note: str = ""
    certainty: str = ""
    start: int | None = None
    end: int | None = None
    to: int = 0


class Sheet:
    """A queue of statements and one coder's file.

    Three kinds: all statements of a corpus, the most telling first; `round`, a sample to code blind, with nothing of
    what was predicted; `settle`, what the coders of a round disagree on (`analysts` for those who code without one),
    decided for `corrections.csv`.
    """

    def __init__(
        self, tables: Tables, coder: str, *, round: str = "", settle: str = "", paths: Paths | None = None
    ) -> None:
        """Open the sheet at the first statement that this coder has not decided on.

        Raises:
            CodingError: The coder's name cannot name a file, there is no such round, or the round is on another issue.
        """
        if round and settle:
            raise CodingError("a round is coded or settled, not both", mend="Give `round` or `settle`.")
        self.tables, self.coder, self.is_blind, self.at = tables, coder, bool(round), 0
        folder = (paths or default_paths()).coding
        self.texts = dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["text"], strict=True))
        self.sha256 = dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["sha256"], strict=True))
        if settle == ANALYSTS:
            self.items = list_open(read_decisions(folder, tables.vocabulary), tables)
        elif round or settle:
            drawn = self._read_round(folder, round or settle)
            folder = drawn.folder if round else folder
            self.items = list_sampled(drawn) if round else self._list_disagreements(drawn)
        else:
            self.items = list_items(tables)
        self.file = DecisionFile(folder, coder, settled=bool(settle))
        self.folder = folder
        self.own: dict[str, dict[Any, Any]] = {}
        self._read_own()
        self.at = next((i for i, item in enumerate(self.items) if item.statement_id not in self.own), 0)

    def _read_round(self, folder: Path, name: str) -> Round:
        drawn = read_round(folder, name)
        if drawn.issue != self.tables.issue.id:
            raise CodingError(f"the round is on the issue {drawn.issue!r}", mend=f"Load issue={drawn.issue!r}.")
        return drawn

    def _list_disagreements(self, drawn: Round) -> list[Item]:
        decided = latest_decisions(drawn, self.tables)
        return list_disagreements(drawn, measure_round(drawn, self.tables), self.tables, decided)

    def _read_own(self) -> None:
        """Read what this coder has decided, in this sheet or another, and put added statements among the items."""
        table = read_decisions(self.folder, self.tables.vocabulary)
        table = table[table["coder"].eq(self.coder) & table["is_settled"].eq(self.file.is_settled)]
        table = table.sort_values("coded_at", kind="stable").drop_duplicates("statement_id", keep="last")
        rows = {row["statement_id"]: row for row in table.to_dict("records") if row["decision"] != "withdraw"}
        self.own = {str(key): row for key, row in rows.items()}
        known = {item.statement_id for item in self.items}
        for key, row in self.own.items():
            # What was added stands nowhere else; what was rejected is in no table any more, but can be taken back.
            if key not in known and row["decision"] in ("add", "reject") and self._stands(row):
                span = Span(int(row["start"]), int(row["end"]))
                self._insert(Item(key, row["doc_id"], row["sha256"], span, is_added=row["decision"] == "add"))

    def _stands(self, row: dict[Any, Any]) -> bool:
        """Tell whether the text that a decision was made on is still the same."""
        return bool(row["doc_id"]) and self.sha256.get(row["doc_id"]) == row["sha256"] and not pd.isna(row["start"])

    def _insert(self, new: Item) -> None:
        """Put an item behind the last of its article that stands before it."""
        before = [i for i, one in enumerate(self.items) if one.doc_id == new.doc_id and one.span <= new.span]
        near = [i for i in before if self.items[i].span == max(self.items[j].span for j in before)]
        self.items.insert(near[-1] + 1 if near else len(self.items), new)

    # --- orders -----------------------------------------------------------------------------------------------------

    def obey(self, order: Order) -> str:
        """Do what a coder asks and return what to tell; every decision is on disk by then.

        Raises:
            CodingError: The order cannot be done; nothing was written.
        """
        if order.action == "go":
            self.at = min(max(order.to, 0), max(len(self.items) - 1, 0))
            return ""
        if not self.items:
            raise self._refuse("nothing")
        item = self.items[self.at]
        said = {"note": order.note, "certainty": order.certainty if order.certainty in CERTAINTIES else ""}
        decisions = self._decide(item, order, said)
        self.file.record(*decisions)
        self._read_own()
        self._move(item, order.action)
        return str(decisions[-1].decision)

    def _decide(self, item: Item, order: Order, said: dict[str, Any]) -> list[Any]:
        codes = self._check(order.codes)
        if order.action == "accept" and (self.is_blind or (item.predicted is None and not item.is_added)):
            raise self._refuse("accept")
        if order.action in ("accept", "reject", "withdraw"):
            is_taken_back = order.action == "withdraw" or (order.action == "reject" and self._is_own_addition(item))
            return [decide(item, "withdraw" if is_taken_back else order.action, **said)]
        if order.action == "save":
            return [decide(item, "change", codes, **said)]
        if order.action == "add":
            return [decide(self._new(item, order.start, order.end), "add", codes, **said)]
        if order.action == "respan":
            return [self._drop(item), decide(self._new(item, order.start, order.end), "add", codes, **said)]
        if order.action == "split":
            first, second = self._split(item, order.start)
            return [self._drop(item), decide(first, "add", codes, **said), decide(second, "add", codes, **said)]
        if order.action == "merge":
            following = self._following(item)
            new = self._new(item, item.span.start, following.span.end)
            return [self._drop(item), self._drop(following), decide(new, "add", codes, **said)]
        raise CodingError(f"unknown order {order.action!r}")

    def _refuse(self, why: str) -> CodingError:
        words = WORDS[self.tables.parameters.language]
        return CodingError(words[f"refused {why}"], mend=words[f"mend {why}"])

    def _drop(self, item: Item) -> Any:
        return decide(item, "withdraw" if self._is_own_addition(item) else "reject")

    def _is_own_addition(self, item: Item) -> bool:
        return self.own.get(item.statement_id, {}).get("decision") == "add"

    def _check(self, codes: Codes) -> Codes:
        """Refuse codes that no file of decisions may hold."""
        vocabulary = self.tables.vocabulary
        if codes.issue not in {*vocabulary.issues, "other"} or codes.modality not in MODALITIES:
            raise CodingError(f"unknown code {codes.issue!r} or {codes.modality!r}", mend="Choose from the lists.")
        if codes.speaker_id and vocabulary.actor(codes.speaker_id) is None:
            raise CodingError(f"unknown speaker {codes.speaker_id!r}", mend="Choose from the list, or write a name.")
        if codes.stance is not None and codes.stance not in range(-2, 3):
            raise CodingError(f"stance {codes.stance} is not on the scale", mend="Use -2 to 2.")
        return replace(codes, stance=None) if codes.issue == "other" else codes

    def _new(self, item: Item, start: int | None, end: int | None) -> Item:
        """Return a new item in the article of another, without spaces at its ends."""
        text = self.texts[item.doc_id]
        if start is None or end is None or not 0 <= start < end <= len(text) or not text[start:end].strip():
            raise self._refuse("text")
        inner = text[start:end]
        start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
        statement_id = make_statement_id(item.sha256, start, end)
        return Item(statement_id, item.doc_id, item.sha256, Span(start, end), is_added=True)

    def _split(self, item: Item, at: int | None) -> tuple[Item, Item]:
        if at is None or not item.span.start < at < item.span.end:
            raise self._refuse("split")
        return self._new(item, item.span.start, at), self._new(item, at, item.span.end)

    def _following(self, item: Item) -> Item:
        own = [one for one in self.items if one.doc_id == item.doc_id and one.span.start >= item.span.end]
        own = [one for one in own if self.own.get(one.statement_id, {}).get("decision") != "reject"]
        if not own:
            raise self._refuse("following")
        return min(own, key=lambda one: one.span)

    def _move(self, item: Item, action: str) -> None:
        """Go to the next statement that is not decided; after a withdrawal stay."""
        at = next((i for i, one in enumerate(self.items) if one.statement_id == item.statement_id), self.at)
        if action in ("withdraw", "add"):
            self.at = at
            return
        order = [*range(at + 1, len(self.items)), *range(at)]
        self.at = next((i for i in order if self.items[i].statement_id not in self.own), at)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show(self) -> dict[str, Any]:
        """Return all that the page shows of the current statement, as plain JSON."""
        shown: dict[str, Any] = {
            "at": self.at,
            "total": len(self.items),
            "decided": sum(item.statement_id in self.own for item in self.items),
            "coder": self.coder,
            "is_blind": self.is_blind,
            "item": None,
        }
        if not self.items:
            return shown
        item = self.items[self.at]
        own = self.own.get(item.statement_id)
        has_codes = own is not None and own["decision"] in ("change", "add")
        codes = codes_of(own) if own is not None and has_codes else item.predicted
        text = self.texts.get(item.doc_id)
        others = [] if self.is_blind else [i.span for i in self.items if i.doc_id == item.doc_id and i != item]
        start, pieces = cut_passage(text, item, others) if text is not None else (0, [])
        title = self.tables.core_documents.set_index("doc_id")["title"].get(item.doc_id)
        shown["item"] = {
            "statement_id": item.statement_id,
            "doc_id": item.doc_id,
            "title": title if isinstance(title, str) else item.doc_id,
            "start": start,
            "span": list(item.span),
            "pieces": pieces,
            "codes": vars(codes or Codes(issue=self.tables.issue.id)),
            "is_coded": codes is not None,
            "can_accept": item.predicted is not None and not self.is_blind,
            "decision": own["decision"] if own else "",
            "note": own["note"] if own else "",
            "certainty": own["certainty"] if own else "",
            "about": list(item.about),
            "offers": [vars(codes) if codes else None for codes in item.offers],
        }
        return shown

    def describe(self, language: str) -> dict[str, Any]:
        """Return what stays the same from statement to statement: words, scale, actors, issues."""
        vocabulary, issue = self.tables.vocabulary, self.tables.issue
        other = WORDS[language]["other"]
        return {
            "language": language,
            "words": WORDS[language],
            "question": issue.question.in_language(language),
            "scale": [
                {
                    "value": point.value,
                    "label": point.label.in_language(language),
                    "definition": point.definition.in_language(language),
                }
                for point in issue.scale
            ],
            "issues": [
                *({"id": one.id, "name": one.title.in_language(language)} for one in vocabulary.issues.values()),
                {"id": "other", "name": other},
            ],
            "issue": issue.id,
            "modalities": [{"id": name, "name": WORDS[language][name]} for name in MODALITIES],
            "speakers": [{"id": a.id, "name": f"{a.name.ar} · {a.name.en}"} for a in vocabulary.actors.actors],
        }

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """Do what a message of the page asks; an error is told, and whatever it was, the sheet goes on."""
        try:
            codes = Codes(**{name: message.get("codes", {}).get(name, value) for name, value in vars(Codes()).items()})
            known = {name: message[name] for name in ("note", "certainty", "start", "end", "to") if name in message}
            done = self.obey(Order(str(message.get("action")), codes=codes, **known))
        except MawaqifError as error:
            return {"error": str(error)}
        except OSError as error:
            return {"error": f"{WORDS[self.tables.parameters.language]['not_saved']}: {error.strerror or error}"}
        return {"done": done, "time": datetime.now(UTC).astimezone().strftime("%H:%M:%S")}
