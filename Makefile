# Everything that a person or CI calls. The environments are made on first use, from the pinned versions in constraints/.
PYTHON ?= python3
BIN := .venv/bin
# In how many processes the tests run: one more than the two cores that they are meant for, as many tests wait.
WORKERS ?= 3
# Dozens of processes are started: compiled once, their modules load in half the time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo docs test lint types check-generated generate update-spec add-service spec-drift record verify-cassettes cassettes-report compat-matrix compat test-circuits test-page bench clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 20

demo: .venv/demo-ready ## the main job, on the embedded sandbox: no key, no account
	@$(BIN)/python -m quantum_jobs demo

test: lint types check-generated ## lint, types, generated code, and all tests, those of the cassettes among them
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

docs: .venv/ready ## the documentation site, in build/docs: offline, warnings are errors
	$(BIN)/python -m sphinx -b html -q -W --keep-going docs build/docs
	@echo "Open build/docs/index.html"

lint: .venv/ready ## style, formatting, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/ready ## mypy, strict
	$(BIN)/mypy wrapper sandbox scripts tests/cassette_tools generated benchmarks tests/typing

generate: .venv/ready .venv-generate/ready ## write the bindings anew from specs/
	$(BIN)/python -m scripts.generate

check-generated: .venv/ready .venv-generate/ready ## fail when the bindings are not what specs/ give
	$(BIN)/python -m scripts.generate --check

update-spec: .venv/ready .venv-generate/ready ## take over a vendor's change: SERVICE=... FROM=<URL or file> [CHECK=1] [AS_OF=<date>]
	$(BIN)/python -m scripts.update_spec '$(SERVICE)' '$(FROM)' $(if $(CHECK),--check) $(if $(AS_OF),--as-of '$(AS_OF)')

add-service: .venv/ready .venv-generate/ready ## start a service from a document: NAME=... FROM=<URL or file> [AS_OF=<date>]
	$(BIN)/python -m scripts.add_service '$(NAME)' '$(FROM)' $(if $(AS_OF),--as-of '$(AS_OF)')

spec-drift: .venv/ready ## compare specs/ with what the vendors publish now
	$(BIN)/python -m scripts.spec_drift

record: .venv/ready ## record cassettes anew: SERVICE=... [FROM=sandbox|documented|live]
	$(BIN)/python -m scripts.cassettes record $(SERVICE) --from $(or $(FROM),sandbox)

verify-cassettes: .venv/ready ## recorded evidence against the specs, and replayed through the wrapper
	$(BIN)/python -m scripts.cassettes verify

cassettes-report: .venv/ready ## what the cassettes cover, and what has none
	$(BIN)/python -m scripts.cassettes report

compat-matrix: .venv/ready ## every cassette against every dated spec
	$(BIN)/python -m scripts.cassettes matrix

compat: .venv-compat/ready ## other people's clients of IonQ against the sandbox
	.venv-compat/bin/python compat/run.py

test-circuits: .venv-circuits/ready ## circuits of Cirq, PennyLane, pytket, Amazon Braket and pyqasm, which make test skips
	.venv-circuits/bin/python -m pytest -n 0 tests/programs/test_libraries.py tests/programs/test_libraries_on_services.py

test-page: .venv/ready ## the sandbox's page in headless Chromium
	@test -n "$$CHROMIUM" || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
	  echo "Chromium is missing: apt-get install chromium, or set CHROMIUM to its path"; exit 1; }
	$(BIN)/python -m pytest tests/sandbox/test_page.py

bench: .venv/ready .venv-bench/ready ## what this library costs, and other clients beside it
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.side_by_side

clean: ## remove the environments and caches
	rm -rf .venv .venv-generate .venv-compat .venv-circuits .venv-bench .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist

# Only what the demo needs: a new user waits less.
.venv/demo-ready: pyproject.toml constraints/dev.txt
	@echo "Making the environment in .venv (once, about a minute)"
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; name one with PYTHON=..." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints/dev.txt --editable '.[sandbox,cli]'
	@touch $@

.venv/ready: .venv/demo-ready constraints/dev-requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints/dev.txt --requirement constraints/dev-requirements.txt
	@touch $@

.venv-generate/ready: constraints/generate.txt
	@$(PYTHON) -m venv .venv-generate
	@.venv-generate/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints/generate.txt openapi-python-client ruff
	@touch $@

.venv-compat/ready: constraints/compat.txt pyproject.toml
	@$(PYTHON) -m venv .venv-compat
	@.venv-compat/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints/compat.txt ionq-core qiskit-ionq cirq-ionq pennylane-ionq --editable '.[sandbox]'
	@touch $@

# Beside the development environment, not a second one: that is found by a path file.
.venv-circuits/ready: constraints/circuits.txt .venv/ready
	@$(PYTHON) -m venv .venv-circuits
	@.venv-circuits/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement constraints/circuits.txt
	@$(BIN)/python -c 'import site; print("import site; site.addsitedir(%r)" % site.getsitepackages()[0])' > "$$(.venv-circuits/bin/python -c 'import site; print(site.getsitepackages()[0])')/development.pth"
	@touch $@

# qbraid-core is proprietary: it is installed here only, to be measured, and nothing of this library needs it.
.venv-bench/ready: constraints/bench.txt constraints/compat.txt pyproject.toml
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints/compat.txt --constraint constraints/bench.txt ionq-core qiskit-ionq cirq-ionq qbraid --editable .
	@touch $@
