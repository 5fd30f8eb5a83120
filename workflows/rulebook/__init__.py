"""The law as data: every duty with its limit, trigger, exceptions and source, once and dated."""
