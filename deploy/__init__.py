"""What installs the product elsewhere: the app manifest and the git hook."""
