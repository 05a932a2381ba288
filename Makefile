# The commands of this repository. `make demo` and `make test` need nothing but Python 3.11 and the package registry.
VENV ?= .venv
BIN := $(VENV)/bin
DEMO ?= demo

.PHONY: help demo test exports check-shared check-readers check-viewers check-explorer check-site quality benchmark clean

help:
	@echo "make demo         build the graph of the bundled corpus into $(DEMO)/"
	@echo "make test         install what the tests need and run every check"
	@echo "make exports      write exports/ anew from the bundled corpus"
	@echo "make check-shared measure on the gold and the seed documents of ../shared"
	@echo "make check-readers   read RDF exports with independent parsers (needs apt and npm)"
	@echo "make check-viewers   read the files for viewers with independent readers (needs apt and npm)"
	@echo "make check-explorer  use graph.html in a browser (needs Chromium and npm)"
	@echo "make check-site      open the static site in a browser (needs Chromium and npm)"
	@echo "make quality      measure the quality card and write it to docs/quality.md"
	@echo "make benchmark    measure speed and memory"

$(VENV)/.demo: pyproject.toml tools/make-environment
	@echo "installing paperconcepts into $(VENV) ..."
	@tools/make-environment $(VENV)
	@touch $@

$(VENV)/.test: pyproject.toml tools/make-environment
	@echo "installing paperconcepts and its test tools into $(VENV) ..."
	@tools/make-environment $(VENV) test
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo
	@$(BIN)/paperconcepts build src/paperconcepts/data/corpus.jsonl --out $(DEMO)
	@echo "try        $(BIN)/paperconcepts show $(DEMO) LoRA"
	@echo "           $(BIN)/paperconcepts why $(DEMO) 2311.12908 DPO"
	@echo "           $(BIN)/paperconcepts query $(DEMO) 'SELECT ?title {?p pc:introduces concept:direct-preference-optimization; dcterms:title ?title}'"

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2 --cov --cov-report=term:skip-covered --doctest-modules

exports: $(VENV)/.demo
	@$(BIN)/paperconcepts build src/paperconcepts/data/corpus.jsonl --out exports
	@rm exports/graph.nt   # the same triples as graph.ttl, at four times the size

check-shared: $(VENV)/.test
	$(BIN)/python benchmarks/gold_scores.py
	$(BIN)/python benchmarks/seed_build.py

check-readers: $(VENV)/.test
	tools/check-readers $(VENV)

check-viewers: $(VENV)/.test
	tools/check-viewers

check-explorer: $(VENV)/.test
	tools/check-explorer

check-site: $(VENV)/.test
	tools/check-site

quality: $(VENV)/.test
	OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/quality_card.py --write

benchmark: $(VENV)/.test
	$(BIN)/python benchmarks/stage_speed.py

clean:
	rm -rf $(VENV) $(DEMO) build dist .coverage .mypy_cache .pytest_cache .ruff_cache
