"""The statutory return."""
