"""A scholar goes from one person in support to another: with notice, consent, and sessions that may go on."""
