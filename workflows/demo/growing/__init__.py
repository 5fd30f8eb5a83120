"""A demo's cases copied many times over, each with its own identifiers, names and dates."""
