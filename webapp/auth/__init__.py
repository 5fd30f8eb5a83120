"""Who is signed in, and what each page asks of them."""
