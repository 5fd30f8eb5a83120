"""What is given to those who ask what is held about them, and what is erased when it is due."""
