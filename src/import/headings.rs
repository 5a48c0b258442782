//! Converts headings of AsciiDoc and wikis (`== Verdict`, `== Verdict ==`) and of Textile (`h2. Verdict`) to Markdown.

use std::borrow::Cow;

use super::marks;

/// The kind of heading that a text uses. There is only one in a text, so that no line of Markdown becomes a heading that
/// ends a hidden section.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Equals,
    Textile,
}

/// Converts the headings of a text, unless it has Markdown headings.
pub(super) fn with_hashes(text: &str) -> Cow<'_, str> {
    let may_have_some = text.starts_with(['=', 'h']) || text.contains("\n=") || text.contains("\nh");
    let Some(sign) = may_have_some.then(|| sign_of(text)).flatten() else { return text.into() };
    let code = marks::code(text);
    let mut code = code.iter().peekable();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for line in text.split_inclusive('\n') {
        while code.next_if(|code| code.end <= at).is_some() {}
        let is_code = code.peek().is_some_and(|code| code.start <= at);
        match heading(line.trim_end()).filter(|(found, ..)| *found == sign && !is_code) {
            Some((_, level, title)) => {
                out.extend(std::iter::repeat_n('#', level));
                out.extend([" ", title, &line[line.trim_end().len()..]]);
            }
            None => out.push_str(line),
        }
        at += line.len();
    }
    out.into()
}

fn sign_of(text: &str) -> Option<Sign> {
    let is_hashes = |line: &str| {
        let rest = line.trim_start_matches('#');
        rest.len() < line.len() && rest.starts_with(' ')
    };
    if text.lines().any(is_hashes) {
        return None;
    }
    // A single sign begins the title of a document, which alone does not tell how headings are written.
    let told = text.lines().filter_map(heading).find(|(sign, level, _)| *sign == Sign::Textile || *level > 1);
    told.map(|(sign, ..)| sign)
}

/// The level and the title of a heading.
fn heading(line: &str) -> Option<(Sign, usize, &str)> {
    if let Some(rest) = line.strip_prefix('h') {
        let (level, title) = rest.split_once(". ")?;
        let level = level.parse().ok().filter(|level| level_fits(*level))?;
        return Some((Sign::Textile, level, title.trim()));
    }
    let rest = line.trim_start_matches('=');
    let level = line.len() - rest.len();
    let title = rest.trim_end_matches('=').trim();
    let is_one = level_fits(level) && !title.is_empty() && title.starts_with(char::is_alphanumeric);
    let is_apart = rest.starts_with(' ') || rest.len() - rest.trim_end_matches('=').len() == level;
    (is_one && is_apart).then_some((Sign::Equals, level, title))
}

fn level_fits(level: usize) -> bool {
    (1..=6).contains(&level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_become_those_of_markdown() {
        for (text, written) in [
            ("== Plot\nand", "## Plot\nand"),
            ("= Emma\n\n== Plot\n", "# Emma\n\n## Plot\n"),
            ("==Plot==\n=== More ===\n", "## Plot\n### More\n"),
            ("h2. Plot\nhello", "## Plot\nhello"),
            ("h2. Plot\n== x\n", "## Plot\n== x\n"),
            ("# Emma\n\n== x\n", "# Emma\n\n== x\n"),
            ("= x\n", "= x\n"),
            ("title\n=====\n== \n====\n", "title\n=====\n== \n====\n"),
            ("```\n== x\n```\n== y", "```\n== x\n```\n## y"),
            ("hé\nh\n", "hé\nh\n"),
        ] {
            assert_eq!(with_hashes(text), written, "{text:?}");
        }
    }
}
