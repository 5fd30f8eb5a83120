"""Pages: step in."""
