"""Statistics of small groups and of words: numpy only, each with the source of its formula, without a database.

Nothing here knows French or a project: figures in, figures out. People are what is permuted, never words.
"""
