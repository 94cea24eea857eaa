"""Block Kit's rules: a validator that points at what is wrong, and the form state that elements hold."""
