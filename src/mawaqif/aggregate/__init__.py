"""Turns coded statements into the tables that charts and sentences are made from."""
