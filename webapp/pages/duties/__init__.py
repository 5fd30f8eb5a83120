"""The duties: every time limit of the law, with its source, and where the diagrams keep it."""
