"""All methods by name."""

from sandbox.api import auth, chat, conversations, files, users, views
from sandbox.api.registry import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **users.METHODS,
    **views.METHODS,
}
