"""The load generator: signed requests over kept connections, from a process apart from the server."""
