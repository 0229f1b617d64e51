"""What comes in, made clean."""
