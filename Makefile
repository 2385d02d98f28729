# Every target but help and clean goes through set-up, which does nothing when nothing has changed.
PY := .venv/bin/python
SETUP := python3 bot/setup/bootstrap.py

# Byte code must be written, or every start compiles TensorFlow anew; and no other project's Python is meant.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH VIRTUAL_ENV
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check bench eval train teach lock clean setup

help:    ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' Makefile

run: setup    ## sets up what is missing and runs the whole assistant; Ctrl-C stops it
	@$(PY) -m bot.setup.start --with-parent

test:    ## sets up what is missing and runs every test; ARGS="-k word" for some
	@$(SETUP) --browser
	@$(PY) -m bot.setup.prepare models
	@$(PY) -m pytest $(ARGS)

check: setup    ## format, lint, types, import rules, definitions, Rasa's data
	@$(PY) -m bot.setup.check

bench: setup    ## the benchmark, against a stock Rasa assistant in the same run
	@$(PY) -m bot.setup.prepare models
	@$(PY) -m benchmarks $(ARGS)

eval: setup    ## how well the language pipeline understands; ARGS="--mistakes 20" lists what it got wrong
	@$(PY) -m evaluation $(ARGS)

train: setup    ## trains the models whose inputs changed
	@$(PY) -m bot.setup.prepare models

teach:    ## teaches the sentence encoder in models/encoder anew, about 45 minutes; ARGS="--epochs 3"
	@$(SETUP) --teach
	@$(PY) -m teaching $(ARGS)

lock:    ## writes requirements/*.txt anew from requirements/*.in
	@$(SETUP) --lock

clean:    ## removes trained models and caches; keeps .venv and what is below var
	@rm -rf models/rasa-*.tar.gz models/language-* models/.training .rasa
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find bot actions tests benchmarks evaluation teaching -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	@$(SETUP)
