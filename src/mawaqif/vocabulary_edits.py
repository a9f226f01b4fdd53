"""Changes single values in a vocabulary file and leaves every other character of it as it is, comments included.

A value is found by the marks that the YAML reader puts on it; what is written is checked by loading the vocabulary.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mawaqif.errors import VocabularyError
from mawaqif.files import replace_file
from mawaqif.vocabulary import Vocabulary, load_vocabulary

Step = str | tuple[str, str]
"""A key of a mapping, or the entry of a list by the value of one of its keys: `("id", "sudani")`."""
_PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ -][^\W_]+)*")
_TRUTHS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_WIDTH = 120


@dataclass(frozen=True)
class Edit:
    """A new text for the value at a place of a file, which is there already."""

    path: tuple[Step, ...]
    value: str


@dataclass(frozen=True)
class NewAlias:
    """A further spelling of the entry at a place of a file."""

    path: tuple[Step, ...]
    form: str


def quote(word: str) -> str:
    """Return a text in one line as YAML reads it back, plain where it can stand so."""
    word = " ".join(word.split())
    is_plain = _PLAIN.fullmatch(word) and word.lower() not in _TRUTHS
    return word if is_plain else json.dumps(word, ensure_ascii=False)


def find_node(root: Any, path: Iterable[Step]) -> Any:
    """Return the node at a place of a composed file.

    Raises:
        VocabularyError: There is no such place.
    """
    node = root
    for step in path:
        found = None
        if isinstance(step, str) and isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(step, tuple) and isinstance(node, yaml.SequenceNode):
            found = next((entry for entry in node.value if _has(entry, *step)), None)
        if found is None:
            raise VocabularyError(f"there is no {step!r} to change", where="the file", mend="Write it by hand.")
        node = found
    return node


def _has(entry: Any, key: str, value: str) -> bool:
    pairs = entry.value if isinstance(entry, yaml.MappingNode) else []
    return any(name.value == key and node.value == value for name, node in pairs)


def apply_edits(text: str, edits: Iterable[Edit | NewAlias]) -> str:
    """Return the text of a file with some values changed.

    Raises:
        VocabularyError: A place is not there.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    pieces = [
        _replace(text, find_node(root, edit.path), edit.value)
        if isinstance(edit, Edit)
        else _add_alias(text, find_node(root, edit.path), edit.form)
        for edit in edits
    ]
    for start, end, new in sorted(pieces, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _replace(text: str, node: Any, value: str) -> tuple[int, int, str]:
    start, end = node.start_mark.index, node.end_mark.index
    if node.style not in (">", "|"):
        return start, end, quote(value)
    end = start + len(text[start:end].rstrip())  # a block's mark lies behind the empty lines that follow it
    first = text.index("\n", start) + 1
    indent = re.match(r"\s*", text[first:end])
    lead = indent.group().splitlines()[-1] if indent and indent.group() else "  "
    lines = textwrap.wrap(value, _WIDTH - len(lead), break_long_words=False, break_on_hyphens=False)
    return start, end, ">-\n" + "\n".join(lead + line for line in lines)


def _add_alias(text: str, entry: Any, form: str) -> tuple[int, int, str]:
    """Return where a spelling is put: first in the list of aliases, or as a list before the type."""
    listed = next((value for key, value in entry.value if key.value == "aliases"), None)
    if listed is not None and listed.flow_style:
        at = listed.start_mark.index + 1
        return at, at, quote(form) + (", " if listed.value else "")
    if listed is not None:
        at = listed.start_mark.index
        return at, at, f"- {quote(form)}\n{' ' * listed.start_mark.column}"
    if entry.flow_style:
        at = entry.end_mark.index - 1
        return at, at, f", aliases: [{quote(form)}]"
    key = next(key for key, _ in entry.value if key.value == "type")
    at = key.start_mark.index
    return at, at, f"aliases: [{quote(form)}]\n{' ' * key.start_mark.column}"


def find_issue_file(folder: Path, issue_id: str) -> Path:
    """Return the file of an issue in a vocabulary folder.

    Raises:
        VocabularyError: There is none.
    """
    for path in sorted((folder / "issues").glob("*.yml")):
        root: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        if isinstance(root, yaml.MappingNode) and _has(root, "id", issue_id):
            return path
    raise VocabularyError(f"the issue {issue_id!r} has no file", where=str(folder / "issues"), mend="Restore it.")


# --- writing ---------------------------------------------------------------------------------------------------------


def write_checked(
    folder: Path, texts: Mapping[str, str], check: Callable[[Vocabulary], None], *, is_dry: bool = False
) -> None:
    """Write files of the vocabulary, all of them or none, once it loads with them.

    Args:
        folder: The vocabulary.
        texts: The new text of each file, by its place in the folder.
        check: Raises where the vocabulary with them is not what was meant.
        is_dry: Check alone.

    Raises:
        VocabularyError: It does not load, or not as was meant; every file is as it was.
    """
    with tempfile.TemporaryDirectory(prefix="vocabulary-") as made:
        copy = Path(made) / "vocabulary"
        shutil.copytree(folder, copy)
        for name, text in texts.items():
            (copy / name).write_text(text, encoding="utf-8")
        check(load_vocabulary(copy))
    if is_dry:
        return
    old = {name: (folder / name).read_bytes() for name in texts}
    done: list[str] = []
    try:
        for name, text in texts.items():
            replace_file(folder / name, text.encode())
            done.append(name)
    except OSError:
        for name in done:
            replace_file(folder / name, old[name])
        raise


def change_dump(dump: Any, edit: Edit | NewAlias) -> None:
    """Make an edit in the plain data of a file, as it must then be read."""
    *above, last = edit.path if isinstance(edit, Edit) else (*edit.path, "aliases")
    for step in above:
        is_entry = isinstance(step, tuple)
        dump = next(e for e in dump if str(e[step[0]]) == step[1]) if is_entry else dump[step]
    if isinstance(edit, Edit):
        dump[last] = edit.value
    else:
        dump[last] = (edit.form, *dump[last])
