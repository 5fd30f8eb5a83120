"""Pages: the board."""
