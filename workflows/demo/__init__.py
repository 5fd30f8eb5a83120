"""The demo county: agencies, people and cases, the cases made by running the engine."""
