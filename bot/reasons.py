"""What the system says went wrong, as a part of a sentence of ours."""


def in_words(error: OSError) -> str:
    """For instance "no such file or directory"; the system begins with a capital."""
    if not error.strerror:
        return type(error).__name__
    words = error.strerror
    return words[:1].lower() + words[1:]
