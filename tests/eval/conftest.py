from hypothesis import settings

# What is tested here is arithmetic: a slow example only says that the machine was busy.
settings.register_profile("eval", deadline=None)
settings.load_profile("eval")
