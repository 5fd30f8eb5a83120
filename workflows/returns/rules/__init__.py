"""Rules of the return: one table a module, each rule with its words and how to mend it."""
