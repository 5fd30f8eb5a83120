"""Pages: restricted cases."""
