"""Write changes down as rows that pages and workers read; one file a projection."""
