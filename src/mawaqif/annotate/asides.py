"""Finds who tells a sentence from what is put into it: «، على حد قوله،», «في رأيها», «، يقول الخبير، ...»."""

from __future__ import annotations

from collections.abc import Sequence

from mawaqif.annotate.clauses import COMMAS, STOPS, Block, Text
from mawaqif.annotate.cues import CueReading, CueTables
from mawaqif.annotate.headers import Header
from mawaqif.annotate.subjects import subject_behind

_INTRODUCED = frozenset(["فان", "فانه", "فانها", "ان", "فهناك"])
_SHORTEST_PART = 3  # tokens
_LETTERS_OF_PARTICLE = 2
_OPENING_WORDS = frozenset(["لكن", "ولكن", "غير", "ان", "الا", "اما", "واما", "بل", "ثم"])


def find_aside_headers(
    text: Text, block: Block, marked: Sequence[int], headers: Sequence[Header], tables: CueTables
) -> list[Header]:
    """Return the headers of views with a pronoun and of reporting verbs put into what they report.

    A sentence that a reporting word before already tells is left to it. Each needs a speaker to be told.
    """
    if block.is_title:
        return []
    found: list[Header] = []
    for token in marked:
        word, before = block.words[token], block.words[token - 1]
        is_behind_comma = (before in COMMAS or before == "كما") and word in tables.verbs
        if word not in tables.views and not is_behind_comma:
            continue  # most cues are neither a view nor put in behind a comma
        if block.quoted[token] >= 0 or _is_told(block, token, headers):
            continue
        header = _view(text, block, token, tables) or _inverted_verb(block, token, headers, tables)
        if header is not None and not any(header.content in (one.content, one.cue, one.starts) for one in headers):
            found.append(header)
    return found


def _is_told(block: Block, token: int, headers: Sequence[Header]) -> bool:
    """Tell whether another cue of the sentence, before the token or at it, has the floor."""
    first = block.sentence_start(token)
    return any(first <= header.cue <= token or header.starts == token for header in headers)


def _view(text: Text, block: Block, token: int, tables: CueTables) -> Header | None:
    """Read «القضايا السيادية، على حد قوله، شأن الدولة»: a phrase with the pronoun of whoever holds the view."""
    phrases, following = tables.views.get(block.words[token], ()), block.word(token + 1)
    fitting = (p for p in phrases if len(p) == 1 or p[1] == following)  # most words are told by the next one
    phrase = next((p for p in fitting if tuple(block.words[token + 1 : token + len(p)]) == p[1:]), None)
    after = token + len(phrase or ())
    if phrase is None or text.letter(block, after - 1, -1) == "ة":  # «في نظرة شاملة»
        return None
    start, last = token, phrase[-1]
    if phrase[0] == "وجهه":
        if block.word(token - 1) not in ("من", "ومن", "فمن"):
            return None
        start -= 1
    placed = _placed(block, start, after)
    if placed is None:
        return None
    content, offset, end, starts = placed
    return Header(
        token, after, " ".join(phrase), "position", "clause", content, offset, starts=starts, end=end,
        gender="f" if last.endswith("ها") else "m", number="p" if last.endswith("هم") else "s", pronoun=after - 1,
        needs_speaker=True,
    )  # fmt: skip


def _placed(block: Block, start: int, after: int) -> tuple[int, int, int | None, int] | None:
    """Return (content, letters to skip, end or None, start of the clause) of a phrase at `start:after`.

    The content stands behind a phrase that opens its sentence, before one that ends it, around one between commas.
    """
    first = block.sentence_start(start)
    if all(word in _OPENING_WORDS or not word[0].isalnum() for word in block.words[first:start]):
        content = after + (block.word(after) in COMMAS)
        content += block.word(content) in _INTRODUCED
        return (content, 0, None, start) if _goes_on(block, content, start) else None
    part = _part_start(block, start, first)
    offset = int(len(block.words[part]) > _LETTERS_OF_PARTICLE and block.words[part][0] == "ف")
    is_last = not _goes_on(block, after, start) or block.words[after] in STOPS
    if is_last and start - part >= _SHORTEST_PART:
        return part, offset, start - (block.words[start - 1] in COMMAS), start
    is_aside = block.words[start - 1] in COMMAS and block.word(after) in COMMAS and _goes_on(block, after + 1, start)
    return (part, offset, None, part) if is_aside else None


def _part_start(block: Block, start: int, first: int) -> int:
    """Return where what the phrase belongs to begins: its sentence, or behind a comma a clause with «ف»."""
    while first < start and not block.words[first][0].isalnum():
        first += 1
    for at in range(start - 2, first, -1):
        if block.words[at - 1] in COMMAS and block.words[at][0] == "ف" and block.words[at] not in _NO_CONJUNCTION:
            return at
    return first


_NO_CONJUNCTION = frozenset(["في", "فيه", "فيها", "فيما", "فوق", "فقط", "فضلا", "فور", "فجر", "فترة"])


def _goes_on(block: Block, at: int, token: int) -> bool:
    return at < len(block) and block.sentence[at] == block.sentence[token]


def _inverted_verb(block: Block, token: int, headers: Sequence[Header], tables: CueTables) -> Header | None:
    """Read «الأزمة ستطول، يقول الخبير» and «ما يلزم، يتابع القاضي، هو الوقت»: a verb of saying behind a comma."""
    start = token - (block.words[token - 1] == "كما")  # «العراق، كما قال، شريك»
    if block.words[start - 1] not in COMMAS or start <= block.sentence_start(token):
        return None
    reading = next((r for r in tables.verbs.get(block.words[token], ()) if _says(r)), None)
    if reading is None:
        return None
    subject = subject_behind(block, token, len(block), tables)
    after = token + 1 if subject is None else subject[1]
    is_closed = not _goes_on(block, after, token) or block.words[after] in COMMAS or block.words[after] in STOPS
    placed = _placed(block, start, after) if is_closed else None
    if placed is None or (subject is not None and start < token):  # «كما قال الوزير» is a source
        return None
    content, offset, end, starts = placed
    if start < token and end is None:
        end = _sentence_end(block, token)  # «كما» opens no clause of its own here
    return Header(
        token, token + 1, reading.lemma, reading.verb.modality, "clause", content, offset, subject, starts, end=end,
        gender=reading.form.gender, number=reading.form.number, needs_speaker=True,
    )  # fmt: skip


def _sentence_end(block: Block, token: int) -> int:
    """Return the index behind the last word of a sentence, its stop aside."""
    end = token
    while end < len(block) and block.sentence[end] == block.sentence[token]:
        end += 1
    return end - (block.words[end - 1] in STOPS)


def _says(reading: CueReading) -> bool:
    """Tell a finite verb that reports whole sentences («يقول», «يضيف»), without conjunction or object."""
    form = reading.form
    return form.kind == "finite" and not reading.conjunction and not form.has_object and reading.lemma in _SAYING


_SAYING = frozenset(
    [
        "قال",
        "أضاف",
        "تابع",
        "أوضح",
        "شرح",
        "أكد",
        "استدرك",
        "استطرد",
        "أردف",
        "ختم",
        "اختتم",
        "علق",
        "روى",
        "تساءل",
        "كتب",
    ]
)
