"""The tour: a model of guessing."""
