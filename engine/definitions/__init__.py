"""Read diagrams and decision tables: safe XML, the dialect, forms, expressions; parsed once a version."""
