"""Norwegian text analysis: which terms of the index a question's or a passage's words stand for."""
