"""What runs the product elsewhere: the app manifest and the container."""
