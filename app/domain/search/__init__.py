"""Finding records by what a caller says or a screen shows."""
