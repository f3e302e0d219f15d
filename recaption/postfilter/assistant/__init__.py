"""What a model says to its user and not about the clip: thoughts, refusals, chatter. English."""
