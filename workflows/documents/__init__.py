"""Files of cases, in a store that fsspec reaches."""
