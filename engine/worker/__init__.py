"""Turn timers that fall due and messages that wait to be sent into commands."""
