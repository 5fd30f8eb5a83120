"""Rules about any diagram: one a file, each with its page in docs/rules and examples in the tests."""
