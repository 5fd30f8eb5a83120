"""Pages: the transition plan."""
