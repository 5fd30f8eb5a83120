"""How dates, states and problems are shown."""
