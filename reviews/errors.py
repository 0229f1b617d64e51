"""Refusals. Each docstring is the sentence that the person reads."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise


class Refusal(Exception):
    """This cannot be done."""

    @classmethod
    def words(cls) -> str:
        """Return the docstring, as it is kept where it is shown later; ``makemessages`` finds it here."""
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    def sentence(cls) -> StrPromise:
        """Return the docstring, translated when it is shown."""
        return gettext_lazy(cls.words())

    def __str__(self) -> str:
        return super().__str__() or str(self.sentence())


class AddressNotYours(Refusal):
    """This invitation went to an address that is not among your verified ones. Sign in with the account that has it, or
    add that address to your account and verify it."""


class AddressSilent(Refusal):
    """This address did not answer, however often it was asked. Try it again later, or add the article as text."""


class AlreadyAdjudicating(Refusal):
    """You have marked this claim already, or renounced adjudicating it."""


class AlreadyAnswered(Refusal):
    """You have answered this invitation already."""


class AlreadyAssigned(Refusal):
    """This person is asked to review this round already."""


class AlreadyCounted(Refusal):
    """These marks count already."""


class AlreadyHandedIn(Refusal):
    """This review is handed in already."""


class AlreadyHeld(Refusal):
    """You were asked to review this article under another address already."""


class AlreadyLookedAgain(Refusal):
    """You have given your second mark already: it stands."""


class AlreadyLifted(Refusal):
    """Mail goes to this address again already."""


class AlreadyPublished(Refusal):
    """This report was published before. What it says can be corrected by a newer report."""


class AlreadySetAside(Refusal):
    """These marks are set aside already."""


class AlreadyWithdrawn(Refusal):
    """This publication was withdrawn before."""


class ExportIsGone(Refusal):
    """This file is gone: it had expired, or was taken away. Ask for it again."""


class ExportTellsTooMuch(Refusal):
    """Something in this file is not yours to know any more. Ask for it again: it is written anew without that."""


class FormHasMoved(Refusal):
    """The desk moved this form to another version while this page was open. What you typed is still on this page: copy
    what you need, load the page again, and go on there."""


class FormIsAboutSomethingElse(Refusal):
    """This version asks about something other than the one that is answered now. Ask it in the next round."""


class FormNotAsked(Refusal):
    """This round does not ask this form."""


class ImportFailed(Refusal):
    """Something went wrong here while this list was imported. It was noted. What had come in by then stays; the rest
    waits for you."""


class IntakeIsOver(Refusal):
    """This import is over: it was read, or it failed."""


class BibliographyIsImported(Refusal):
    """Some of this list was imported: what was left out can be brought in once more as a new list."""


class BibliographyHasMovedOn(Refusal):
    """This list went on since you opened its page: look at it as it is now."""


class BibliographyIsSettled(Refusal):
    """This list was imported or put away before."""


class AssignmentIsOver(Refusal):
    """This request was ended before."""


class CalibrationStaysHere(Refusal):
    """This round is a calibration: its report is never published."""


class CauseMissing(Refusal):
    """Say what the disagreement came from."""


class ChangedElsewhere(Refusal):
    """This was changed elsewhere since you opened it: in another tab, or on another device."""

    def __init__(self, *, current: Any) -> None:
        super().__init__()
        self.current = current
        """The row as it is saved now."""


class ClaimIsFrozen(Refusal):
    """A round has taken this claim as it stands: it cannot be split any more. Add another claim instead."""


class ClaimIsMerged(Refusal):
    """This claim went into another one: restore it first."""


class ClaimIsNotHeld(Refusal):
    """The panel's report does not hold this claim for an editor."""


class ClaimIsOffTheList(Refusal):
    """This claim is merged or rejected: restore it before you put a source to it."""


class ClaimIsUnlisted(Refusal):
    """This claim is not on the list any more, so it has no place in its order."""


class ClaimStandsAlready(Refusal):
    """These very words are on the list of claims already."""


class ClaimWithoutWording(Refusal):
    """Say the claim in words."""


class ClaimsOfOneArticle(Refusal):
    """These two stand in one article: merge them there."""


class ClaimsUndecided(Refusal):
    """Some claims are held for an editor: decide each of them before the report is published."""


class ConflictNotDeclared(Refusal):
    """Say whether you have a conflict of interest, and what it is."""


class CorrectionUnexplained(Refusal):
    """This article was published before: tell readers what is different now."""


class DecidedByAnother(Refusal):
    """Another editor has decided this claim."""


class DeclinedBefore(Refusal):
    """This person declined: withdraw that request before you ask again."""


class DueAfterTheRound(Refusal):
    """The round itself is due before that day: extend the round first."""


class DueInThePast(Refusal):
    """The due date is in the past."""


class EditorReviewsTheRound(Refusal):
    """You review this round yourself, or have an interest in its subject: another editor has to rule on its claims."""


class InactiveReviewer(Refusal):
    """This account is switched off: nobody could sign in to do the review."""


class InvitationIsOver(Refusal):
    """This invitation no longer stands: the desk took it back, or the round has closed."""


class KnownAnswerUnexplained(Refusal):
    """Say of each known answer why it is right, and where that stands."""


class LevelOfAnotherScale(Refusal):
    """This level is not on the scale of the round."""


class MarksNotHandedIn(Refusal):
    """This reviewer has not handed in any marks."""


class MarksAreIn(Refusal):
    """Somebody has handed in, or the round is closed: what is known has to be said before the marks."""


class LikenessWasSaid(Refusal):
    """Somebody has said already whether these two are one claim: take that back first."""


class MergeIntoNothing(Refusal):
    """Choose a claim of this text that is neither merged nor rejected to be the one that stays."""


class MergeOfOneSource(Refusal):
    """Choose two different sources to merge."""


class MergeNeedsTwo(Refusal):
    """Choose two claims or more to merge."""


class MessageEmpty(Refusal):
    """Write something first."""


class NewerReportStands(Refusal):
    """A newer version of this report was compiled: look at that one."""


class NoClaimsAccepted(Refusal):
    """No claim is accepted yet: accept at least one before you open a round."""


class NoMinority(Refusal):
    """A minority statement is for a reviewer whose mark counts and differs from the verdict."""


class NoReportYet(Refusal):
    """This round has no report yet."""


class NothingToExport(Refusal):
    """No round that you may see has a report here. A round can be exported once it is closed and compiled."""


class NobodyEdits(Refusal):
    """Choose at least one editor: somebody has to learn what the panel found."""


class NobodyToAsk(Refusal):
    """Nobody whose marks count can be asked any more."""


class NobodyToAssign(Refusal):
    """Choose a person, or give an address."""


class NotHandedIn(Refusal):
    """This review is not handed in."""


class NotMergedNow(Refusal):
    """These two sources were parted again before."""


class NotMarkedBlind(Refusal):
    """Mark the claim yourself before you decide it."""


class NoticeIsUnderWay(Refusal):
    """This mail was not sent yet: there is nothing to send again."""


class NoticeNotOwed(Refusal):
    """This mail does not wait any more: it is being sent, or its turn is over."""


class NoticeWordless(Refusal):
    """A mail needs a subject and a text."""


class NothingKnown(Refusal):
    """Say of one claim at least what is right."""


class OrcidOfAnother(Refusal):
    """Another account has this ORCID iD."""


class OrphanIsDecided(Refusal):
    """Somebody has decided on this claim already."""


class PreviewOvertaken(Refusal):
    """Nobody was asked: something is different from what you saw. Look at it once more."""

    def __init__(self, differences: Sequence[str]) -> None:
        super().__init__()
        self.differences = differences


class ProposalDecided(Refusal):
    """This proposal was decided before."""


class ProposedAlready(Refusal):
    """You have proposed these words already."""


class QuorumTooSmall(Refusal):
    """A panel needs a quorum of at least two."""


class ProposedWordsGone(Refusal):
    """The newest text of this article does not have these words in one clear place: add the claim there by hand."""


class QuoteNotThere(Refusal):
    """These words do not stand in the article: copy them from it, word for word."""


class QuoteThereTwice(Refusal):
    """These words stand in the article more than once: select a few more, so that it is clear which are meant."""


class RetractionsFailed(Refusal):
    """Something went wrong here while this file was gone through. It was noted. What was marked by then stays
    marked; go through it again."""


class DigestWasSent(Refusal):
    """A digest goes out once. What was new in it stands where its links lead."""


class ReadingFailed(Refusal):
    """Something went wrong here while this text was read. It was noted; add it again, as plain text if you can."""


class ReasonMissing(Refusal):
    """Say why."""


class RemindedToday(Refusal):
    """This person was reminded within the last day."""


class ReminderIsWaiting(Refusal):
    """A reminder to this person waits already: it is held, or goes with a digest or after their quiet hours."""


class RemindersUnwanted(Refusal):
    """This person has switched such mails off: write to them yourself."""


class ReportIsBeingCompiled(Refusal):
    """A new version of this report is being compiled: wait for it, then look again."""


class ReportIsStale(Refusal):
    """Something that this report rests on has changed: it is compiled again first."""


class ReviewIncomplete(Refusal):
    """Some things are still missing."""

    def __init__(self, gaps: Sequence[Any]) -> None:
        super().__init__()
        self.gaps = gaps
        """What is missing, one value each."""


class ReviewIsLocked(Refusal):
    """This review is handed in and locked. Take it back to change it."""


class RoundHoldsClaims(Refusal):
    """This round holds claims that you have neither marked nor renounced: the whole round would tell you of them."""


class SplitOutsideTheQuote(Refusal):
    """Each part has to stand word for word, and once, in the claim's own quote."""


class SplitIntoOne(Refusal):
    """Both parts are the same stretch of the text: take other words for one of them."""


class TextIsOnItsWay(Refusal):
    """A text of this article is being read at this moment: wait for it."""


class TextIsSuperseded(Refusal):
    """A newer text of this article has come in: open the article again and work on that."""


class ViewNameTaken(Refusal):
    """You have a view of this name on this list already."""


class ViewTooLong(Refusal):
    """What this list is filtered by is too long to be kept."""


class RoundIsClosed(Refusal):
    """This round is closed."""


class RoundIsOpen(Refusal):
    """A panel is at work on this text: its round is still open."""


class RuleFitsNotEveryRound(Refusal):
    """There are rounds on a scale without the level at which this rule draws the harm line: choose another."""


class RuleIsInForce(Refusal):
    """This rule is in force already."""


class RuleIsNothingNew(Refusal):
    """Another version says the very same."""


class ScaleMissing(Refusal):
    """There is no scale to mark on yet: whoever runs this portal has to install it with the command set_up."""


class SecondLookIsOpen(Refusal):
    """The panel is taking a second look at this claim: wait for it, or end it first."""


class SecondLookIsOver(Refusal):
    """This second look has ended."""


class SecondLookWasAsked(Refusal):
    """The panel was asked for a second look at this claim already: there is one."""


class SourceCitedAlready(Refusal):
    """This source is put to this claim already."""


class SourceIsMerged(Refusal):
    """One of these is merged with another source already: part them first, or choose the one that was kept."""


class SourceNotYours(Refusal):
    """Only a source that you added yourself can be described or removed."""


class TrialIsUnderWay(Refusal):
    """This rule is being tried already: wait for what it finds."""


class RetractionsAreOver(Refusal):
    """This file was gone through, or it was cancelled, or it could not be read."""


class RetractionsUnderWay(Refusal):
    """This file was gone through, or is being gone through at this moment."""


class FeedIsWatched(Refusal):
    """You watch this feed already."""


class NothingChosen(Refusal):
    """Choose at least one entry first."""


class VersionNotNewer(Refusal):
    """This version is not newer than the one that is answered now."""
