"""Program events: planned by staff and hosts, answered, attended, and counted. Nothing here is about support."""
