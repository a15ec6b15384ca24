"""What happened to a customer, over all capabilities."""
