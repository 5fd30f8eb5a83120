"""All handlers of the domain, written out by area."""
