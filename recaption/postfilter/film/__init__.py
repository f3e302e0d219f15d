"""Talk of the video, of its frames and of those who watch it, instead of what is in it. English."""
