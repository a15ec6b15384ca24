"""What the day shows: rows, the month so far, the strip beside them."""
