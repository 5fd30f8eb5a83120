"""Pages: one process of a case."""
