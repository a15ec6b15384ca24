"""What the pages of callbacks show."""
