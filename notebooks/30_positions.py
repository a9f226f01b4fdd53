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
# # Positions
#
# Where each actor stands on the scale of the issue. Forecasts are kept apart: to expect something is not to want it.

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
# What the statements allow one to say, each sentence with its evidence.

# %%
#| label: findings
wb.show_findings(tables)

# %% [markdown]
# Every statement a point; the upright mark is the mean, the grey bar its interval.

# %%
#| label: fig-positions
wb.draw_positions(tables)

# %% [markdown]
# The same in figures, with links to the statements.

# %%
#| label: tbl-positions
wb.show_positions(tables)

# %% [markdown]
# How far each position rests on one article.

# %%
#| label: robustness
wb.show_robustness(tables)

# %% [markdown]
# Who is quoted without taking a position.

# %%
#| label: silent
wb.show_silent(tables)

# %% [markdown]
# What each step of the scale means, as the coders read it.

# %%
#| label: tbl-scale
wb.show_scale(tables)

# %% [markdown]
# By date of publication; times without articles are gaps.

# %%
#| label: fig-positions-over-time
wb.draw_over_time(tables)

# %% [markdown]
# The data of the chart.

# %%
#| label: data-over-time
wb.show_over_time_data(tables)

# %% [markdown]
# Where an actor or a camp is quoted apart in an earlier and a later article, the passages side by side.

# %%
#| label: movements
wb.show_movements(tables)

# %% [markdown]
# Who takes whose side, in the articles that quote both.

# %%
#| label: fig-network
wb.draw_network(tables)

# %% [markdown]
# The data of the chart.

# %%
#| label: data-network
wb.show_network_data(tables)
