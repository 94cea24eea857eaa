"""What tests do: people at work, rivals, signed requests, apps and networks that misbehave."""
