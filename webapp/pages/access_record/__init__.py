"""Pages: the record of access."""
