"""What changed between two versions of a diagram or decision table, in plain words."""
