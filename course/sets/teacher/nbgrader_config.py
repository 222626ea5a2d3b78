"""What nbgrader does with these sets."""

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "from-surprise-to-cross-entropy"
c.ClearSolutions.code_stub = {"python": "# your code\nraise NotImplementedError"}
c.ClearSolutions.text_stub = "Your answer, in your own words."
c.Execute.timeout = 10  # seconds for a cell: an endless loop does not hold up the pile
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"]
c.OverwriteCells.add_missing_cells = True  # a test that was deleted is put back
