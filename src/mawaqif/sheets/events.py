"""The timeline as a table, and the agreed milestones against what is said of them."""

from __future__ import annotations

from mawaqif.aggregate.claims import parse_day
from mawaqif.aggregate.timeline import compare_milestones
from mawaqif.charts.calendar_axis import describe_days
from mawaqif.phrases import arabic, english
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.evidence import describe_statements, say_gloss
from mawaqif.sheets.parts import MOST_LINKS, MOST_ROWS, Markdown, link_statements, make_table, number_all
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage


def list_events(tables: Tables) -> Markdown:
    """Return the timeline as a table, with the article's own words where no translation was coded."""
    language, numbers = tables.parameters.language, number_all(tables)
    rows = []
    for row in iterate_rows(tables.out_timeline.head(MOST_ROWS)):
        is_translated = language == "en" and isinstance(row.label_en, str)
        rows.append(
            (
                describe_days(parse_day(row.first), parse_day(row.last), language=language),
                encode(row.label_en) if is_translated else encode_passage(row.label_ar),
                word(row.status, language),
                link_statements(list(row.statement_ids), numbers, language) or "–",
            )
        )
    heads = [word(key, language) for key in ("when", "event", "status", "evidence")]
    return make_table(dict.fromkeys(heads, "start"), rows or [("–", word("none", language), "–", "–")])


def list_milestones(tables: Tables) -> Markdown:
    """Return each agreed milestone with the statements that contradict, doubt, confirm or mention it."""
    language = tables.parameters.language
    if not tables.issue.milestones:
        return Markdown(word("no_milestones", language))
    told = compare_milestones(tables.issue, tables.core_statements, tables.core_dates, tables.core_documents)
    statements = tables.core_statements.set_index("statement_id")
    spoken = tables.core_statements[tables.core_statements["statement_id"].isin(told["statement_id"])]
    facts, numbers = describe_statements(tables, spoken), number_all(tables)
    say_relation = arabic.say_relation if language == "ar" else english.say_relation
    parts: list[str] = []
    for milestone in tables.issue.milestones:
        when = describe_days(milestone.first, milestone.last, language=language)
        source = encode(milestone.source.in_language(language))
        parts.append(f"**{encode(milestone.name.in_language(language))}** · {when} · {source}")
        own = told[told["milestone_id"] == milestone.id]
        lines: list[str] = []
        for relation, group in own.groupby("relation", sort=False):
            lines.append(f"- {say_relation(str(relation), len(group))}:")
            for statement_id in group["statement_id"].head(MOST_LINKS):
                passage = encode_passage(str(statements.loc[statement_id, "quote"]))
                who = " · ".join(facts[statement_id][:1] + facts[statement_id][2:4])
                lines.append(f"    - {passage} {who} ([{numbers[statement_id]}](#s-{statement_id}))")
                if gloss := say_gloss(statements.loc[statement_id], language):
                    lines[-1] += f"\\\n      {gloss}"
        parts.append("\n".join(lines) or word("milestone_silent", language))
    return Markdown("\n\n".join(parts))
