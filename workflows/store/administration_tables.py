"""Tables of what administrators set."""
