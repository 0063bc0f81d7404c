"""The steps of a list in the browser (lists.md): uploaded, understood, said, asked, checked, brought in, completed.

Every step stores what it was given before it shows the next: `draft` is a list between two steps, `stored` its form in
the database, `lacking` and `questions` what people are asked, `unread` what they are told of columns that are left
out, `preview` what they are shown, `uploads` the steps,
`left` the rows that did not come in, `held` those that wait
to be completed and `second` those that wait for a second person, `habits` what a union said of such lists before.
"""
