"""What is said again, at once or later. English."""
