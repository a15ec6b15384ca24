"""A file as rows of cells that are understood."""
