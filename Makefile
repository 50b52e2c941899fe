# Thin wrappers; each makes the environment it needs.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
STUDENTS ?= 200
KILLS ?= 40
CASES ?= 200000
SCALE ?= 20
SIZES ?= 10 100 1000

.PHONY: help demo test test-long words pictures build accuracy bench bench-sizes torture fuzz lint clean

help:
	@echo "make demo   grade a sample class of both assignments with nbgrader"
	@echo "make test   run the tests"
	@echo "make test-long  run those that take longer: whole banks and classes, faults"
	@echo "make pictures   draw what the handouts show"
	@echo "make words  compile what the kit says in other languages"
	@echo "make build  derive source/ and assignments/ from solutions/"
	@echo "make accuracy   count the grader's errors on labelled answers and mutants"
	@echo "make bench  time the graders side by side"
	@echo "make bench-sizes  seconds and memory against the size of the class: SIZES='$(SIZES)'"
	@echo "make torture  kill the graders at random moments of a class of $(STUDENTS), $(KILLS) times each"
	@echo "make fuzz   send $(CASES) cases of damaged files and frames to the grader's two doors"
	@echo "make lint   ruff and mypy"

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: .venv/ready
	$(BIN)/python -m tests.demo

test: .venv/ready
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m "not long"

test-long: .venv/ready
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m long

pictures: .venv/ready
	for script in solutions/*/pictures.py; do $(BIN)/python $$script || exit; done

words: .venv/ready
	$(BIN)/pybabel compile --directory autograder/locale --domain autograder

build: .venv/ready
	$(BIN)/autograder build

accuracy: .venv/ready
	$(BIN)/python -m tests.accuracy

bench: .venv/ready
	$(BIN)/python -m tests.bench

bench-sizes: .venv/ready
	SIZES="$(SIZES)" $(BIN)/python -m tests.bench_sizes

torture: .venv/ready
	$(BIN)/python -m tests.faults.torture --students $(STUDENTS) --kills $(KILLS)

fuzz: .venv/ready
	$(BIN)/python -m pip install --quiet --editable '.[dev,fuzz]'
	$(BIN)/python -m tests.faults.fuzz --cases $(CASES)
	FUZZ_SCALE=$(SCALE) $(BIN)/python -m pytest -q tests/faults/test_fuzz.py -k "not atheris"

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf .venv demo-output build *.egg-info
