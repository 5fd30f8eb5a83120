"""The EHC plan: sections A to K, the thread from needs to provision, versions and their comparison."""
