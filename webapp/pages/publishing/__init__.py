"""What lies between a draft and its being live: the check, the scenarios, approval, publishing."""
