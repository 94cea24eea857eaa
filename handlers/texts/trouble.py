"""When something took too long or went wrong, whatever the feature."""

TOO_SLOW = "That took me too long to open. Please press it again."

CANNOT_READ = ":warning: *{title}* cannot be read. Please tell ops its id: `{id}`"


def went_wrong(reference: str) -> str:
    """For an error nobody foresaw: what it means, and what to quote."""
    return (
        "Something went wrong on my side. Please look at /support to see how things stand, and try again; if it "
        f"happens again, tell whoever runs Scholarbot for you this reference and nothing else: {reference}"
    )
