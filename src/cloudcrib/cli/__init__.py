"""The command `crib`."""
