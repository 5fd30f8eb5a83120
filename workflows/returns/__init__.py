"""The SEN2 return: what it holds, composed from the facts of cases, and what is wrong with it."""
