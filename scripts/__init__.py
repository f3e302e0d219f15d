"""Command lines for maintainers; run from the root of the repository: python -m scripts.NAME."""
