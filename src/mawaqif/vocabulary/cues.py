"""`cues.yml`: the verbs, nouns and sources that give words to a speaker."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from mawaqif.vocabulary.entries import Entry, NonEmpty, refuse_empty

Modality = Literal["position", "demand", "forecast", "condition", "denial", "fact"]


class CueVerb(Entry):
    """A reporting verb; the keys are explained at the head of `cues.yml`."""

    parts: NonEmpty
    takes: tuple[NonEmpty, ...]
    modality: Modality
    addressee: bool = False
    guarded: bool = False
    keeps_negation: bool = False
    needs_source: bool = False
    objects: tuple[NonEmpty, ...] = ()
    with_words: tuple[NonEmpty, ...] = ()

    @model_validator(mode="after")
    def _has_four_parts(self) -> CueVerb:
        if len(self.parts.split()) != 4:
            raise ValueError("`parts` needs perfect, imperfect, participle and verbal noun ('-' for none)")
        return self

    @property
    def lemma(self) -> str:
        """The perfect, by which the verb is called."""
        return self.parts.split()[0]

    @property
    def principal_parts(self) -> tuple[str, str | None, str | None, str | None]:
        """Perfect, imperfect, active participle and verbal noun, None where the verb has none in use."""
        perfect, *others = self.parts.split()
        imperfect, participle, noun = (None if part == "-" else part for part in others)
        return perfect, imperfect, participle, noun


class CueNoun(Entry):
    """A noun that carries an actor's words (مطالبات، رفض)."""

    forms: tuple[NonEmpty, ...]
    prepositions: tuple[NonEmpty, ...]
    modality: Modality


class CueSource(Entry):
    """A word or words that name a source (بحسب، وفقا ل); `clause` where a reporting verb follows them."""

    words: NonEmpty
    clause: bool = False


class CuesFile(Entry):
    """`cues.yml`: words that attribute a statement, and the words by which its parts are told from each other."""

    verbs: tuple[CueVerb, ...]
    impersonal: tuple[NonEmpty, ...]
    nouns: tuple[CueNoun, ...]
    sources: tuple[CueSource, ...]
    self_reference: tuple[NonEmpty, ...]
    particles: tuple[NonEmpty, ...]
    abstract_nouns: tuple[NonEmpty, ...]
    not_verbal_nouns: tuple[NonEmpty, ...]
    source_heads: tuple[NonEmpty, ...]
    conjunctions_before_particle: tuple[NonEmpty, ...]
    occasions: tuple[NonEmpty, ...]
    adverbs: tuple[NonEmpty, ...]
    adjuncts: tuple[NonEmpty, ...]
    addressees: tuple[NonEmpty, ...]
    relatives: tuple[NonEmpty, ...]
    breaks: tuple[NonEmpty, ...]
    break_exceptions: tuple[NonEmpty, ...]
    feminine: tuple[NonEmpty, ...]
    masculine: tuple[NonEmpty, ...]
    anonymity: tuple[NonEmpty, ...]
    relayed: tuple[NonEmpty, ...]
    event_verbs: tuple[Annotated[str, Field(pattern=r"^\S+ \S+$")], ...]
    not_event_verbs: tuple[NonEmpty, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> CuesFile:
        refuse_empty(self)
        return self
