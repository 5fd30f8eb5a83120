"""Whether the control flow of a diagram is sound: its state space, explored."""
