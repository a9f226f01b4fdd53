"""Publishes reports and tables as editions, keeps them, compares them and checks them."""
