"""Every rule of the product. Nothing here knows Flask, nothing here commits."""
