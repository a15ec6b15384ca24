"""The lists, the call itself, what a lead decides, and the tasks and notes that follow."""
