"""What a camera may do. Nothing here needs more than Python, so that captions can be judged where no film is read."""

TURNS = {
    "pan": ("pan_left", "pan_right"),
    "tilt": ("tilt_up", "tilt_down"),
    "zoom": ("zoom_in", "zoom_out"),
    "roll": ("roll_left", "roll_right"),
}
"""The moves by what they do to the picture: shift it to the right or left, down or up, enlarge or shrink it, turn it
clockwise or anticlockwise. A camera that rolls left turns anticlockwise, so that the picture turns clockwise."""
MOVES = {move: turn for turn, moves in TURNS.items() for move in moves}
KINDS = ("static", *MOVES, "handheld", "mixed", "unknown")
