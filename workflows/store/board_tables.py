"""Tables of the timer board."""
