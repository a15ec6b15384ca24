"""The record, and what hangs on it."""
