"""What service tasks call, one file a topic, named as the topic."""
