"""Days as the law counts them: London's, working ones, and those on which settings are closed."""
