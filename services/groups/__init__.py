"""Sessions for several scholars: set up by somebody in support, with seats that scholars take and give back."""
