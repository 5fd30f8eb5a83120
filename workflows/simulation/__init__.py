"""A year of cases through a diagram, in memory: how many would be late, and where they wait."""
