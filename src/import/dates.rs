//! Days as people and sites write them. What can be read two ways is settled by the rest of the file, by the person who
//! imports it, or not at all.

use toml::value::Datetime;

/// Whether the month or the day comes first in 2/5/2012.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// 2/5/2012 is in February
    Mdy,
    /// 2/5/2012 is in May
    Dmy,
}

/// How the days of one file are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dates(Option<Order>);

const AMBIGUOUS: &str = "its date can be read two ways; say --dates mdy or --dates dmy";
const UNKNOWN: &str = "its date is not understood";

impl Dates {
    /// Settles the order by what the person says, or else by those days of the file that can be read one way only. Where
    /// these contradict each other, nothing is settled.
    pub(super) fn settle<'d>(order: Option<Order>, all: impl Iterator<Item = &'d str>) -> Self {
        if order.is_some() {
            return Dates(order);
        }
        let (mut month_first, mut day_first) = (false, false);
        for (first, second, _) in all.filter_map(numbers) {
            month_first |= second > 12 && first <= 12;
            day_first |= first > 12 && second <= 12;
        }
        Dates(match (month_first, day_first) {
            (true, false) => Some(Order::Mdy),
            (false, true) => Some(Order::Dmy),
            _ => None,
        })
    }

    /// Reads a day; an empty text is none.
    pub(super) fn read(self, text: &str) -> Result<Option<Datetime>, &'static str> {
        let text = text.trim().trim_matches(['[', ']', '"', '\'']).trim();
        if text.is_empty() {
            return Ok(None);
        }
        if let Some((first, second, year)) = numbers(text) {
            let (month, day) = match (first, second) {
                (first, second) if first > 12 => (second, first),
                (first, second) if second > 12 || first == second => (first, second),
                (first, second) => match self.0.ok_or(AMBIGUOUS)? {
                    Order::Mdy => (first, second),
                    Order::Dmy => (second, first),
                },
            };
            return day_of(year, month, day).map(Some);
        }
        let (year, month, day) = year_first(text).or_else(|| in_words(text)).ok_or(UNKNOWN)?;
        day_of(year, month, day).map(Some)
    }
}

/// Whether a line is a day and nothing else.
pub(super) fn is_day(text: &str) -> bool {
    text.len() <= 40 && (numbers(text).is_some() || year_first(text).is_some() || in_words(text).is_some())
}

fn day_of(year: u32, month: u32, day: u32) -> Result<Datetime, &'static str> {
    format!("{year:04}-{month:02}-{day:02}").parse().map_err(|_| UNKNOWN)
}

/// The three numbers of `2/5/2012`, in the order they stand in.
fn numbers(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.trim().split(['/', '.', '-']);
    let mut number = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?.trim();
        let is_number = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<u32>().ok()).flatten()
    };
    let found = (number(1..=2)?, number(1..=2)?, number(4..=4)?);
    parts.next().is_none().then_some(found)
}

/// `2012-02-05`, `2012/2/5`, with or without a time behind it.
fn year_first(text: &str) -> Option<(u32, u32, u32)> {
    let day = text.trim().split(['T', ' ']).next()?;
    let mut parts = day
        .split(['-', '/', '.'])
        .map(|part| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten());
    let year = parts
        .next()?
        .filter(|_| day.len() >= 8 && day.as_bytes().get(4).is_some_and(|b| !b.is_ascii_digit()))?;
    let found = (year, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(found)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTHS_IN_FULL: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `5 Feb 2012`, `February 5th, 2012`, `Sun, 5 Feb 2012 10:00:00 +0000`: one month in words, one year, one day.
fn in_words(text: &str) -> Option<(u32, u32, u32)> {
    const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let (mut year, mut month, mut day) = (None, None, None);
    for word in text.split([' ', ',', '.']).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let number = word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().ok();
        let is_month = |name: &str| word == name || (word == "sept" && name == "sep");
        let named = MONTHS
            .iter()
            .position(|name| is_month(name))
            .or_else(|| MONTHS_IN_FULL.iter().position(|n| *n == word));
        match (named, number) {
            (Some(index), _) => month = Some(u32::try_from(index).ok()? + 1),
            (None, Some(number)) if (1000..=9999).contains(&number) && year.is_none() => year = Some(number),
            (None, Some(number)) if (1..=31).contains(&number) && day.is_none() => day = Some(number),
            // A time of day or its zone follows the year.
            _ if year.is_some() => {}
            _ if WEEKDAYS.iter().any(|name| word.starts_with(name)) => {}
            _ => return None,
        }
    }
    Some((year?, month?, day?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, order, expected) in [
            ("2012-02-05", None, Ok(Some("2012-02-05"))),
            ("2012/2/5", None, Ok(Some("2012-02-05"))),
            ("[2007-04-16]", None, Ok(Some("2007-04-16"))),
            ("2012-02-05T10:00:00Z", None, Ok(Some("2012-02-05"))),
            ("5 Feb 2012", None, Ok(Some("2012-02-05"))),
            ("February 5th, 2012", None, Ok(Some("2012-02-05"))),
            ("Sun, 5 Feb 2012 10:20:30 +1300", None, Ok(Some("2012-02-05"))),
            ("2/5/2012", None, Err(AMBIGUOUS)),
            ("2/5/2012", Some(Order::Mdy), Ok(Some("2012-02-05"))),
            ("2/5/2012", Some(Order::Dmy), Ok(Some("2012-05-02"))),
            ("5/5/2012", None, Ok(Some("2012-05-05"))),
            ("25/2/2012", None, Ok(Some("2012-02-25"))),
            ("2/25/2012", Some(Order::Dmy), Ok(Some("2012-02-25"))),
            ("", None, Ok(None)),
            ("30 Feb 2012", None, Err(UNKNOWN)),
            ("13/13/2012", None, Err(UNKNOWN)),
            ("soon", None, Err(UNKNOWN)),
        ] {
            let read = Dates(order).read(text).map(|day| day.map(|day| day.to_string()));
            assert_eq!(read, expected.map(|day| day.map(str::to_owned)), "{text:?} with {order:?}");
        }
    }

    #[test]
    fn the_rest_of_the_file_settles_an_order() {
        for (days, order) in [
            (&["2/5/2012", "2/25/2012"][..], Some(Order::Mdy)),
            (&["2/5/2012", "25/2/2012"], Some(Order::Dmy)),
            (&["2/25/2012", "25/2/2012"], None),
            (&["2/5/2012"], None),
        ] {
            assert_eq!(Dates::settle(None, days.iter().copied()).0, order, "{days:?}");
        }
    }
}
