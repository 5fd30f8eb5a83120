"""Templates of notices and plans."""
