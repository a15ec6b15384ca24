"""The three steps of an import, and the work on a long file."""
