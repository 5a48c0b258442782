//! Ratings on any scale.

use std::fmt;

/// A rating on the reviewer's own scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    points: f32,
    scale: f32,
}

/// How ratings are displayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RatingStyle {
    /// `★★★½`
    #[default]
    Stars,
    /// `3.5`
    Numbers,
    /// No rating is shown.
    Hidden,
}

/// Why a rating was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatingError {
    /// It is not a number from 0 to 5.
    NotOutOfFive,
    /// It is not of the form `7/10`.
    NotAFraction,
    /// It is below 0 or above its scale.
    OffTheScale,
}

impl fmt::Display for RatingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RatingError::NotOutOfFive => {
                "a rating without a scale is a number from 0 to 5; write \"7/10\" for another scale"
            }
            RatingError::NotAFraction => {
                "a rating in quotes must be a number and a scale, as in \"7/10\"; letter grades are not supported"
            }
            RatingError::OffTheScale => "the rating is outside its own scale",
        })
    }
}

impl Rating {
    /// Creates a rating out of 5.
    ///
    /// # Errors
    /// If it is not a number from 0 to 5.
    pub fn out_of_five(points: f64) -> Result<Self, RatingError> {
        Self::new(points, 5.0).map_err(|_| RatingError::NotOutOfFive)
    }

    /// Parses a rating with its scale, such as `7/10`.
    ///
    /// # Errors
    /// If it does not have that form, or is outside its scale.
    pub fn parse(text: &str) -> Result<Self, RatingError> {
        let (points, scale) = text.split_once('/').ok_or(RatingError::NotAFraction)?;
        let number = |text: &str| {
            let text = text.trim();
            let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            text.parse::<f64>().ok().filter(|_| plain).ok_or(RatingError::NotAFraction)
        };
        Self::new(number(points)?, number(scale)?)
    }

    fn new(points: f64, scale: f64) -> Result<Self, RatingError> {
        let fits = scale > 0.0 && scale <= 1e6 && (0.0..=scale).contains(&points);
        #[expect(clippy::cast_possible_truncation, reason = "ratings need far less precision than f32 has")]
        fits.then_some(Rating { points: points as f32, scale: scale as f32 }).ok_or(RatingError::OffTheScale)
    }

    /// The rating from 0 to 1, the same for every scale.
    #[must_use]
    pub fn fraction(self) -> f32 {
        self.points / self.scale
    }

    /// The rating in half stars from 0 to 10, rounded to the nearest; 10 only for a perfect rating.
    #[must_use]
    pub fn half_stars(self) -> u8 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a fraction is from 0 to 1"
        )]
        let halves = (self.fraction() * 10.0).round() as u8;
        if self.fraction() < 1.0 { halves.min(9) } else { halves }
    }

    /// The rating as stars, at most five columns wide: `★★★½`. Zero is drawn as one empty star.
    #[must_use]
    pub fn stars(self) -> &'static str {
        let halves = usize::from(self.half_stars());
        let (all, star) = ("★★★★★½", "★".len());
        match halves {
            0 => "☆",
            _ if halves % 2 == 1 => &all[(5 - halves / 2) * star..],
            _ => &all[..halves / 2 * star],
        }
    }

    /// The rating in a style, on the common scale of five, at most five columns wide; empty if it is hidden.
    #[must_use]
    pub fn written(self, style: RatingStyle) -> String {
        match style {
            RatingStyle::Stars => self.stars().to_owned(),
            RatingStyle::Numbers => format!("{:.1}", self.fraction() * 5.0),
            RatingStyle::Hidden => String::new(),
        }
    }

    /// Whether [`stars`](Self::stars) loses nothing: the scale is 5 and the rating is a multiple of one half.
    #[must_use]
    pub fn is_in_stars(self) -> bool {
        self.scale == 5.0 && (self.points * 2.0).fract() == 0.0
    }
}

/// Formatted as the reviewer wrote it: `7/10`, `3.5/5`.
impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.points, self.scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_are_right_for_any_scale() {
        for (text, stars) in [
            ("5/5", "★★★★★"),
            ("3.5/5", "★★★½"),
            ("7/10", "★★★½"),
            ("85/100", "★★★★½"),
            ("3/4", "★★★★"),
            ("4.25/5", "★★★★½"),
            ("4.75/5", "★★★★½"),
            ("99/100", "★★★★½"),
            ("0.2/5", "☆"),
            ("0/10", "☆"),
            ("1/10", "½"),
        ] {
            assert_eq!(Rating::parse(text).map(Rating::stars), Ok(stars), "{text}");
        }
    }

    #[test]
    fn what_is_not_on_a_scale_is_refused() {
        for (text, error) in [
            ("B+", RatingError::NotAFraction),
            ("11/10", RatingError::OffTheScale),
            ("1/0", RatingError::OffTheScale),
            ("-1/10", RatingError::NotAFraction),
            ("nan/5", RatingError::NotAFraction),
            ("inf/inf", RatingError::NotAFraction),
            ("1e1/10", RatingError::NotAFraction),
            ("/", RatingError::NotAFraction),
            ("7 of 10", RatingError::NotAFraction),
        ] {
            assert_eq!(Rating::parse(text), Err(error), "{text}");
        }
        for points in [5.5, -0.5, f64::NAN, f64::INFINITY] {
            assert_eq!(Rating::out_of_five(points), Err(RatingError::NotOutOfFive), "{points}");
        }
    }

    #[test]
    fn a_rating_is_written_as_its_reviewer_wrote_it() {
        for text in ["7/10", "3.5/5", "85/100"] {
            assert_eq!(Rating::parse(text).map(|rating| rating.to_string()), Ok(text.to_owned()));
        }
    }
}
