"""From raw footage to clips worth captioning: shots, what is measured of each, and which of them are dropped.

curate.py      the command: films in, clips.jsonl and kept.jsonl out
recipe.py      what a recipe says; recipes/ has those that come along
footage.py     one pass over a film, which gives its shots
measuring.py   a film, decoded once: its shots and their measures
rows.py        which clips are kept
whole.py       the measures of a clip that has cuts in it
explain.py     what each threshold drops, and how each measure is spread
shot.py        the noun: one shot, and what is kept of its pictures for the measures
measures.py    all measures by name

cuts.py        where one shot ends and the next one begins; fades.py, transnet.py
motion.py      how much moves; flow.py
camera.py      what the camera does; moves.py
text.py        text in the picture, subtitles; lines.py, ink.py
marks.py       bars, logos, pictures of one colour
looks.py       brightness, contrast, blur, blocks, black and frozen parts
prints.py      what near-duplicates have in common
duplicates.py  near-duplicates across a set
appeal.py      looks and words by a CLIP or SigLIP model; embedding.py
"""
