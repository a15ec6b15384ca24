"""Making callbacks due."""
