"""Where a caption may end. English."""
