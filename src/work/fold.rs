//! Case and accent folding, so that `amelie` finds Amélie.

use std::borrow::Cow;

use nucleo_matcher::chars;

/// Strips accents and case from a text.
#[must_use]
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(fold_char).collect()
}

/// Folds one character to one or two, or to nothing if it is a combining accent.
pub(crate) fn fold_char(c: char) -> Cow<'static, str> {
    match c {
        '\u{300}'..='\u{36f}' => "".into(),
        'ß' | 'ẞ' => "ss".into(),
        'æ' | 'Æ' => "ae".into(),
        'œ' | 'Œ' => "oe".into(),
        'þ' | 'Þ' => "th".into(),
        '’' | '‘' => "'".into(),
        '–' | '—' => "-".into(),
        _ => chars::normalize(chars::to_lower_case(c)).to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_fold_away() {
        for (text, folded) in [
            ("Amélie", "amelie"),
            ("AME\u{301}LIE", "amelie"),
            ("Straße", "strasse"),
            ("Ōkami", "okami"),
            ("Łódź", "lodz"),
            ("Smørrebrød", "smorrebrod"),
            ("Сталкер", "сталкер"),
            ("雪国", "雪国"),
            ("Don’t", "don't"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}
