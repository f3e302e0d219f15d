"""Captions held against what was measured of their clips.

claim.py           the nouns: what a caption claims, and what becomes of it
tokens.py          words and marks of a sentence
camera_words.py    the words of camera work, as tables
directions.py      which way words lead
camera.py          what a camera does in a sentence
camera_nouns.py    pans and static shots: nouns and adjectives
patterns.py        cuts, motion, light and colour: one table
claims.py          a text's claims
judging.py         a claim and measures: confirmed, contradicted or unknown
leaving_out.py     a sentence without one of its claims
mending.py         a caption without what is contradicted; the camera's phrase
verify.py          all captions of a folder
"""
