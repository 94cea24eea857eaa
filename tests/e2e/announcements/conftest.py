"""A running product at noon."""

import pytest

from tests.acting.announcing import wake
from tests.fixtures.products import Product


@pytest.fixture
def product(product: Product) -> Product:
    """At noon for readers and staff."""
    wake(product, "ada", "bo", "sam", "sue")
    return product
