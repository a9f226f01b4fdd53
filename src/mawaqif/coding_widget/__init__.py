"""The sheet on which statements are coded in a notebook: what it does (`sheet`), its words and how it is shown."""
