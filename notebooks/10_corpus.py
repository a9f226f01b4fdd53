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
# # The corpus
#
# Which articles there are, how their dates are known, and what was taken away from the pages before anything was
# read. The sources themselves are never changed: what is removed is only marked.

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
# The articles, oldest first. A date is stated in the page, given with the file, inferred from the text, or unknown.

# %%
#| label: tbl-corpus
wb.show_documents(tables)

# %% [markdown]
# What surrounds an article on its page is not part of it.

# %%
#| label: tbl-removed
wb.show_removed(tables)

# %% [markdown]
# What could not be used, and what repeats another article.

# %%
#| label: skipped
wb.show_skipped(tables)

# %% [markdown]
# The files themselves.

# %%
#| label: tbl-inputs
wb.show_inputs(tables)

# %% [markdown]
# With which parameters and which version all this was made.

# %%
#| label: tbl-parameters
wb.show_parameters(tables)
