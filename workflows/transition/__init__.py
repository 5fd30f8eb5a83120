"""Who moves from a statement or a learning difficulty assessment to a plan, and when."""
