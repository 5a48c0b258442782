//! Days as people and sites write them. Ambiguous ones are settled by the rest of the file, by the person who imports
//! it, or not at all.

use jiff::civil::Date;
use toml::value::Datetime;

/// Whether the month or the day comes first in 2/5/2012.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// 2/5/2012 is in February
    Mdy,
    /// 2/5/2012 is in May
    Dmy,
}

/// How the days of a file are parsed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dates(Option<Order>);

const AMBIGUOUS: &str = "its date can be read two ways; say --dates mdy or --dates dmy";
const UNKNOWN: &str = "its date is not understood, and was left out";
const NO_DAY: &str = "its date has no day, and was left out";

impl Dates {
    /// Settles the order by what the person says, or else by days in the file that can only be read one way. If these
    /// contradict each other, nothing is settled.
    pub(super) fn settle<'d>(order: Option<Order>, all: impl Iterator<Item = &'d str>) -> Self {
        if order.is_some() {
            return Dates(order);
        }
        let (mut month_first, mut day_first) = (false, false);
        for figures in all.filter_map(figures).filter(|figures| !figures.is_dotted) {
            month_first |= figures.second > 12 && figures.first <= 12;
            day_first |= figures.first > 12 && figures.second <= 12;
        }
        Dates(match (month_first, day_first) {
            (true, false) => Some(Order::Mdy),
            (false, true) => Some(Order::Dmy),
            _ => None,
        })
    }

    /// Parses a day; an empty text gives none.
    pub(super) fn read(self, text: &str) -> Result<Option<Datetime>, &'static str> {
        let text = bare(text);
        if text.is_empty() {
            return Ok(None);
        }
        let day = match figures(text) {
            Some(figures) => self.ordered(figures)?,
            None => year_first(text).or_else(|| in_words(text)),
        };
        match day {
            Some(day) => day.to_string().parse().map(Some).map_err(|_| UNKNOWN),
            None if is_year(text) || is_month(text) => Err(NO_DAY),
            None => Err(UNKNOWN),
        }
    }

    fn ordered(self, figures: Figures) -> Result<Option<Date>, &'static str> {
        let Figures { first, second, year, is_dotted } = figures;
        let (month, day) = match (first, second) {
            (first, second) if first > 12 => (second, first),
            (first, second) if second > 12 || first == second => (first, second),
            // Nobody who separates the numbers with dots puts the month first.
            (first, second) if is_dotted => (second, first),
            (first, second) => match self.0.ok_or(AMBIGUOUS)? {
                Order::Mdy => (first, second),
                Order::Dmy => (second, first),
            },
        };
        Ok(Date::new(year, month, day).ok())
    }
}

/// Whether a line contains only a day.
pub(super) fn is_day(text: &str) -> bool {
    let text = bare(text);
    text.len() <= 40 && (figures(text).is_some() || year_first(text).is_some() || in_words(text).is_some())
}

fn bare(text: &str) -> &str {
    text.trim().trim_matches(['[', ']', '"', '\'']).trim()
}

/// The numbers of `2/5/2012`, in the order in which they appear.
struct Figures {
    first: i8,
    second: i8,
    year: i16,
    is_dotted: bool,
}

fn figures(text: &str) -> Option<Figures> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.trim().split(['/', '.', '-']).map(str::trim);
    let mut number = |digits: usize| parts.next().filter(|part| part.len() <= digits && is_number(part));
    let (first, second, year) = (number(2)?, number(2)?, number(4)?);
    (parts.next().is_none() && year.len() == 4).then_some(Figures {
        first: first.parse().ok()?,
        second: second.parse().ok()?,
        year: year.parse().ok()?,
        is_dotted: text.contains('.'),
    })
}

/// `2012-02-05`, `2012/2/5`, optionally followed by a time.
fn year_first(text: &str) -> Option<Date> {
    let day = text.trim().split(['T', ' ']).next()?.replace(['/', '.'], "-");
    let is_year = day.split('-').next().is_some_and(|year| year.len() == 4);
    Date::strptime("%Y-%m-%d", &day).ok().filter(|_| is_year)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// `2012-02`, `February 2012`.
fn is_month(text: &str) -> bool {
    let day_added = format!("1 {text}");
    year_first(&format!("{text}-01")).is_some() || in_words(&day_added).is_some()
}

/// `5 Feb 2012`, `February 5th, 2012`, `Sun, 5 Feb 2012 10:00:00 +0000`: one month in words, one year, one day.
fn in_words(text: &str) -> Option<Date> {
    let mut words = Vec::new();
    for word in text.split([' ', ',', '.']).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let is_figure = word.starts_with(|c: char| c.is_ascii_digit());
        words.push(match is_figure {
            true => word.trim_end_matches(|c: char| c.is_alphabetic()).to_owned(),
            false if word == "sept" => "sep".to_owned(),
            false => word,
        });
        // A time of day or its zone comes after the year.
        if words.last().is_some_and(|word| is_year(word)) {
            break;
        }
    }
    // Day, month and year, perhaps with a weekday: with fewer words, the parser would split the year.
    words.last().filter(|word| is_year(word) && matches!(words.len(), 3 | 4))?;
    let words = words.join(" ");
    ["%d %b %Y", "%b %d %Y", "%d %B %Y", "%B %d %Y"].iter().find_map(|format| {
        let on_weekday = |weekday: &str| Date::strptime(format!("{weekday} {format}"), &words).ok();
        Date::strptime(format, &words).ok().or_else(|| on_weekday("%a")).or_else(|| on_weekday("%A"))
    })
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
            ("04.03.2023", None, Ok(Some("2023-03-04"))),
            ("04.03.2023", Some(Order::Mdy), Ok(Some("2023-03-04"))),
            ("02.25.2023", None, Ok(Some("2023-02-25"))),
            ("5. March 2023", None, Ok(Some("2023-03-05"))),
            ("Sept. 5, 2012", None, Ok(Some("2012-09-05"))),
            ("Sunday, 5 February 2012", None, Ok(Some("2012-02-05"))),
            ("2012-02-05 10:20", None, Ok(Some("2012-02-05"))),
            ("29 Feb 2023", None, Err(UNKNOWN)),
            ("2012", None, Err(NO_DAY)),
            ("2012-02", None, Err(NO_DAY)),
            ("Feb 2012", None, Err(NO_DAY)),
            ("Monday 29 Feb 2012 8pm", None, Err(UNKNOWN)),
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
            (&["25.2.2012", "2/5/2012"], None),
        ] {
            assert_eq!(Dates::settle(None, days.iter().copied()).0, order, "{days:?}");
        }
    }
}
