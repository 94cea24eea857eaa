"""What cannot wait: the community manager or whoever stands in, as soon as anybody is free."""
