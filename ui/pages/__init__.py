"""The pages of the app: one file each, with one function ``build``.

It runs inside the page's Gradio context and adds what stands below the header, which is a file
among them.
"""
