# Every target sets up what it needs first, on a fresh machine too. README.md lists what each does.

BIN := .venv/bin
READY := .venv/ready

# Qt wants a UTF-8 locale, which a bare environment lacks.
ifeq ($(shell uname -s),Linux)
export LC_ALL ?= C.UTF-8
endif

.PHONY: ready run test check lint tour bench baseline lock

run: ready
	$(BIN)/frontdesk --demo

test: ready
	$(BIN)/pytest -n logical --dist worksteal

check: lint test

lint: ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

tour: ready
	QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m tests.e2e.tour

bench: ready # ONLY=name reaches it through the environment
	$(BIN)/python -m benchmarks

baseline: ready
	$(BIN)/python -m migrations.baseline

lock:
	sh tools/lock.sh

# Compiled ahead: where PYTHONDONTWRITEBYTECODE is set, each start would pay two to three times for its imports.
ready: $(READY)
	@$(BIN)/python -m compileall -q src

$(READY): pyproject.toml requirements.lock $(wildcard tools/*.sh)
	sh tools/setup.sh
