"""A diagram as a list of steps: read in order, and edited step by step with its drawing kept tidy."""
