"""The Web API: one module a family of methods, one table of what each needs."""
