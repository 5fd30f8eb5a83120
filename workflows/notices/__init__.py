"""The notices that the regulations demand: complete, or refused."""
