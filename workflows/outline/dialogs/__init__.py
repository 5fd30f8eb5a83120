"""The questions that the outline asks to change a diagram, one kind of change a file."""
