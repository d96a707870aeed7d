"""Submissions named by what they do, and the assignment they answer."""
