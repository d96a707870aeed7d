"""The learner's own progress: attempts, what is known, what is due, and what is shown of it."""
