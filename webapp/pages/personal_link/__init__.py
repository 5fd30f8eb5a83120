"""Pages: personal links."""
