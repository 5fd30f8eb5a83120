"""Do the same to many things: each by a command of whoever ordered it."""
