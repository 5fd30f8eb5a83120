"""Move an instance from one version of its diagram to another, with all its tokens."""
