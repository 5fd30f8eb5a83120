"""Pages: escalations."""
