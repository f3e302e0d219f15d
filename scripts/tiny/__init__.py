"""The parts of building the tiny model; scripts/build_tiny.py runs them in order."""
