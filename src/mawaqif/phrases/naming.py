"""Names actors, camps, outlets, steps and milestones in one report language, encoding whatever comes from articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mawaqif.aggregate.attribution import ActorName, name_camp
from mawaqif.arabic.numerals import isolate
from mawaqif.untrusted import encode
from mawaqif.vocabulary import Actor, Issue, Milestone, Vocabulary, strip_gloss

_NO_ARTICLE = re.compile(r"(?i)^(the|al|several|a|an|some|unnamed|informed|members|researchers|sources|previous)\b")
_COMMON = re.compile(
    r"^(Political|Previous|Several|Sources|Researchers|A|Unnamed|Organisations|Journalists|Informed)\b"
)
_WITH_ARTICLE = re.compile(
    r"\b(Government|Parliament|Congress|Ministry|Department|Embassy|House|Pentagon|Court|Authority|Committee|Commission|"
    r"Council|Command|Framework|Coalition|Alliance|Party|Movement|Union|[Bb]loc|Organi[sz]ation|Resistance|Corps|Forces|"
    r"factions|militias|delegation|community|League|Agency|Mission|Nations|United|Emirates|Republic|Houthis|Peshmerga|"
    r"Institute|Cent(?:er|re)|University)\b"
)
_ARABIC_PLURALS = re.compile(
    r"^(باحث|متابع|مراقب|مسؤول|محلل|مستشار|ناطق|متحدث|دبلوماسي|سياسي|صحافي|صحفي|مشرع|قيادي|مختص|مقرب)(ون|و)(?= )"
)
"""Sound masculine plurals of persons that begin a name: outside the nominative they end in ya."""


@dataclass(frozen=True)
class Naming:
    """What a sentence needs to name things.

    Attributes:
        language: `en` or `ar`.
        issue: Gives the steps of the scale and the milestones.
        vocabulary: Gives actors, camps and outlets.
        names: Names of all actors in the tables; those not registered are article text.
    """

    language: str
    issue: Issue
    vocabulary: Vocabulary
    names: Mapping[str, ActorName]

    def actor(self, actor_id: str) -> str:
        """Return an actor's name as it stands inside a sentence, after a preposition."""
        actor = self.vocabulary.actor(actor_id)
        if actor is None:
            found = self.names.get(actor_id)
            return isolate(encode(found.ar if found else actor_id))
        return decline_name(strip_gloss(actor.name.ar)) if self.language == "ar" else add_article(actor)

    def label(self, actor_id: str) -> str:
        """Return an actor's name as it stands alone, in brackets or in a list."""
        actor = self.vocabulary.actor(actor_id)
        if actor is None:
            return self.actor(actor_id)
        return strip_gloss(actor.name.in_language(self.language))

    def camp(self, camp_id: str) -> str:
        """Return a camp's name."""
        return name_camp(camp_id, self.vocabulary).in_language(self.language)

    def outlet(self, outlet: str) -> str:
        """Return the name of an outlet, given by id or, where it is not listed, by the name found."""
        for known in self.vocabulary.outlets.outlets:
            if known.id == outlet:
                return known.name.in_language(self.language)
        return isolate(encode(outlet))

    def step(self, value: int) -> str:
        """Return the label of a step of the scale, in quotation marks."""
        label = next(point.label for point in self.issue.scale if point.value == value)
        return f"«{label.ar}»" if self.language == "ar" else f"“{label.en}”"

    def event(self, label_ar: str, label_en: str | None, *, is_known: bool) -> str:
        """Return the name of an event of `out_timeline` in quotation marks; one that is not known is article text."""
        label = label_ar if self.language == "ar" else label_en or label_ar
        name = label if is_known else isolate(encode(label))
        return f"«{name}»" if self.language == "ar" else f"“{name}”"

    def milestone(self, milestone_id: str) -> Milestone:
        """Return a milestone of the issue."""
        return next(m for m in self.issue.milestones if m.id == milestone_id)


def add_article(actor: Actor) -> str:
    """Return an actor's English name with the article that a sentence wants: «the Pentagon», «Iran»."""
    name = strip_gloss(actor.name.en)
    if _COMMON.search(name):
        return name[:1].lower() + name[1:]
    if actor.type == "person" or _NO_ARTICLE.search(name) or not _WITH_ARTICLE.search(name):
        return name
    return f"the {name[:1].lower() + name[1:] if name.endswith('community') else name}"


def decline_name(name: str) -> str:
    """Return an Arabic name as it is written after a preposition or in a construct: «باحثين في معهد»."""
    return _ARABIC_PLURALS.sub(lambda match: match[1] + ("ين" if match[2] == "ون" else "ي"), name)
