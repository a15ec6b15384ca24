"""A month in words, its lists, its sheet of paper, and the rows behind a figure."""
