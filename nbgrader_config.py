# nbgrader's settings for this course; no logic.
from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    Execute,
    GetGrades,
    IgnorePattern,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

from cloudcrib.grading.plugins.harmless import FILTERS, Harmless
from cloudcrib.grading.plugins.quizzes import HideHiddenTests, ReadAnswers, ScoreAnswers

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "cloudcrib"
c.CourseDirectory.source_directory = "source"
c.CourseDirectory.release_directory = "release"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"

c.ClearSolutions.code_stub = {"python": "..."}

# Quiz answers are read as data before outputs are cleared, and scored here, never in a kernel that has run a student's code.
c.Autograde.sanitize_preprocessors = [
    ReadAnswers,
    ClearOutput,
    DeduplicateIds,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    Execute,
    ScoreAnswers,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]
c.ScoreAnswers.rule = "practice"  # or "exam": all or nothing

# Feedback pages and formgrader show what students wrote and displayed: none of it runs or asks the network there.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = FILTERS
c.HTMLExporter.preprocessors = [Harmless]
c.GenerateFeedback.preprocessors = [GetGrades, HideHiddenTests, CSSHTMLHeaderPreprocessor]

c.OverwriteCells.add_missing_cells = True
c.Execute.record_timing = False
c.Execute.timeout = 60
c.Execute.skip_cells_with_tag = "crib-no-such-tag"  # nbconvert's own tag would let a student skip the tests
