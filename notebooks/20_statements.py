# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: kernelspec,jupytext,-jupytext.text_representation.format_version,-jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Statements
#
# Who is quoted, how far someone answers for the words, and every statement with its passage.
#
# To see one statement in its article: `wb.show_passage(tables, "ID")`.

# %%
from mawaqif import workbook as wb

# %% tags=["parameters"]
corpus = ""  # a folder of articles; empty for data/raw
issue = "us_presence"  # a file of data/vocabulary/issues
language = "en"  # en or ar
since = ""  # first day of publication, YYYY-MM-DD; empty for no limit
until = ""  # last day of publication; empty for no limit
minimum_statements = 1  # actors with fewer statements on the issue are left out of charts
actor = ""  # tell only what this actor of data/vocabulary/actors.yml says; empty for everyone
camp = ""  # tell only what this camp says; empty for all
minimum_evidence = 1  # with fewer statements on the scale the report says so and draws no charts
brief = ""  # name of the brief in report/briefs.yml; empty for none
title_en = ""  # title of the English report; empty for the title of the issue
title_ar = ""  # title of the Arabic report; empty for the title of the issue

# %%
tables = wb.load(
    corpus=corpus,
    issue=issue,
    language=language,
    since=since,
    until=until,
    minimum_statements=minimum_statements,
    actor=actor,
    camp=camp,
    minimum_evidence=minimum_evidence,
    brief=brief,
    title_en=title_en,
    title_ar=title_ar,
)

# %% [markdown]
# Statements by camp, split by grade of source.

# %%
#| label: fig-voices
wb.draw_voices(tables)

# %% [markdown]
# The same in figures, and what each camp's statements cannot carry.

# %%
#| label: tbl-voices
wb.show_voices(tables)

# %% [markdown]
# What all statements on the issue cannot carry.

# %%
#| label: warnings
wb.show_warnings(tables)

# %% [markdown]
# Everyone who is quoted, with the role that the article gives.

# %%
#| label: tbl-speakers
wb.show_speakers(tables)

# %% [markdown]
# Through whom the statements come.

# %%
#| label: tbl-outlets
wb.show_outlets(tables)

# %% [markdown]
# Every statement: passage, speaker, date, position, who coded it, and where it stands in its file.

# %%
#| label: evidence
wb.show_evidence(tables)

# %% [markdown]
# What the kinds of statement are.

# %%
#| label: tbl-kinds
wb.show_kinds(tables)

# %% [markdown]
# Who coded how much.

# %%
#| label: tbl-codings
wb.show_codings(tables)

# %% [markdown]
# How far the two reference codings agree.

# %%
#| label: tbl-agreement
wb.show_agreement(tables)

# %% [markdown]
# How far the rules agree with the final one.

# %%
#| label: tbl-rule-agreement
wb.show_rule_agreement(tables)
