"""Run one instance to its next wait, and tell what changed."""
