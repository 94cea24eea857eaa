"""A time that is kept for a scholar, or that they asked for: until somebody says yes or no, or time runs out."""
