"""What the suite stands on: databases, browser, counting. Named people and factories live beside this package."""
