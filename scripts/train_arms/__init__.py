"""The arms of scripts/bench_train.py."""
