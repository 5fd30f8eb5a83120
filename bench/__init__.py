"""Measures what must not grow, as ratios against a reference of the same run."""
