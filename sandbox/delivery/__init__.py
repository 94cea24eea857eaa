"""How the workspace reaches an app: over its sockets or by signed HTTP, three seconds for an answer either way."""
