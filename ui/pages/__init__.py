"""The pages of the app: one file each, with one function ``build(context)``.

``build`` runs inside the page's Gradio context and adds what stands below the header.
"""
