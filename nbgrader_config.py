# nbgrader's settings for this course; no logic.
import os
import sys

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

from cloudcrib.grading.plugins.feedback import FeedbackPage, NameCells
from cloudcrib.grading.plugins.harmless import FILTERS, Harmless
from cloudcrib.grading.plugins.pictures import KeepPictures, LeaveOutPictures, PutBackPictures
from cloudcrib.grading.plugins.quizzes import HideHiddenTests, ReadAnswers, ScoreAnswers

c = get_config()  # noqa: F821

# A new gradebook calls `alembic`, which stands beside nbgrader, whether or not that folder is searched.
os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", os.defpath)])

c.CourseDirectory.course_id = "cloudcrib"
c.CourseDirectory.source_directory = "source"
c.CourseDirectory.release_directory = "release"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"

c.ClearSolutions.code_stub = {"python": "..."}

# Quiz answers are read as data before outputs are cleared, and scored here, never in a kernel that has run a student's code.
# Figures, explorers and quizzes that stand there as the course wrote them are not shown again; what a student changed runs as it is.
c.Autograde.sanitize_preprocessors = [
    ReadAnswers,
    KeepPictures,
    ClearOutput,
    DeduplicateIds,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    LeaveOutPictures,
    Execute,
    PutBackPictures,
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
c.GenerateFeedback.preprocessors = [GetGrades, NameCells, HideHiddenTests, CSSHTMLHeaderPreprocessor]
c.GenerateFeedback.exporter_class = FeedbackPage  # its index names questions and exercises

c.OverwriteCells.add_missing_cells = True
c.Execute.record_timing = False
c.Execute.timeout = 60
c.Execute.skip_cells_with_tag = "crib-no-such-tag"  # nbconvert's own tag would let a student skip the tests
