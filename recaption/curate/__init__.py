"""From raw footage to clips worth captioning: shots, what is measured of each, and which of them are dropped.

shot.py        the noun: one shot, and what is kept of its pictures for the measures
cuts.py        where one shot ends and the next one begins
motion.py      how much moves
camera.py      what the camera does
text.py        text in the picture
marks.py       bars, logos, subtitles
looks.py       brightness, contrast, blur, blocks, black and frozen parts
prints.py      what near-duplicates have in common
duplicates.py  near-duplicates across a set
embedding.py   looks and words by a CLIP or SigLIP model
"""
