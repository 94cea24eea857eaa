"""A whole program to offer and book in, once with every rule that there is and once with none of them."""
