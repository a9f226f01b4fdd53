"""Compiles the cue vocabulary into tables in which one dictionary look-up tells what a word may attribute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from mawaqif.annotate.function_words import (
    DEEDS,
    DEMONSTRATIVES,
    DIRECT_OPENINGS,
    IN_THEIR_NAME,
    JUDGING,
    NOUNS_OF_SAYING,
)
from mawaqif.arabic.lemmas import Form, is_verbal_noun, verb_forms
from mawaqif.arabic.text import fold
from mawaqif.arabic.word_forms import FormFacts
from mawaqif.vocabulary import CueNoun, CuesFile, CueVerb, Vocabulary

DECREES = frozenset(["القاضي", "القاضيه", "الداعي", "الداعيه", "المطالب", "المطالبه"])
"""Participles that tell what a decision or call asks for («القاضي بإخراج»), folded."""


@dataclass(frozen=True, slots=True)
class CueReading:
    """One way to read a word as a reporting verb: its form, its entry and its conjunction («و», «ف» or none).

    `lemma`, `guarded` and what it takes are the entry's, written out because every word of a clause asks for them:
    with `takes_clause` «أن» may open its content, with `takes_quote` a quotation or colon, with `takes_noun` a bare
    verbal or abstract noun. `entry` is the number of the verb in the list. `is_verb` is True for a finite form without
    object pronoun of an unguarded verb.
    """

    form: Form
    verb: CueVerb
    prepositions: frozenset[str]
    conjunction: str
    objects: frozenset[str]
    lemma: str
    guarded: bool
    takes_clause: bool
    takes_quote: bool
    takes_noun: bool
    is_verb: bool
    with_words: frozenset[str]
    entry: int

    @classmethod
    def of(
        cls,
        form: Form,
        verb: CueVerb,
        prepositions: frozenset[str],
        conjunction: str,
        objects: frozenset[str],
        with_words: frozenset[str],
        entry: int,
    ) -> CueReading:
        """Read a form of a verb, the `entry`-th of its list, with a conjunction before it; the words are folded."""
        return cls(
            form,
            verb,
            prepositions,
            conjunction,
            objects,
            verb.lemma,
            verb.guarded,
            takes_clause="clause" in verb.takes,
            takes_quote="quote" in verb.takes,
            takes_noun="noun" in verb.takes,
            is_verb=form.kind == "finite" and not verb.guarded and not form.has_object,
            with_words=with_words,
            entry=entry,
        )


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """Folded words that name a source; `glued` where the last one is the prefix «ل» of the next word."""

    words: tuple[str, ...]
    glued: bool
    is_clause: bool


@dataclass(frozen=True, slots=True)
class CueTables:
    """The compiled `cues.yml`; all words folded.

    `other_verbs` are the written forms that can be a finite verb and nothing guarded, `circumstantial` those that can
    be a singular participle in the accusative, `manners` those that can be a feminine one, `nominal` all words that may
    be a cue without a verb, `views` phrases with the pronoun of whoever holds a view, by their first word,
    `to_addressees` the addressees behind «ل». `may_be_cue` tells of each word of a text
    whether it may begin a cue of any kind; of the words that are a cue only with another one behind them («في»,
    «على»), `seconds` lists those.
    """

    verbs: dict[str, tuple[CueReading, ...]]
    other_verbs: frozenset[str]
    circumstantial: frozenset[str]
    manners: frozenset[str]
    nominal: frozenset[str]
    to_addressees: frozenset[str]
    nouns: dict[str, CueNoun]
    verbal_nouns: dict[str, CueReading]
    sources: dict[str, tuple[SourcePhrase, ...]]
    views: dict[str, tuple[tuple[str, ...], ...]]
    impersonal: frozenset[str]
    self_reference: frozenset[str]
    particles: frozenset[str]
    abstract_nouns: frozenset[str]
    not_verbal_nouns: frozenset[str]
    source_heads: frozenset[str]
    before_particle: frozenset[str]
    occasions: frozenset[str]
    adverbs: frozenset[str]
    adjuncts: frozenset[str]
    addressees: frozenset[str]
    relatives: frozenset[str]
    breaks: frozenset[str]
    break_exceptions: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    anonymity: frozenset[str]
    relayed: frozenset[str]
    breaks_of_two: frozenset[tuple[str, str]]
    event_verbs: frozenset[str]
    not_event_verbs: frozenset[str]
    names: frozenset[str]
    titles: frozenset[str]
    places: frozenset[str]
    seconds: dict[str, frozenset[str]] = field(default_factory=dict)
    signals: tuple[Signals, ...] = ()
    may_be_cue: FormFacts[np.bool_] = field(default_factory=lambda: FormFacts(bool, np.bool_))


class Signals(dict[str, int]):
    """Whether a word between a verb and its content may open the content, or end or part the clause or the subject.

    `MAY_OPEN` where it may open it, `ONLY_PARTS` where it may do one of the others, else 0. Most words do neither, and
    one look tells it; the words of a corpus repeat. Verbs that take the same share one.
    """

    def __init__(self, reading: CueReading, tables: CueTables, parting: frozenset[str]) -> None:
        """Note what can tell something behind the verb of `reading`, beside the words `parting` for all verbs."""
        super().__init__()
        self._reading, self._tables, self._parting = reading, tables, parting
        self._own = reading.prepositions | reading.with_words | (_THINGS if reading.lemma in JUDGING else frozenset())
        self._opening = tables.particles | reading.prepositions | DIRECT_OPENINGS | _OPENING_WORDS

    def __missing__(self, word: str) -> int:
        """Look at a word that was not met yet."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        is_listed = word in self._parting or word in self._own
        is_signal = is_listed or word[-1] == "ا" or self._may_be_content(word)
        may_open = self._reading.takes_noun or word in self._opening or word[0] in self._reading.prepositions
        self[word] = found = (MAY_OPEN if may_open else ONLY_PARTS) if is_signal else 0
        return found

    def _may_be_content(self, word: str) -> bool:
        """Whether a word may be a content with its preposition, or a noun as the verb takes it."""
        reading, tables = self._reading, self._tables
        if word[0] in reading.prepositions:
            return len(word) > _SHORTEST_PREFIXED or word[1:] in tables.abstract_nouns
        if not reading.takes_noun:
            return False
        is_owned = word.endswith(("تها", "تهم", "ته")) and len(word) > _SHORTEST_OWNED
        is_noun = is_owned or word in reading.objects or word in tables.abstract_nouns or is_verbal_noun(word)
        if is_noun or not word.startswith("ال"):
            return is_noun
        return is_verbal_noun(word[2:]) or word[2:] in tables.abstract_nouns


MAY_OPEN, ONLY_PARTS = 2, 1
_OPENING_WORDS = frozenset([":", "الا"])
_THINGS = DEEDS | DEMONSTRATIVES | {word[2:] for word in DEEDS}
_MOST_REMEMBERED = 20_000
_SHORTEST_PREFIXED = 3
_SHORTEST_OWNED = 5
_PARTING_WORDS = (
    DIRECT_OPENINGS
    | NOUNS_OF_SAYING
    | IN_THEIR_NAME
    | frozenset(
        [
            ".",
            "?",
            "!",
            ",",
            ";",
            ":",
            "(",
            "صباح",
            "اول",
            "عبر",
            "لسان",
            "في",
            "علي",
            "الي",
            "عن",
            "من",
            "مع",
            "لدي",
            "الا",
        ]
    )
)
"""Folded words that part a clause or a subject whatever the vocabulary says."""


@lru_cache(maxsize=4)
def cue_tables(vocabulary: Vocabulary) -> CueTables:
    """Compile the cues of a vocabulary, once."""
    words = vocabulary.actors.name_words
    return compile_cues(vocabulary.cues, names=words.given_names, titles=words.titles, places=words.places)


def compile_cues(
    cues: CuesFile, *, names: Iterable[str] = (), titles: Iterable[str] = (), places: Iterable[str] = ()
) -> CueTables:
    """Write out all forms of all cues and fold all word lists.

    `names` are given names, which no verb is taken for; `titles` stand before a name, and with `places` a phrase ends.
    """
    verbs, nouns = _verb_table(cues.verbs), _noun_table(cues.nouns)
    verbal_nouns = _verbal_noun_table(verbs)
    tables = CueTables(
        verbs=verbs,
        other_verbs=_forms_that(verbs, lambda r: r.is_verb) - (_folded(names) & _folded(cues.not_event_verbs)),
        circumstantial=_forms_that(verbs, lambda r: r.form.is_accusative and r.form.number == "s"),
        manners=_forms_that(verbs, lambda r: _is_feminine_participle(r) and not r.guarded and not r.conjunction),
        nominal=frozenset(nouns) | DECREES | frozenset(verbs) | frozenset(verbal_nouns),
        to_addressees=_with_preposition(_folded(cues.addressees)),
        nouns=nouns,
        verbal_nouns=verbal_nouns,
        sources=_source_table(cues),
        views=_view_table(cues),
        impersonal=_folded(cues.impersonal),
        self_reference=_folded(cues.self_reference),
        particles=_folded(cues.particles),
        abstract_nouns=_with_pronouns(cues.abstract_nouns),
        not_verbal_nouns=_folded(cues.not_verbal_nouns),
        source_heads=_folded(cues.source_heads),
        before_particle=_folded(cues.conjunctions_before_particle),
        occasions=_folded(cues.occasions),
        adverbs=_folded(cues.adverbs),
        adjuncts=_folded(cues.adjuncts),
        addressees=_folded(cues.addressees),
        relatives=_folded(cues.relatives),
        breaks=_folded(cues.breaks),
        break_exceptions=_folded(cues.break_exceptions),
        feminine=_folded(cues.feminine),
        masculine=_folded(cues.masculine),
        anonymity=_folded(cues.anonymity),
        relayed=_folded(cues.relayed),
        breaks_of_two=frozenset(
            (first, second) for first, _, second in (fold(b).partition(" ") for b in cues.breaks) if second
        ),
        event_verbs=_event_verbs(cues.event_verbs) - _folded(names) - _folded(cues.not_event_verbs),
        not_event_verbs=_folded(cues.not_event_verbs) | _folded(names),
        names=_folded(names) - _SPOKEN_FOR,
        titles=_folded(titles),
        places=_folded(places),
    )
    cue_words = tables.nominal | frozenset(tables.sources) | frozenset(tables.views)
    return replace(
        tables,
        seconds=_seconds(tables),
        signals=_signals(tables),
        may_be_cue=FormFacts(cue_words.__contains__, np.bool_),
    )


def _seconds(tables: CueTables) -> dict[str, frozenset[str]]:
    """Return the second words of the phrases that each word begins which is no cue by itself."""
    found: dict[str, set[str]] = {}
    for word in (tables.sources.keys() | tables.views.keys()) - tables.nominal:
        phrases = [phrase.words for phrase in tables.sources.get(word, ())] + list(tables.views.get(word, ()))
        if all(len(phrase) > 1 for phrase in phrases):
            found[word] = {phrase[1] for phrase in phrases}
    return {word: frozenset(seconds) for word, seconds in found.items()}


_SPOKEN_FOR = frozenset(["باسم"])
"""A given name that is oftener "on behalf of", and would end a spokesman's phrase in its midst."""


def _signals(tables: CueTables) -> tuple[Signals, ...]:
    """Make the signals of each entry; one for all verbs that what `Signals` asks of a reading does not tell apart."""
    by_entry = {reading.entry: reading for readings in tables.verbs.values() for reading in readings}
    parting = _PARTING_WORDS.union(
        tables.particles, tables.relatives, tables.adverbs, tables.adjuncts, tables.manners, tables.circumstantial,
        tables.other_verbs, tables.event_verbs, tables.to_addressees,
    )  # fmt: skip
    alike: dict[Hashable, Signals] = {}
    for entry in sorted(by_entry):
        alike.setdefault(_complements_of(by_entry[entry]), Signals(by_entry[entry], tables, parting))
    return tuple(alike[_complements_of(by_entry[entry])] for entry in sorted(by_entry))


def _complements_of(reading: CueReading) -> Hashable:
    """Return all that `Signals` asks of a reading."""
    return reading.prepositions, reading.with_words, reading.takes_noun, reading.objects, reading.lemma in JUDGING


def _forms_that(verbs: Mapping[str, Sequence[CueReading]], may_be: Callable[[CueReading], bool]) -> frozenset[str]:
    """Return the written forms of which some reading is of a kind."""
    return frozenset(word for word, readings in verbs.items() if any(map(may_be, readings)))


def _is_feminine_participle(reading: CueReading) -> bool:
    return reading.form.kind == "participle" and reading.form.gender == "f"


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _with_preposition(words: Iterable[str]) -> frozenset[str]:
    """Put «ل» before words; with the article it becomes «لل», which is also written before words without it."""
    found = {"ل"}
    for word in words:
        found.add("لل" + word)
        if word.startswith("ال"):
            found.add("ل" + word[1:])
        if not word.startswith("ل"):
            found.add("ل" + word)
    return frozenset(found)


def _with_pronouns(words: Iterable[str]) -> frozenset[str]:
    """Add the possessive pronouns of the third person («قلقها», «أهميتها») and the accusative («حرصاً»)."""
    bare = _folded(words)
    added = {
        (word[:-1] + "ت" if word.endswith("ه") else word) + pronoun
        for word in bare
        for pronoun in ("ه", "ها", "هم", "هما")
        if len(word) > 2
    }
    return bare | added | {word + "ا" for word in bare if len(word) > 2 and word[-1] not in "اهي"}


def _verb_table(verbs: Iterable[CueVerb]) -> dict[str, tuple[CueReading, ...]]:
    """Map every written form, with and without conjunction, to its readings, the likelier first."""
    table: dict[str, list[CueReading]] = defaultdict(list)
    for entry, verb in enumerate(verbs):
        prepositions = frozenset(fold(word) for word in verb.takes if word not in ("clause", "quote", "noun"))
        objects, with_words = _with_pronouns(verb.objects), _folded(verb.with_words)
        for form in verb_forms(*verb.principal_parts):
            if form.kind == "noun":
                continue
            for conjunction in ("", "و", "ف"):
                reading = CueReading.of(form, verb, prepositions, conjunction, objects, with_words, entry)
                table[conjunction + form.text].append(reading)
                if verb.keeps_negation and _is_cut_short(form):
                    table[conjunction + form.text[:-1]].append(reading)  # «لم يخفِ»
    return {word: tuple(sorted(readings, key=_unlikelihood)) for word, readings in table.items()}


def _verbal_noun_table(verbs: Mapping[str, Sequence[CueReading]]) -> dict[str, CueReading]:
    """Map the verbal nouns of unguarded verbs of saying, with article and «ب», to one reading of their verb."""
    table: dict[str, CueReading] = {}
    for readings in verbs.values():
        for reading in readings:
            noun = reading.verb.principal_parts[3] or _NOUNS_OF_SAYING.get(reading.lemma)
            if noun is not None and (not reading.guarded or reading.lemma == "ذكّر") and reading.takes_clause:
                bare = fold(noun)
                table.update(dict.fromkeys((f"ال{bare}", f"بال{bare}", f"ب{bare}"), reading))
    return table


_NOUNS_OF_SAYING = {"قال": "قول"}


def _is_cut_short(form: Form) -> bool:
    """Tell an imperfect that loses its last letter behind «لم» («يخفي»)."""
    return form.kind == "finite" and not form.is_perfect and form.number == "s" and form.text[-1] in "يو"


def _unlikelihood(reading: CueReading) -> tuple[bool, bool, bool]:
    return reading.form.has_object, reading.verb.guarded, reading.form.kind == "participle"


def _event_verbs(verbs: Iterable[str]) -> frozenset[str]:
    """Write out the finite forms of verbs of events, with and without conjunction.

    The bare perfect of three sound letters («عقد», «قتل») and of the forms in ت («تقدم») is left out: it is oftener a
    noun.
    """
    found: set[str] = set()
    for verb in verbs:
        perfect, imperfect = verb.split()
        for form in verb_forms(perfect, None if imperfect == "-" else imperfect, None, None):
            is_bare = form.is_perfect and form.number == "s" and form.gender == "m"
            if form.has_object and form.is_perfect:
                continue
            if is_bare and _is_like_noun(form.text):
                if len(form.text) == _LETTERS_OF_FORM_I:
                    found.add("و" + form.text)  # «وصدر أمس»: after «و» it is oftener a verb
                continue
            found.update((form.text, "و" + form.text, "ف" + form.text))
    return frozenset(found)


_LETTERS_OF_FORM_I = 3


def _is_like_noun(perfect: str) -> bool:
    if perfect[0] == "ت":
        return len(perfect) > 2 and perfect[-1] != "ي"
    return len(perfect) == _LETTERS_OF_FORM_I and perfect[1] != "ا"


def _noun_table(nouns: Iterable[CueNoun]) -> dict[str, CueNoun]:
    table: dict[str, CueNoun] = {}
    for noun in nouns:
        for written in noun.forms:
            bare = fold(written)
            table |= {prefix + bare: noun for prefix in ("", "ال", "و", "وال", "ب", "ل", "لل")}
    return table


def _source_table(cues: CuesFile) -> dict[str, tuple[SourcePhrase, ...]]:
    """Map the first word of every source phrase to the phrases, the longer first."""
    table: dict[str, list[SourcePhrase]] = defaultdict(list)
    for source in cues.sources:
        words = tuple(fold(word) for word in source.words.split())
        glued = len(words) > 1 and words[-1] == "ل"
        phrase = SourcePhrase(words[:-1] if glued else words, glued, source.clause)
        for conjunction in ("", "و", "ف"):
            table[conjunction + words[0]].append(phrase)
    return {word: tuple(sorted(phrases, key=lambda p: -len(p.words))) for word, phrases in table.items()}


def _view_table(cues: CuesFile) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Map the first word of views with a pronoun («في رأيه», «على حد قولها», «بحسبهم») to them, the longer first."""
    heads = [fold(source.words).split() for source in cues.sources if not source.clause]
    phrases = {
        (*words[:-1], words[-1].removesuffix("ه") + ("ت" if words[-1].endswith("ه") else "") + pronoun)
        for words in heads
        for pronoun in ("ه", "ها", "هم")
        if words[-1] not in _GOVERNING
    }
    phrases |= {(*head, fold(own)) for head in _VIEW_HEADS for own in cues.self_reference}
    table: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in sorted(phrases):
        for conjunction in ("", "و", "ف"):
            table[conjunction + phrase[0]].append(phrase)
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in table.items()}


_GOVERNING = frozenset(["ل", "عن", "في", "لسان", "حسب", "وفق"])
"""Last words of source phrases to which no pronoun is joined."""
_VIEW_HEADS = (("بحسب",), ("حسب",), ("وفق",), ("علي", "حد"), ("في",))
