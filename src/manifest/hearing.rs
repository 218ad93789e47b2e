//! Who is charged, and the hearing.

use jiff::civil::{Date, Time, time};

/// The end of the morning.
const MIDDAY: Time = time(13, 0, 0, 0);

/// A person charged.
#[derive(Debug, Clone, PartialEq)]
pub struct Defendant {
    /// The full name.
    pub name: String,
    /// Bail or custody, where stated.
    pub remand: Option<RemandStatus>,
    /// Where a defendant in custody is held, such as `HMP Leeds`.
    pub held_at: Option<String>,
    /// Whether the defendant appears over a video link, and needs no dock.
    pub by_link: bool,
    /// Whether the defendant is under 18.
    pub youth: bool,
    /// The charges, each with its own custody time limit.
    pub charges: Vec<Charge>,
}

/// Where a defendant is until the hearing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemandStatus {
    /// Unconditional bail.
    Bail,
    /// Bail with conditions.
    ConditionalBail,
    /// Remanded in custody.
    Custody,
    /// A youth remanded to secure accommodation.
    SecureUnit,
}

/// One offence alleged against one defendant.
#[derive(Debug, Clone, PartialEq)]
pub struct Charge {
    /// The offence in words.
    pub offence: String,
    /// The stage that decides the length of the custody time limit.
    pub custody_stage: Option<CustodyStage>,
    /// The first day of custody for this offence.
    pub custody_start: Option<Date>,
    /// Days of earlier custody on the same offence.
    pub custody_days_served: u32,
    /// The date that the court itself recorded, which beats any calculation.
    pub custody_time_limit: Option<Date>,
    /// The date to which the court extended the limit.
    pub custody_extended_to: Option<Date>,
    /// Why no limit runs, where the manifest says so: after conviction, once the trial has begun, or in
    /// custody on another matter.
    pub no_custody_limit: Option<String>,
}

/// The stage of proceedings for a custody time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustodyStage {
    /// Summary-only offence in a magistrates' court.
    Summary,
    /// Either-way offence in a magistrates' court.
    EitherWay,
    /// Sent to the Crown Court.
    Crown,
    /// Voluntary bill of indictment.
    VoluntaryBill,
}

/// The hearing that the bundle is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Hearing {
    /// What kind of hearing, such as `trial` or `ptph`.
    pub kind: Option<String>,
    /// The day.
    pub date: Option<Date>,
    /// The local time.
    pub time: Option<Time>,
    /// The courtroom.
    pub courtroom: Option<String>,
    /// Who prosecutes.
    pub prosecutor: Option<String>,
    /// Which half of the day, where it is stated.
    pub session: Option<Session>,
    /// How long it is expected to take, in minutes.
    pub estimate: Option<u32>,
    /// What the courtroom must have, beyond what the defendants call for by themselves.
    pub needs: Vec<Need>,
}

/// Something that a courtroom has and a hearing may need.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// A dock for defendants in custody.
    Dock,
    /// A link for those who appear by video.
    VideoLink,
    /// A loop for those who hear badly.
    HearingLoop,
    /// A way in without steps.
    Accessible,
}

impl Need {
    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dock => "dock",
            Self::VideoLink => "video link",
            Self::HearingLoop => "hearing loop",
            Self::Accessible => "step-free access",
        }
    }
}

/// One half of a day in court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Session {
    /// Before 13:00.
    Morning,
    /// From 13:00 on.
    Afternoon,
}

impl Session {
    /// The half of the day in which a time lies.
    pub fn of(time: Time) -> Self {
        if time < MIDDAY { Self::Morning } else { Self::Afternoon }
    }

    /// The word of the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
        }
    }
}
