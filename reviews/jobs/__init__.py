"""What the machine does. Every job is safe to run twice."""
