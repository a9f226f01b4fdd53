"""Sentences of generated text, one module a language; `narrative` chooses what is said."""
