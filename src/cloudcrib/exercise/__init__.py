"""Coded exercises: their tests, the check of an answer in a notebook, and what counts as untouched."""
