//! Marks whose characters are written as references in Markdown: `&gt;!…!&lt;`, `&lt;spoiler&gt;`. They occur in
//! exports from forums, and a reader would see the mark.
//!
//! It knows which references form a mark together, and leaves all others alone.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    const LESS: &str = "&(?:lt|#0{0,5}60|#x0{0,5}3c);";
    const GREATER: &str = "&(?:gt|#0{0,5}62|#x0{0,5}3e);";
    const BAR: &str = "&(?:vert|verbar|VerticalLine|#0{0,5}124|#x0{0,5}7c);";
    const OPEN: &str = "&(?:lbrack|lsqb|#0{0,5}91|#x0{0,5}5b);";
    const CLOSE: &str = "&(?:rbrack|rsqb|#0{0,5}93|#x0{0,5}5d);";
    super::regex(&format!(
        "{GREATER}!|!{LESS}|{LESS}/? ?[a-z-]{{0,20}}spoiler[^<>&\n]{{0,200}}{GREATER}\
         |(?:{BAR}|\\|){{2,}}|{OPEN}/?(?:spoiler|hide)[^&\n]{{0,200}}{CLOSE}"
    ))
});

/// Resolves the references that form a mark, except in code.
pub(in crate::import) fn resolve(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('&') || !MARKS.is_match(&text) {
        return text;
    }
    let code = super::code(&text);
    let mut code = code.iter().peekable();
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for found in MARKS.find_iter(&text) {
        while code.next_if(|code| code.end <= found.start()).is_some() {}
        if code.peek().is_none_or(|code| found.start() < code.start) {
            out.push_str(&text[from..found.start()]);
            out.push_str(&html_escape::decode_html_entities(found.as_str()));
            from = found.end();
        }
    }
    out.push_str(&text[from..]);
    out.into()
}
