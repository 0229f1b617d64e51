"""What is true, held by constraints."""

from reviews.models.adjudication import Adjudication
from reviews.models.article import Article, Intake
from reviews.models.asked_form import AskedForm, forms_asked_of
from reviews.models.assignment import Assignment
from reviews.models.bibliography import Bibliography, BibliographyEntry
from reviews.models.calibration import Calibration, KnownAnswer
from reviews.models.choice import MailChoice, MailHours, Pace
from reviews.models.claim import Claim
from reviews.models.export import Export, ExportedRound, ExportPart
from reviews.models.feed import Feed, FeedEntry
from reviews.models.finding import EditorialNotice, Finding
from reviews.models.inquiry import Inquiry
from reviews.models.instrument import Instrument, Level, Scale
from reviews.models.job import Job
from reviews.models.likeness import Likeness
from reviews.models.mark import Appraisal, Mark
from reviews.models.notice import Notice
from reviews.models.proposal import Proposal
from reviews.models.reanchoring import Reanchoring
from reviews.models.recheck import Recheck
from reviews.models.report import Publication, Report, Verdict
from reviews.models.retraction import RetractionFile
from reviews.models.review import Answer, AnswerSheet, Message, Omission, Review
from reviews.models.reviewer import CalendarFeed, ResearcherId
from reviews.models.revision import Cue, Region, Revision, Sentence
from reviews.models.round import Round, RoundCitation, RoundClaim
from reviews.models.rule import RuleAdoption, RuleTrial, RuleVersion, TriedRound
from reviews.models.saved_view import SavedView
from reviews.models.second_look import SecondLook, SecondMark, standing_marks
from reviews.models.source import Citation, Source, SourceMerge, SourceText
from reviews.models.statement import MinorityStatement
from reviews.models.suppression import Suppression
from reviews.models.user import User

__all__ = [
    "Adjudication",
    "Answer",
    "AnswerSheet",
    "Appraisal",
    "Article",
    "AskedForm",
    "Assignment",
    "Bibliography",
    "BibliographyEntry",
    "CalendarFeed",
    "Calibration",
    "Citation",
    "Claim",
    "Cue",
    "EditorialNotice",
    "Export",
    "ExportPart",
    "ExportedRound",
    "Feed",
    "FeedEntry",
    "Finding",
    "Inquiry",
    "Instrument",
    "Intake",
    "Job",
    "KnownAnswer",
    "Level",
    "Likeness",
    "MailChoice",
    "MailHours",
    "Mark",
    "Message",
    "MinorityStatement",
    "Notice",
    "Omission",
    "Pace",
    "Proposal",
    "Publication",
    "Reanchoring",
    "Recheck",
    "Region",
    "Report",
    "ResearcherId",
    "RetractionFile",
    "Review",
    "Revision",
    "Round",
    "RoundCitation",
    "RoundClaim",
    "RuleAdoption",
    "RuleTrial",
    "RuleVersion",
    "SavedView",
    "Scale",
    "SecondLook",
    "SecondMark",
    "Sentence",
    "Source",
    "SourceMerge",
    "SourceText",
    "Suppression",
    "TriedRound",
    "User",
    "Verdict",
    "forms_asked_of",
    "standing_marks",
]
