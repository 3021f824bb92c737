"""Letters to the client: what they say of a case, who receives them, and the press that makes them."""
