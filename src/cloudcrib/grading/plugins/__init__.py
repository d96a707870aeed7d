"""What stock nbgrader and Jupyter are given: quiz scores, harmless pages, a sandboxed kernel."""
