# Every target sets up what it needs; the set-up is redone when its lock file changes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
UV := $(PY) -m uv --quiet
READY := $(VENV)/.ready
LAB_READY := $(VENV)/.ready-lab
COURSE_READY := $(VENV)/.ready-course
SEED ?= 2026
SITE := _build/html
export PYTHONDONTWRITEBYTECODE :=  # whatever the shell says: compile each module once, not at each run
say_and_stop = { echo $(1) >&2; exit 1; }
# uv takes seconds. pip, which takes longer, does the same where uv cannot be had or reaches no packages.
install = $(UV) pip install --python $(PY) $(1) 2>> $(VENV)/uv.log || { \
    echo "uv cannot install here ($(VENV)/uv.log says why); pip does it, in about a minute."; $(PIP) install $(1); }

.PHONY: book pdf course test lab serve run bench mutate lock format clean

book: $(READY)
	@$(BIN)/jupyter-book build . --quiet
	@echo "The book lies in $(SITE)/index.html"

pdf: book  # the whole book as one file, linked from its pages
	@$(PY) _ext/pdf.py $(SITE) _build/book.pdf
	@$(BIN)/jupyter-book build . --quiet

course: $(COURSE_READY)  # slides, problem sets, questions; SEED=... draws other numbers
	@$(PY) -m course --seed $(SEED)

test: $(READY) $(COURSE_READY)
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check . > /dev/null || \
	    $(call say_and_stop,"The code is not formatted or has a fault that ruff names: make format")
	@$(PY) -m pytest

lab: $(LAB_READY)
	@$(PY) -m jupyterlab chapters

serve: book
	@echo "http://127.0.0.1:8000 (stop with Ctrl-C)"
	@$(PY) -m http.server --bind 127.0.0.1 --directory $(SITE) 8000

run: $(READY)  # re-executes the chapters, or those in CHAPTERS=..., and stores their outputs
	@$(PY) tests/notebooks.py $(CHAPTERS)

bench: $(READY)  # measures exactness and speed beside the peers, and the pages
	@echo "Installing the peers, then measuring: some minutes, best on a quiet machine"
	@$(PIP) install -e ".[bench]" || \
	    $(call say_and_stop,"The peers did not install (the reason stands above): is there a network?")
	@$(PY) -m benchmarks

mutate: $(READY)
	@$(PY) tests/mutate.py

lock: $(READY)  # makes the lock files from pyproject.toml anew
	@$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	    --upgrade --extra book --extra test pyproject.toml -o requirements.txt
	@$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	    --upgrade --extra lab -c requirements.txt pyproject.toml -o requirements-lab.txt
	@$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	    --upgrade --extra course -c requirements.txt -c requirements-lab.txt pyproject.toml -o requirements-course.txt

format: $(READY)
	@$(BIN)/ruff check --quiet --fix . && $(BIN)/ruff format --quiet .

clean:
	rm -rf $(VENV) _build *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(READY): requirements.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	    $(call say_and_stop,"Python 3.11 or later is needed; name one: make PYTHON=/path/to/python3.12")
	@$(PYTHON) -c "import ensurepip, venv" 2> /dev/null || \
	    $(call say_and_stop,"Python has no venv module here; on Debian and Ubuntu: apt install python3-venv")
	@$(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/# via/p' requirements.txt > $(VENV)/uv.txt
	@$(PIP) install -r $(VENV)/uv.txt 2> /dev/null || true
	@$(call install,-r requirements.txt) || \
	    $(call say_and_stop,"The packages did not install (the reason stands above): is there a network?")
	@$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

$(VENV)/.ready-%: requirements-%.txt $(READY)
	@$(call install,--no-deps -r $<) || \
	    $(call say_and_stop,"What the $* needs did not install (the reason stands above): is there a network?")
	@touch $@
