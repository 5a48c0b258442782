//! Ratings as people write them: in figures, in words, in stars, with or without a scale.
//!
//! The scale of a rating without one is guessed from the other ratings of its file.

/// A rating in the source.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rating {
    /// A number of points, and of how many if the rating says so.
    Points { points: f64, scale: Option<f64> },
    /// `B+`, which is not a number and becomes a tag.
    Letter(String),
    /// Anything else.
    Unknown,
}

/// The scale of our own files, which can be left out.
pub(super) const FIVE: f64 = 5.0;

/// Parses a rating; `None` if there is none. Zero without a scale is what sites write for "not rated".
pub(super) fn read(text: &str) -> Option<Rating> {
    let text = text.trim().trim_matches(['"', '\'', '(', ')', '*', '_']).trim();
    if text.is_empty() || matches!(text, "-" | "–" | "—") {
        return None;
    }
    let points = |points, scale| Some(Rating::Points { points, scale });
    if let Some(letter) = letter(text) {
        return Some(Rating::Letter(letter));
    }
    if let Some((full, scale)) = stars(text) {
        return points(full, scale);
    }
    match fraction(&text.to_lowercase()) {
        Some((0.0, None)) => None,
        Some((value, Some(scale))) if value > scale || scale <= 0.0 => Some(Rating::Unknown),
        Some((value, scale)) => points(value, scale),
        None => Some(Rating::Unknown),
    }
}

/// The scale of ratings without one, judging by the others in the file.
pub(super) fn settle<'r>(ratings: impl Iterator<Item = &'r Rating>) -> f64 {
    let mut largest = 0.0_f64;
    let mut scales = Vec::new();
    for rating in ratings {
        match rating {
            Rating::Points { points, scale: None } => largest = largest.max(*points),
            Rating::Points { scale: Some(scale), .. } => scales.push(*scale),
            Rating::Letter(_) | Rating::Unknown => {}
        }
    }
    let first = scales.first().copied().filter(|first| scales.iter().all(|scale| scale == first));
    match first {
        Some(scale) if largest <= scale => scale,
        _ => [FIVE, 10.0, 100.0].into_iter().find(|scale| largest <= *scale).unwrap_or(largest),
    }
}

fn letter(text: &str) -> Option<String> {
    let (letter, sign) = text.split_at_checked(1)?;
    let is_grade = letter.bytes().all(|b| matches!(b, b'A'..=b'F' | b'S'));
    (is_grade && matches!(sign, "" | "+" | "-" | "−" | "++")).then(|| text.replace('−', "-"))
}

/// Full, half and empty stars, which imply the scale if there are more than five in total.
fn stars(text: &str) -> Option<(f64, Option<f64>)> {
    let (mut full, mut empty, mut half) = (0_u8, 0_u8, 0.0);
    for c in text.chars() {
        match c {
            '★' | '⭐' | '🌟' | '*' => full = full.checked_add(1)?,
            '☆' => empty = empty.checked_add(1)?,
            '½' | '⯨' => half = 0.5,
            '\u{fe0f}' | ' ' => {}
            _ => return None,
        }
    }
    let is_any = full > 0 || empty > 0;
    let all = f64::from(full) + f64::from(empty) + f64::from(u8::from(half > 0.0 && empty == 0));
    let scale = (empty > 0 || all > FIVE).then_some(if all > FIVE { all.max(10.0) } else { FIVE });
    is_any.then_some((f64::from(full) + half, scale))
}

/// `7`, `9.2`, `4,5`, `3½`, `7/10`, `4 out of 5`, `4 stars`, `85%`.
fn fraction(text: &str) -> Option<(f64, Option<f64>)> {
    let text = without_stars(text);
    if let Some(percent) = text.strip_suffix('%') {
        return Some((number(percent)?, Some(100.0)));
    }
    const OF: [&str; 9] = ["/", " out of ", " of ", " von ", " sur ", " de ", " di ", " van ", " из "];
    for of in OF {
        if let Some((points, scale)) = text.split_once(of) {
            return Some((number(without_stars(points))?, Some(number(without_stars(scale))?)));
        }
    }
    number(text).map(|points| (points, None))
}

/// Removes the words and signs around a number that only say that it is a rating.
fn without_stars(text: &str) -> &str {
    const WORDS: [&str; 10] =
        ["stars", "star", "sterne", "stern", "étoiles", "estrellas", "points", "point", "punkte", "pts"];
    let text = text.trim().trim_end_matches(['★', '⭐', '\u{fe0f}', '.', '!']).trim_end();
    WORDS.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim_end_matches(['-', ' '])
}

/// A number with a point or a comma, or followed by a half.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let (whole, part) = match text.char_indices().next_back()? {
        (at, '½') => (&text[..at], 0.5),
        (at, '¼') => (&text[..at], 0.25),
        (at, '¾') => (&text[..at], 0.75),
        _ => (text, 0.0),
    };
    if whole.trim().is_empty() && part > 0.0 {
        return Some(part);
    }
    let whole = whole.trim().replace(',', ".");
    let is_plain = whole.bytes().all(|b| b.is_ascii_digit() || b == b'.') && whole.len() <= 12;
    whole.parse::<f64>().ok().filter(|_| is_plain).map(|whole| whole + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_read_as_people_write_them() {
        let of = |points, scale| Some(Rating::Points { points, scale });
        for (text, rating) in [
            ("4", of(4.0, None)),
            ("9.2", of(9.2, None)),
            ("4,5", of(4.5, None)),
            ("3½", of(3.5, None)),
            ("3 ½", of(3.5, None)),
            ("½", of(0.5, None)),
            ("4 stars", of(4.0, None)),
            ("4.5 Stars!", of(4.5, None)),
            ("3½ stars", of(3.5, None)),
            ("4-star", of(4.0, None)),
            ("4★", of(4.0, None)),
            ("1 star", of(1.0, None)),
            ("⭐⭐⭐⭐", of(4.0, None)),
            ("⭐️⭐️⭐️", of(3.0, None)),
            ("★★★½", of(3.5, None)),
            ("★★★☆☆", of(3.0, Some(5.0))),
            ("★★★★★★★☆☆☆", of(7.0, Some(10.0))),
            ("☆☆☆☆☆", of(0.0, Some(5.0))),
            ("4 out of 5", of(4.0, Some(5.0))),
            ("8 von 10", of(8.0, Some(10.0))),
            ("4 stars out of 5", of(4.0, Some(5.0))),
            ("4 out of 5 stars", of(4.0, Some(5.0))),
            ("7 / 10", of(7.0, Some(10.0))),
            ("7/10.", of(7.0, Some(10.0))),
            ("4,5/5", of(4.5, Some(5.0))),
            ("0/10", of(0.0, Some(10.0))),
            ("85%", of(85.0, Some(100.0))),
            ("B+", Some(Rating::Letter("B+".into()))),
            ("A", Some(Rating::Letter("A".into()))),
            ("0", None),
            ("", None),
            ("-", None),
            ("11/10", Some(Rating::Unknown)),
            ("1/0", Some(Rating::Unknown)),
            ("-3", Some(Rating::Unknown)),
            ("nan", Some(Rating::Unknown)),
            ("inf", Some(Rating::Unknown)),
            ("1e3", Some(Rating::Unknown)),
            ("great", Some(Rating::Unknown)),
            ("4 cats", Some(Rating::Unknown)),
        ] {
            assert_eq!(read(text), rating, "{text:?}");
        }
    }

    #[test]
    fn the_others_of_a_file_tell_the_scale() {
        for (ratings, scale) in [
            (&["4", "3.5"][..], 5.0),
            (&["4", "7"], 10.0),
            (&["4", "9.2", "10"], 10.0),
            (&["4", "85"], 100.0),
            (&["4", "7/10"], 10.0),
            (&["4", "7/10", "3/5"], 5.0),
            (&["12", "7/10"], 100.0),
            (&["3", "3/4"], 4.0),
            (&["B+", "?"], 5.0),
            (&[], 5.0),
        ] {
            let ratings: Vec<_> = ratings.iter().filter_map(|text| read(text)).collect();
            assert_eq!(settle(ratings.iter()), scale, "{ratings:?}");
        }
    }
}
