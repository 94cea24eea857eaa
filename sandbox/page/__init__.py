"""The web page on which a person acts as any member of the workspace."""

from sandbox.page.mount import mount_page

__all__ = ["mount_page"]
