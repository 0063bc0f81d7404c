"""The one way in for files: told by their content, searched for viruses, opened in a process of its own, named anew.

`field` is what every form has that takes a file. `inspecting` starts the child (`child`), whose memory and time are
bounded and which knows no Django: `pdf`, `picture` and `office` look at one kind each.
"""
