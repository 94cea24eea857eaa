"""All methods by name."""

from sandbox.api import auth, blocks, chat, conversations, files, history, scheduled, users, views
from sandbox.api.registry import Method

METHODS: dict[str, Method] = {
    name: method
    for family in (auth, blocks, chat, conversations, files, history, scheduled, users, views)
    for name, method in family.METHODS.items()
}
