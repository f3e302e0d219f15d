"""Words, sentences and noun phrases of English, which the rooms of rules stand on."""
