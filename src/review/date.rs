//! The day a review was written.

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

    /// Formats the day in a style.
    #[must_use]
    pub fn written(self, style: DateStyle) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let month = MONTHS.get(usize::from(self.month).wrapping_sub(1)).unwrap_or(&"?");
        match style {
            DateStyle::DayFirst => format!("{} {month} {}", self.day, self.year),
            DateStyle::MonthFirst => format!("{month} {}, {}", self.day, self.year),
            DateStyle::Iso => self.iso(),
        }
    }

    /// A number that increases from day to day, with gaps at the ends of months.
    #[must_use]
    pub fn day_number(self) -> u32 {
        (u32::from(self.year) * 16 + u32::from(self.month)) * 32 + u32::from(self.day)
    }
}

/// How a date is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateStyle {
    /// `5 Feb 2012`
    #[default]
    DayFirst,
    /// `Feb 5, 2012`
    MonthFirst,
    /// `2012-02-05`
    Iso,
}
