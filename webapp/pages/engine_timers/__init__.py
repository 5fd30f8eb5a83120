"""Pages: the engine’s timers."""
