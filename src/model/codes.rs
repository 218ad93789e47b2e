//! The one table of rule codes. A code never changes its meaning and is never used again.

use std::fmt;

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal, $severity:ident;)+) => {
        /// A rule, by its stable kebab-case code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The code as scripts see it.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $code),+ }
            }

            /// The rule of a code as scripts see it.
            pub fn named(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == code)
            }

            /// The severity unless the finding says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),+ }
            }

            /// What the rule is about, in one line.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => concat!($($doc),+)),+ }
            }
        }
    };
}

codes! {
    // The manifest itself.
    /// The manifest cannot be read as TOML.
    ManifestSyntax = "manifest-syntax", Error;
    /// The manifest cannot be read from disk, or is not UTF-8 text.
    ManifestUnreadable = "manifest-unreadable", Error;
    /// A key that the manifest does not have.
    UnknownKey = "unknown-key", Error;
    /// A key that must be there is not.
    MissingKey = "missing-key", Error;
    /// A value of the wrong type, such as a number where a text belongs.
    WrongType = "wrong-type", Error;
    /// A value that is not one of the allowed ones.
    UnknownValue = "unknown-value", Error;
    /// A value that is empty, too long or otherwise not usable.
    BadValue = "bad-value", Error;
    /// A date that does not exist or is not written as YYYY-MM-DD.
    BadDate = "bad-date", Error;
    /// A URN that does not have the CPS form.
    BadUrn = "bad-urn", Error;
    /// A URN whose year lies ahead.
    FutureUrn = "future-urn", Warning;
    /// A page selection that cannot be understood.
    BadPages = "bad-pages", Error;
    /// A path that leaves the folder of the case.
    OutsidePath = "outside-path", Error;
    /// Two documents that take the same pages of the same file.
    DuplicatePath = "duplicate-path", Error;
    /// Two documents with the same exhibit reference.
    DuplicateExhibit = "duplicate-exhibit", Error;
    /// Two sections with the same letter, or two bundles with the same name.
    DuplicateName = "duplicate-name", Error;
    /// Two bundles that would be written to the same file.
    DuplicateOutput = "duplicate-output", Error;
    /// A bundle of one's own, in place of the one that every case has.
    DefaultBundle = "default-bundle", Info;
    /// A bundle that would overwrite a listed document.
    OutputIsInput = "output-is-input", Error;
    /// A bundle that names a section which does not exist.
    UnknownSection = "unknown-section", Error;

    // Documents on disk.
    /// A required document that is not there.
    DocumentMissing = "document-missing", Error;
    /// A document that is not required and not there.
    OptionalMissing = "optional-missing", Warning;
    /// A file whose name has another Unicode form on the disk.
    NameForm = "name-form", Info;
    /// A document that is listed as not yet held.
    DocumentExpected = "document-expected", Warning;
    /// A document that is listed as not yet held, and is there.
    ExpectedHeld = "expected-held", Info;
    /// A file that cannot be opened.
    DocumentUnreadable = "document-unreadable", Error;
    /// A file that had to be repaired to be read.
    DocumentRepaired = "document-repaired", Warning;
    /// A file that was encrypted and is open in the bundle.
    DocumentDecrypted = "document-decrypted", Info;
    /// A file of which parts are lost, and which is taken all the same.
    DocumentDamaged = "document-damaged", Warning;
    /// Something that only links, bookmarks, tags and the like lead to, and that is not in the file.
    TargetMissing = "target-missing", Info;
    /// A form whose file holds a placeholder in place of its pages.
    XfaDynamic = "xfa-dynamic", Error;
    /// A file whose documents are attached to it, so that its pages are a cover.
    Portfolio = "portfolio", Error;
    /// A page selection that goes beyond the end of the file.
    PagesOutOfRange = "pages-out-of-range", Error;
    /// A document without a date.
    Undated = "undated", Info;
    /// A document that is older than the one before it, in a section that asks for date order.
    DateOrder = "date-order", Warning;
    /// The same file listed twice, by its content.
    SameFile = "same-file", Warning;
    /// A file in the folder that no document names.
    UnlistedFile = "unlisted-file", Warning;
    /// A case or a bundle without any document.
    NoDocuments = "no-documents", Error;
    /// A section without a document.
    EmptySection = "empty-section", Warning;
    /// A character that the bundle's own pages cannot show.
    CharacterNotInFont = "character-not-in-font", Warning;

    // What may be served.
    /// A word for a form or class of document that nobody knows.
    UnknownForm = "unknown-form", Error;
    /// A document of which nothing says what it is, in a bundle that leaves the prosecution.
    FormMissing = "form-missing", Warning;
    /// A document of which somebody has said that it is none of the known forms and classes.
    FormOther = "form-other", Info;
    /// Pages that are taken for a form, of which somebody has said that they are none.
    NotForm = "not-form", Info;
    /// A document whose title or file name says a form that is never served, and whose form is another. Of a form that
    /// others get, and not this audience, a warning.
    FormContradicted = "form-contradicted", Error;
    /// A document of a class that is never served, in a bundle that leaves the prosecution.
    ServeNever = "serve-never", Error;
    /// A document that a jury does not get, in a bundle for the jury.
    NotForJury = "not-for-jury", Error;
    /// A document that is served on a prosecutor's decision, of which there is no record.
    ServeUndecided = "serve-undecided", Error;
    /// A document that is served only redacted, with no record that it is.
    ServeUnredacted = "serve-unredacted", Error;
    /// A document restricted to some defendants, in a bundle that is not made for one of them.
    ServeRestricted = "serve-restricted", Error;
    /// A document that is served while another entry, with the same file or the same pages, is withheld.
    AlsoWithheld = "also-withheld", Error;
    /// Unused material in a section of statements or exhibits.
    UnusedAsEvidence = "unused-as-evidence", Error;
    /// A document that a bundle leaves out, as its audience may not have it.
    NotServed = "not-served", Info;
    /// A document that no bundle of the manifest holds.
    InNoBundle = "in-no-bundle", Warning;
    /// Comments or mark-up in a document that leaves the prosecution, about which nobody has decided.
    CommentsUndecided = "comments-undecided", Error;
    /// Comments or mark-up that go along with a document that leaves the prosecution.
    CommentsKept = "comments-kept", Info;
    /// Comments or mark-up that were taken out.
    CommentsStripped = "comments-stripped", Info;
    /// Mark-up that hides words or something of a picture, which would come to light if the comments were taken out.
    CommentCovers = "comment-covers", Error;
    /// A redaction that is marked and was never carried out: what is below it can still be read.
    RedactionUnapplied = "redaction-unapplied", Error;
    /// Content in a layer that is hidden when the file is opened, and that anybody can show.
    HiddenLayer = "hidden-layer", Warning;
    /// Content of hidden layers, and content that nobody sees on a page, that was taken out.
    HiddenDropped = "hidden-dropped", Info;

    // What the file must hold by its standard, and what statements and exhibits say of each other.
    /// A file standard that nobody knows.
    StandardUnknown = "standard-unknown", Error;
    /// A requirement of the file standard for which the file lists nothing.
    StandardMissing = "standard-missing", Warning;
    /// A requirement of the file standard for which something is listed that is not held.
    StandardOutstanding = "standard-outstanding", Warning;
    /// A requirement of the file standard, and what satisfies it.
    StandardMet = "standard-met", Info;
    /// A requirement of the file standard that somebody has decided the case does not need.
    StandardNotApplicable = "standard-not-applicable", Info;
    /// An entry that names an item which the file standard does not ask for.
    ItemUnmatched = "item-unmatched", Warning;
    /// A witness of whom no statement is listed.
    WitnessWithoutStatement = "witness-without-statement", Warning;
    /// An exhibit whose producer has made no statement that is listed.
    ExhibitWithoutStatement = "exhibit-without-statement", Warning;
    /// Numbers that are missing in a run of exhibits.
    ExhibitGap = "exhibit-gap", Info;

    // How long a defendant may be in custody, as it concerns the hearing and no bundle.
    /// A custody time limit whose last day is past.
    CustodyLimitPassed = "custody-limit-passed", Error;
    /// A custody time limit that ends before the hearing.
    CustodyLimitBeforeHearing = "custody-limit-before-hearing", Error;
    /// A defendant in custody who awaits trial, and no custody time limit that can be worked out.
    CustodyLimitUnknown = "custody-limit-unknown", Error;
    /// A custody time limit that ends within fourteen days, or on the day of the hearing.
    CustodyLimitNear = "custody-limit-near", Warning;
    /// A date of the court before the last day that is worked out.
    CustodyDateEarly = "custody-date-early", Warning;

    // What must not leave the prosecution, found on the pages of documents.
    /// Something redacted that can still be read or copied.
    BadRedaction = "bad-redaction", Error;
    /// Covered words that tell nothing more than what is seen: a marking, the number of a page, a repetition.
    CoveredRepeat = "covered-repeat", Info;
    /// A page that is headed as a form which is never served, or marked as not disclosable.
    NeverServeContent = "never-serve-content", Error;
    /// The back page of a witness statement, with the witness's contact details.
    Mg11BackPage = "mg11-back-page", Error;
    /// A protective marking on a page; SECRET and TOP SECRET stop the bundle.
    ProtectiveMarking = "protective-marking", Error;
    /// Personal data in a document for the defence or the jury.
    PersonalData = "personal-data", Warning;
    /// Personal data that somebody has looked at and lets pass.
    PersonalDataAllowed = "personal-data-allowed", Info;
    /// Entries without a mark: whatever stands at their places passes.
    AllowUnbound = "allow-unbound", Warning;
    /// An entry that lets personal data pass which is not there.
    AllowUnmatched = "allow-unmatched", Warning;
    /// Text that is not seen on the page and can be copied from it.
    HiddenText = "hidden-text", Warning;
    /// Pictures or drawings that stand outside of what the page shows, or go on there.
    CroppedContent = "cropped-content", Warning;
    /// A page that could not be searched for any of this.
    PageNotSearched = "page-not-searched", Warning;
    /// Pages that are pictures without text: nobody but a person can search them.
    UnsearchablePages = "unsearchable-pages", Info;

    // What changes on the way into the bundle.
    /// A number that does not stand in the usual place, as something is printed there or an annotation covers it.
    NumberMoved = "number-moved", Info;
    /// A page made smaller so that its number finds room.
    PageScaled = "page-scaled", Warning;
    /// An annotation that was not displayed and would be on a page made smaller.
    AnnotationDropped = "annotation-dropped", Warning;
    /// A link to a page that is not in the bundle.
    LinkDropped = "link-dropped", Warning;
    /// A bookmark of the source that leads to no page of the bundle.
    BookmarkDropped = "bookmark-dropped", Info;
    /// A script, or an action that runs or sends something.
    ActionRemoved = "action-removed", Warning;
    /// A file attached to a PDF.
    AttachmentDropped = "attachment-dropped", Warning;
    /// The mark of an attached file that was drawn, as its file leaves that to the reader.
    MarkDrawn = "mark-drawn", Info;
    /// Films, sounds and models that a page would play.
    MediaDropped = "media-dropped", Warning;
    /// What pictures say of camera, place, time or author.
    PictureDataDropped = "picture-data-dropped", Info;
    /// Something that no page needs, and that nobody sees: strange entries, unused resources, comments in content.
    UnneededDropped = "unneeded-dropped", Info;
    /// A picture so built that what it may say of itself could not be taken out.
    PictureUnread = "picture-unread", Warning;
    /// Tags for screen readers that cannot be read.
    TagsDropped = "tags-dropped", Warning;
    /// A digital signature that can no longer be validated.
    SignatureFlattened = "signature-flattened", Warning;
    /// The XFA part of a form.
    XfaDropped = "xfa-dropped", Warning;
    /// Form fields that were drawn from their values, as their file leaves that to the reader.
    FormDrawn = "form-drawn", Warning;
    /// Form fields whose value could not be drawn.
    FormUndrawn = "form-undrawn", Warning;
    /// A form field whose name another document has too.
    FieldRenamed = "field-renamed", Info;

    // The bundle as written.
    /// The output cannot be written.
    OutputUnwritable = "output-unwritable", Error;
    /// What a process that was killed left half written beside a bundle, and is deleted.
    LeftoversRemoved = "leftovers-removed", Info;
    /// What a process left half written beside a bundle and could not be deleted.
    LeftoversStay = "leftovers-stay", Warning;
    /// The finished file does not read back as planned.
    ProofFailed = "proof-failed", Error;
    /// A page that shows something else in the bundle than in its file, and nothing says why.
    LookDiffers = "look-differs", Error;
    /// Numbers of another style than the rules of the bundle ask for.
    NumberingDiffers = "numbering-differs", Warning;
    /// Rules of the user's own that cannot be read.
    RulesUnreadable = "rules-unreadable", Error;
    /// A warning, where none is allowed.
    Strict = "strict", Error;
    /// The build was stopped by the user.
    Interrupted = "interrupted", Error;

    // The court list.
    /// A hearing on a Sunday or a bank holiday, when courts sit for overnight remands only.
    HearingDay = "hearing-day", Info;
    /// A hearing at an hour when no court sits.
    HearingHour = "hearing-hour", Warning;
    /// A prosecutor who is in two courtrooms at once.
    ProsecutorTwice = "prosecutor-twice", Error;
    /// A case that is listed twice in one session.
    CaseTwice = "case-twice", Error;
    /// A defendant who is in several cases in one session.
    DefendantTwice = "defendant-twice", Error;
    /// A session with more listed time than it holds.
    SessionOverfull = "session-overfull", Error;

    // A finished bundle, held against a profile of court rules, which sets the severity.
    /// It is a PDF that opens without a password.
    Opens = "opens", Error;
    /// Nothing is cut off the file, and its table of objects is right.
    Undamaged = "undamaged", Error;
    /// Every page bears its number.
    PageNumbers = "page-numbers", Error;
    /// The numbers stand where the rules want them.
    NumberPlace = "number-place", Warning;
    /// No page number has a letter after it.
    LetterSuffixes = "letter-suffixes", Error;
    /// The page labels of the PDF are the numbers printed.
    PageLabels = "page-labels", Error;
    /// There are no more pages than allowed.
    PageCap = "page-cap", Error;
    /// There is an index that can be read.
    IndexFound = "index-found", Error;
    /// Every row of the index is linked to the page that it names.
    IndexLinks = "index-links", Error;
    /// Every document that has a bookmark has a row in the index, too.
    IndexComplete = "index-complete", Warning;
    /// The ranges of pages in the index neither overlap nor leave pages out.
    IndexRanges = "index-ranges", Warning;
    /// The titles of rows and bookmarks belong to the pages that they lead to.
    Titles = "titles", Warning;
    /// Every document of the index has a bookmark.
    Bookmarks = "bookmarks", Error;
    /// Every bookmark leads to a page.
    BookmarkTargets = "bookmark-targets", Error;
    /// The bookmarks of sections and documents name the page that they lead to.
    BookmarkNumbers = "bookmark-numbers", Error;
    /// It opens at 100 %.
    OpeningZoom = "opening-zoom", Error;
    /// Links and bookmarks leave the zoom as it is.
    TargetZoom = "target-zoom", Warning;
    /// Every page with text can be searched.
    Searchable = "searchable", Warning;
    /// Text is upright on the page as displayed.
    Orientation = "orientation", Warning;
    /// No picture has more dots per inch than allowed.
    ResolutionHigh = "resolution-high", Warning;
    /// No picture has fewer dots per inch than allowed.
    ResolutionLow = "resolution-low", Warning;
    /// Every page has the size of paper that is asked for.
    PageSize = "page-size", Warning;
    /// The fonts are in the file.
    FontsEmbedded = "fonts-embedded", Info;
    /// The file is small enough for each way of delivery.
    FileSize = "file-size", Warning;
    /// The file is no heavier than its pages need.
    Weight = "weight", Info;
    /// The file is named as the court asks.
    FileName = "file-name", Warning;
    /// No page is blank.
    BlankPages = "blank-pages", Info;
    /// No page is there twice.
    DuplicatePages = "duplicate-pages", Info;
    /// Nothing in it runs, plays or sends anything.
    ActiveContent = "active-content", Error;
    /// No other file is inside it.
    EmbeddedFiles = "embedded-files", Error;
    /// There are no comments and no mark-up.
    MarkUp = "mark-up", Warning;
    /// It does not say who wrote it.
    AuthorMetadata = "author-metadata", Warning;
    /// No photograph says where, with what or by whom it was taken.
    PictureData = "picture-data", Warning;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
