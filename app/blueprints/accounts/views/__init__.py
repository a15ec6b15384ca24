"""Signing in, one's own account, people, and the places they work at."""
