"""The duties matrix: each duty of a process against the elements that open, watch and meet it."""
