"""Pages: registers."""
