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
# # Start here
#
# Press <kbd>Shift</kbd>+<kbd>Enter</kbd> to run a cell and go on to the next, or choose *Run*, *Run All Cells*.
#
# | Notebook | What it shows |
# |:--|:--|
# | [The corpus](10_corpus.py) | which articles there are, how their dates are known, what was taken away |
# | [Statements](20_statements.py) | who is quoted, and every statement with its passage |
# | [Positions](30_positions.py) | where each actor stands on the scale |
# | [Timeline](40_timeline.py) | what happened, what was planned, what is only forecast |
#
# The report is made from those four. This page is for work: nothing in it reaches the report.

# %%
import mawaqif as mq

# %% [markdown]
# ## What is loaded

# %%
corpus = mq.load()

# %%
mq.status()

# %% [markdown]
# ## Explore
#
# Choose, search, and open a statement by a click or with <kbd>Enter</kbd>: its passage appears in its article.
# <kbd>J</kbd> and <kbd>K</kbd> go to the next and the one before.

# %%
mq.explorer()

# %% [markdown]
# ## Code and correct
#
# The sheet shows a statement in its article with the scale; accept it, change it, split it, or select words and add them.
# Write your name instead of `analyst`, and run the cell: each decision goes to `data/coding/analysts/analyst.csv` as you
# make it, wins over the rules, and is in the next report. What would change most stands first.

# %%
mq.coding_sheet("analyst")

# %% [markdown]
# For two coders who do not see each other's work, in a terminal: `mawaqif sample first`, and then
# `mq.coding_sheet("NAME", round="first")`. A terminal is in the menu *File*, *New*.
#
# ## Ask in a cell
#
# The tables are data frames.

# %%
corpus.statements.head()

# %% [markdown]
# What their columns mean.

# %%
corpus.columns()

# %% [markdown]
# Words are found whatever their spelling.

# %%
mq.find("الانسحاب").head()

# %% [markdown]
# The charts of the report.

# %%
mq.chart.positions()
