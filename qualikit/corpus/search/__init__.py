"""Full text over the corpus: what is typed, the index of words, the hits as a concordance."""
