"""The deeds of the control API: acting as anyone, seeing what anyone sees, making trouble, changing the workspace."""
