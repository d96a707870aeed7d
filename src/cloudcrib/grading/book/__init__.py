"""The course as nbgrader sees it, and its gradebook."""
