"""Jobs: what is sent out to be run, where it runs, and what comes back."""
