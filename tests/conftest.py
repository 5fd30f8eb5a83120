"""Plug-ins of the tests; what each brings stands in its own file."""

pytest_plugins = [
    "tests.support.network",
    "tests.support.notify",
    "tests.support.databases",
    "tests.support.browser",
    "tests.support.county",
    "tests.support.office",
    "tests.support.pages",
    "tests.support.receiver",
    "tests.support.served",
    "tests.support.studio",
    # These stand on those above.
    "tests.support.learners",
    "tests.support.owners",
]
