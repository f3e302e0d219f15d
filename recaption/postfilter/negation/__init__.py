"""What is said not to be there, and what is said not to have changed. English."""
