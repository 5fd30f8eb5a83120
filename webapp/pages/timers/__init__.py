"""Pages: timers."""
