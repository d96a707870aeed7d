"""Three editions from one authored source: composed, run, released, and checked."""
