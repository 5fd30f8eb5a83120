"""Pages: diagrams."""
