"""Simulations: asked for, followed, and looked at side by side."""
