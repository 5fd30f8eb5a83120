"""The programming interface: JSON over HTTP, described by OpenAPI."""
