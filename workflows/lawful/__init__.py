"""What a diagram does about the law: which duties its ways open, meet, remind of and leave owed."""
