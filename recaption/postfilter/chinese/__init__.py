"""The rules for captions in Chinese, in simplified and traditional characters.

They have the codes of the English rules that they stand in for, and run where most letters of a text are Han.
"""
