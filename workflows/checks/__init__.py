"""What the law and this domain ask of a diagram, one rule a file."""
