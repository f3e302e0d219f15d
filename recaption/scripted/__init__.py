"""Scripted clips: small cartoons rendered from a script, so that every event in them is known.

plan.py       a random Script that follows from a seed
world.py      the nouns: Thing, Event, Shot, Script, and where everything is at a time
sight.py      what somebody can see in a frame, and what differs between two of them
shapes.py     the things' outlines
scenery.py    the backgrounds
lettering.py  text over a picture
render.py     pictures and H.264 files
footage.py    films whose cuts, fades, camera and text are known, for curation
grammar.py    the texts: frame, difference, caption, summary, each in many ways
files.py      a folder of clips with `scripts.jsonl`
"""
