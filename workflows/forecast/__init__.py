"""When open cases will probably be finished: chance upon chance over what is left of their diagrams."""
