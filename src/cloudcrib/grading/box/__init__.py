"""The box that student code runs in, and a warm process in it."""
