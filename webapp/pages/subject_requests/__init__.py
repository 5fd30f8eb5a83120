"""Pages: subject access requests."""
