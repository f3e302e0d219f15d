"""Mood, meaning, judgements, guesses and hedges. English."""
