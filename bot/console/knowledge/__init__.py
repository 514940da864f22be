"""Knowledge (政策库): the notices as they read, what is made of each clause, two side by side, what becomes due."""
