//! The day a review was written.

use std::fmt;

/// A day of the Gregorian calendar, ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day of a TOML date, or of a TOML date and time; `None` for a time of day.
    #[must_use]
    pub fn from_toml(value: toml::value::Datetime) -> Option<Self> {
        value.date.map(|date| Date { year: date.year, month: date.month, day: date.day })
    }

    /// Formats the day as in ISO 8601: `2012-02-05`.
    #[must_use]
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// A number that increases from day to day, with gaps at the ends of months.
    #[must_use]
    pub fn day_number(self) -> u32 {
        (u32::from(self.year) * 16 + u32::from(self.month)) * 32 + u32::from(self.day)
    }
}

/// Formatted as people write it: `5 Feb 2012`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let month = MONTHS.get(usize::from(self.month).wrapping_sub(1)).unwrap_or(&"?");
        write!(f, "{} {month} {}", self.day, self.year)
    }
}
