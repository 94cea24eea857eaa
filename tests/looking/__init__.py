"""What tests look through: pages, statements, ledgers, a dispatcher, free ports."""
