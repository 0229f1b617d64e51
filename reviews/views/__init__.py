"""Rooms for reviewers and readers."""
