# Two commands for a newcomer: `make demo`, `make test`. Everything is set up by itself, in .venv.
PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 3

.PHONY: help demo test run check format bench clean

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/.demo ## See the bot in your browser: no token, no internet
	@$(BIN)/digest-bot demo

run: .venv/.demo ## Run the real bot with the settings in .env
	@$(BIN)/digest-bot run

test: .venv/.test ## Style, types, import rules and all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(JOBS) --dist worksteal

format: .venv/.test ## Bring the code into its style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## Remove what the other commands made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "digest-bot needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.demo: pyproject.toml constraints.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[demo]'
	@touch $@

.venv/.test: pyproject.toml constraints.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[demo,test]'
	@touch $@ .venv/.demo
