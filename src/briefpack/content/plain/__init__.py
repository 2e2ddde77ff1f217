"""Plain language: sentences, syllables, readability and words, as pure functions over texts of any origin."""
