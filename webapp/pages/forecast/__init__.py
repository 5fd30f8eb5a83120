"""When open cases will probably be finished, what would save them, and how far that can be relied on."""
