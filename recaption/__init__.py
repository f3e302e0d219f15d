"""Dense, truthful captions for the clips that text-to-video models train on."""
