"""What the law asks of a diagram, one rule a file."""
