"""The demo: a workspace of people who do not exist, and a walk-through as they would act."""
