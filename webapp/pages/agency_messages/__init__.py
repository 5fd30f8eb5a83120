"""Pages: messages to agencies."""
