"""Pure functions over facts: which deadlines they open, and what the law lets be recorded."""
