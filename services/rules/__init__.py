"""The rules of a program: read with each request at no cost, changed by staff, with history."""
