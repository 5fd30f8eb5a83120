"""Stories of cases, as files beside the diagrams: what is given, done and expected, day by day."""
