# Thin wrappers; each makes the environment it needs.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2

.PHONY: help demo test build accuracy bench lint clean

help:
	@echo "make demo   grade a sample class of both assignments with nbgrader"
	@echo "make test   run the tests"
	@echo "make build  derive source/ and assignments/ from solutions/"
	@echo "make accuracy   count the grader's errors on labelled answers and mutants"
	@echo "make bench  time the graders side by side"
	@echo "make lint   ruff and mypy"

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: .venv/ready
	$(BIN)/python -m tests.demo

test: .venv/ready
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

build: .venv/ready
	$(BIN)/autograder build

accuracy: .venv/ready
	$(BIN)/python -m tests.accuracy

bench: .venv/ready
	$(BIN)/python -m tests.bench

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf .venv demo-output build *.egg-info
