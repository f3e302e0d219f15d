"""Captions held against what was measured of their clips.

claim.py           the nouns: what a caption claims, and what becomes of it
tokens.py          words and marks of a sentence
camera_words.py    the words of camera work, as tables
camera.py          sentences about the camera
picture.py         cuts, motion, light and colour: one table
claims.py          a text's claims
judging.py         a claim and measures: confirmed, contradicted or unknown
mending.py         taking out what is contradicted; the camera's phrase
verify.py          all captions of a folder
"""
