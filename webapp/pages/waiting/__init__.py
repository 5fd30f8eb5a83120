"""Where work waits, on the diagram and as a table."""
