"""Write changes of the domain down as rows; one file a projection."""
