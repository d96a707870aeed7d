"""The quiz in a notebook: asks, records, remembers, and in the self-study edition explains."""
