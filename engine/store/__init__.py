"""The engine's tables and the repositories over them."""
