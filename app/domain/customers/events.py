"""What happens to a customer's record that other rooms follow from."""

from dataclasses import dataclass

from app.domain.customers.models import Customer


@dataclass(frozen=True)
class CustomerChanged:
    """The name, an address, that of a project among them, or the record itself is new, other, or merged away."""

    customer: Customer
