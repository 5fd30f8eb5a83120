"""The commands of the engine, one file each: the only things that change anything."""
