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
# # Timeline
#
# What happened, what was planned when it was written, and what is only forecast or demanded, as the articles date it.

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
# Uncertain dates are spans of days, open ones arrows.

# %%
#| label: fig-timeline
wb.draw_timeline(tables)

# %% [markdown]
# The same as a table.

# %%
#| label: tbl-timeline
wb.show_timeline(tables)

# %% [markdown]
# The words of every article that dates an event.

# %%
#| label: event-passages
wb.show_event_passages(tables)

# %% [markdown]
# What was still to come when the newest article appeared.

# %%
#| label: ahead
wb.show_ahead(tables)

# %% [markdown]
# The agreed milestones, against the statements that speak of them.

# %%
#| label: milestones
wb.show_milestones(tables)
