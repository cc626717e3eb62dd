# What is done to a checkout. `./legation env --tests` makes the environment that all of it runs in.
#
# A tool that is missing is skipped here, and said to be; where CI is set it is a failure.

PATHS = legation src tests $(wildcard bench training)

.PHONY: check lint types layers test bench lock format clean help

help:
	@echo "make check    all of: lint types layers test"
	@echo "make lint     ruff: rules and format"
	@echo "make types    mypy, strict"
	@echo "make layers   import-linter: who may import whom"
	@echo "make test     ./legation test"
	@echo "make format   let ruff rewrite what it can"
	@echo "make bench    measure; figures go to docs/performance.md by hand"
	@echo "make lock     resolve the dependencies anew (UPGRADE=1 for the newest)"
	@echo "make clean    remove what was made here"

check: lint types layers test

# $(call tool,MODULE,ARGUMENTS): give ARGUMENTS to the environment's Python if it has MODULE.
define tool
	@python="$$(./legation env --tests)" || exit 1; \
	if "$$python" -c 'import $(1)' 2>/dev/null; then \
	    echo "python" $(2); "$$python" $(2); \
	elif [ -n "$$CI" ]; then \
	    echo "$(1) is missing" >&2; exit 1; \
	else \
	    echo "skipped: $(1) is missing" >&2; \
	fi
endef

lint:
	$(call tool,ruff,-m ruff check $(PATHS))
	$(call tool,ruff,-m ruff format --check $(PATHS))

types:
	$(call tool,mypy,-m mypy)
	$(call tool,mypy,-m mypy --strict legation)

layers:
	$(call tool,importlinter,-c 'from importlinter.cli import lint_imports_command as run; run()')

test:
	./legation test

format:
	$(call tool,ruff,-m ruff check --fix $(PATHS))
	$(call tool,ruff,-m ruff format $(PATHS))

bench:
	@python="$$(./legation env --tests)" || exit 1; \
	for script in bench/bench_*.py; do \
	    [ -e "$$script" ] || { echo "bench/ has no bench_*.py yet" >&2; exit 1; }; \
	    echo "$$script"; "$$python" "$$script" || exit 1; \
	done

lock:
	tools/lock $(if $(UPGRADE),--upgrade)

clean:
	rm -rf .venv .venv.lock .venv.discarded-* build dist
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
