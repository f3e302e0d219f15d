"""How well captions tell the events of scripted clips: the one caption score that needs no judge."""
