"""The notices as data, and the engine that decides from them."""
