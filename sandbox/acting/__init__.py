"""What a person does in the workspace, step by step: finding it, telling the app, and what the answer changes."""
