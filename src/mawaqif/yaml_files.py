"""Reads a YAML file strictly: no key twice, nothing nested too deeply, every error with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from mawaqif.errors import VocabularyError


class _UniqueKeyLoader(yaml.CSafeLoader):
    """PyYAML keeps the last of two equal keys; here that is an error with its line."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            where = f"line {key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode):
                raise VocabularyError("a list or mapping stands as a key", where=where, mend="Write a word as the key.")
            if key.value in seen:
                raise VocabularyError(f"the key {key.value!r} stands twice", where=where, mend="Keep one of them.")
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            given = repr(node.value)[:60] if isinstance(node, yaml.ScalarNode) else "the entry"
            raise VocabularyError(
                f"{given} cannot be read ({error})",
                where=f"line {node.start_mark.line + 1}",
                mend="Correct it; a date must exist.",
            ) from error


_DEEPEST = 100


def load_yaml(path: Path) -> Any:
    """Return what a YAML file says; a key that stands twice is an error.

    Raises:
        VocabularyError: The file is missing, is no YAML or has a key twice, with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        depth = anchored_at = 0
        event: Any
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:  # the reader itself would fail on the depth, out of reach of any handler
                line = event.start_mark.line + 1
                raise VocabularyError("nested too deeply", where=f"line {line}", mend="Close the brackets before it.")
            if isinstance(event, yaml.CollectionStartEvent) and event.anchor and not anchored_at:
                anchored_at = depth
            elif depth < anchored_at:
                anchored_at = 0
            if anchored_at and isinstance(event, yaml.AliasEvent):  # a few lines of these unfold to any size
                what = f"the alias *{event.anchor} stands in a part that has a name"
                where = f"line {event.start_mark.line + 1}" if event.start_mark else None
                raise VocabularyError(what, where=where, mend="Write out what it stands for.")
        return yaml.load(text, Loader=_UniqueKeyLoader)
    except UnicodeDecodeError as error:
        raise VocabularyError(
            f"the file is not UTF-8 (byte {error.start})", where=path.name, mend="Save it again in UTF-8."
        ) from error
    except (OSError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else "nested too deeply"
        raise VocabularyError("the file cannot be read", where=str(path), mend=f"Restore it ({reason}).") from error
    except yaml.YAMLError as error:
        raise VocabularyError(f"not valid YAML: {error}", where=path.name, mend="Correct that line.") from error
    except VocabularyError as error:
        raise VocabularyError(error.what, where=f"{path.name}, {error.where}", mend=error.mend) from error
