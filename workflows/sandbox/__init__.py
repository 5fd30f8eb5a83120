"""Systems of their own, in which drafts are tried and stories are lived: nothing leaves them."""
