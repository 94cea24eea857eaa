"""One module for each area of the table, in the order in which they are measured."""
