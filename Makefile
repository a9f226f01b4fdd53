# What a person types is what the checks run. Every target sets up what it needs first.
# The virtual environment may lie elsewhere: make VENV=/path/to/venv report
VENV ?= .venv
PYTHON := $(VENV)/bin/python
STAMP := $(VENV)/.mawaqif-ready
ARGS ?=
# Tests of one file share a process, so that what the file sets up is set up once; ARGS="-n 0" runs all in one.
TESTS_AT_ONCE := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: report publish test setup lab check bench clean help
.DELETE_ON_ERROR:

report: setup ## Make the report: build/report/report.{en,ar}.{html,pdf}
	@"$(PYTHON)" -m mawaqif report $(ARGS)

publish: setup ## Fetch new articles and publish an edition: build/site
	@MAWAQIF_VENV="$(VENV)" sh ops/publish.sh $(ARGS)

test: setup ## Run all tests, the longest files first
	@"$(PYTHON)" -m pytest $(TESTS_AT_ONCE) $(ARGS)

setup: $(STAMP) ## Set up alone: virtual environment, Chromium, Quarto where it can be had

$(STAMP): requirements.lock pyproject.toml ops/setup.sh
	@sh ops/setup.sh "$(VENV)"

lab: setup ## Open JupyterLab on the notebooks
	@"$(PYTHON)" -m mawaqif lab $(ARGS)

check: setup ## Lint, types and unit tests
	@"$(PYTHON)" -m ruff check src tests
	@"$(PYTHON)" -m ruff format --check src tests
	@"$(PYTHON)" -m mypy
	@"$(PYTHON)" -m pytest tests/unit $(ARGS)

bench: setup ## Measure speed and memory of annotation: make bench ARGS=folder-or-file.jsonl
	@"$(PYTHON)" -m mawaqif bench $(ARGS)

clean: ## Remove everything generated, not the virtual environment
	rm -rf build report/_executed .pytest_cache .mypy_cache .ruff_cache .hypothesis

help: ## List the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18
