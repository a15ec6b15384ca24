"""The record, and what is decided on it."""
