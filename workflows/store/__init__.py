"""The domain's tables and the repositories over them."""
