//! How other sites and programs write text and hide spoilers: one row each.
//!
//! The spoiler marks of each are in the table below; [`super::post`] writes a review with them. Anything in a text that
//! could be taken for a mark is escaped, or if there are no escapes, replaced with a similar character.

/// A site or program that reviews are written for.
pub(super) struct Dialect {
    pub(super) markup: &'static Markup,
    pub(super) head: Head,
    /// What hides a few words inside a line, if anything does.
    pub(super) span: Option<Marks>,
    pub(super) block: Block,
}

/// The text before and after something.
pub(super) type Marks = [&'static str; 2];

/// The text above the review.
pub(super) enum Head {
    /// Only the title: there are separate fields for everything else.
    Title,
    /// A line that says what the review is about.
    Line,
    /// YAML front matter.
    FrontMatter,
}

/// What hides paragraphs.
pub(super) enum Block {
    /// The marks of a span around each line.
    EachLine,
    /// Marks around all of them, the first of which may have a label.
    Between { open: fn(&str) -> String, close: &'static str },
    /// A quote with a title.
    Callout,
    /// Only a warning for a whole text: what is hidden is posted separately.
    Apart { warning: &'static str, longest: usize },
}

/// How text is written.
pub(super) struct Markup {
    pub(super) emphasis: Marks,
    pub(super) strong: Marks,
    /// Whether code is put between backticks, as in Markdown; otherwise it is text.
    pub(super) has_code: bool,
    /// Around a quote, or before each of its lines.
    pub(super) quote: Quote,
    pub(super) bullet: &'static str,
    /// What ends a line inside a paragraph.
    pub(super) line_break: &'static str,
    pub(super) link: fn(text: &str, address: &str) -> String,
    /// Adds a character that may have a special meaning, given the text before and after it.
    pub(super) escape: fn(line: &mut String, c: char, next: &str),
}

#[derive(Clone, Copy)]
pub(super) enum Quote {
    Prefix(&'static str),
    Around(Marks),
}

const MARKDOWN: Markup = Markup {
    emphasis: ["*", "*"],
    strong: ["**", "**"],
    has_code: true,
    quote: Quote::Prefix("> "),
    bullet: "- ",
    line_break: "  \n",
    link: |text, address| format!("[{text}]({address})"),
    escape: in_markdown,
};

const HTML: Markup = Markup {
    emphasis: ["<i>", "</i>"],
    strong: ["<b>", "</b>"],
    has_code: false,
    quote: Quote::Around(["<blockquote>", "</blockquote>"]),
    bullet: "• ",
    line_break: "\n",
    link: |text, address| format!("<a href=\"{}\">{text}</a>", address.replace('&', "&amp;")),
    escape: in_html,
};

const BBCODE: Markup = Markup {
    emphasis: ["[i]", "[/i]"],
    strong: ["[b]", "[/b]"],
    has_code: false,
    quote: Quote::Around(["[quote]", "[/quote]"]),
    bullet: "• ",
    line_break: "\n",
    link: |text, address| format!("[url={address}]{text}[/url]"),
    escape: in_plain,
};

const PLAIN: Markup = Markup {
    emphasis: ["", ""],
    strong: ["", ""],
    has_code: false,
    quote: Quote::Prefix("> "),
    bullet: "• ",
    line_break: "\n",
    link: |text, address| format!("{text} ({address})"),
    escape: in_plain,
};

pub(super) const GOODREADS: Dialect = Dialect {
    markup: &HTML,
    head: Head::Title,
    span: Some(["<spoiler>", "</spoiler>"]),
    block: Block::Between { open: |label| said(label) + "<spoiler>", close: "</spoiler>" },
};

pub(super) const LETTERBOXD: Dialect = Dialect {
    markup: &HTML,
    head: Head::Title,
    span: None,
    block: Block::Apart { warning: "contains spoilers", longest: usize::MAX },
};

pub(super) const REDDIT: Dialect =
    Dialect { markup: &MARKDOWN, head: Head::Line, span: Some([">!", "!<"]), block: Block::EachLine };

pub(super) const DISCORD: Dialect =
    Dialect { markup: &MARKDOWN, head: Head::Line, span: Some(["||", "||"]), block: Block::EachLine };

pub(super) const LEMMY: Dialect = Dialect {
    markup: &MARKDOWN,
    head: Head::Line,
    span: None,
    block: Block::Between { open: |label| format!("::: spoiler {}\n", or_spoiler(label)), close: "\n:::" },
};

pub(super) const MASTODON: Dialect = Dialect {
    markup: &PLAIN,
    head: Head::Line,
    span: None,
    block: Block::Apart { warning: "content warning", longest: 500 },
};

pub(super) const BOOKWYRM: Dialect = Dialect {
    markup: &MARKDOWN,
    head: Head::Title,
    span: None,
    block: Block::Apart { warning: "content warning", longest: usize::MAX },
};

pub(super) const NEODB: Dialect =
    Dialect { markup: &MARKDOWN, head: Head::Title, span: Some([">!", "!<"]), block: Block::EachLine };

pub(super) const BBCODE_FORUM: Dialect = Dialect {
    markup: &BBCODE,
    head: Head::Line,
    span: Some(["[spoiler]", "[/spoiler]"]),
    block: Block::Between {
        open: |label| match label {
            "" => "[spoiler]".to_owned(),
            label => format!("[spoiler={label}]"),
        },
        close: "[/spoiler]",
    },
};

pub(super) const OBSIDIAN: Dialect =
    Dialect { markup: &MARKDOWN, head: Head::FrontMatter, span: None, block: Block::Callout };

pub(super) const HUGO: Dialect = Dialect {
    markup: &MARKDOWN,
    head: Head::FrontMatter,
    span: None,
    block: Block::Between {
        open: |label| format!("{{{{< details summary=\"Spoiler{}\" >}}}}\n", behind_colon(label)),
        close: "\n{{< /details >}}",
    },
};

fn said(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!("{label}: ") }
}

fn or_spoiler(label: &str) -> &str {
    if label.is_empty() { "Spoiler" } else { label }
}

fn behind_colon(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!(": {label}") }
}

/// A backslash before anything that has a meaning in Markdown or in common marks.
fn in_markdown(line: &mut String, c: char, next: &str) {
    let is_first = line.trim_start().is_empty();
    let follows = |signs: &[char]| next.starts_with(signs);
    let is_doubled = |c: char| follows(&[c]) || line.ends_with(c);
    let is_special = match c {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '{' | '^' => true,
        '#' | '+' | '-' | '=' | '!' | '?' => is_first,
        ':' => is_doubled(':'),
        '.' => is_first || (is_number(line) && (next.is_empty() || follows(&[' ']))),
        ')' => is_number(line),
        '(' => ["view", "show", "hide"].iter().any(|word| begins_with(next, word)),
        '&' => next.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#'),
        _ => false,
    };
    if is_special {
        line.push('\\');
    }
    line.push(c);
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit())
}

fn begins_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// A reference for each special character of HTML. Even something that looks like a tag must not become one: sites
/// resolve references before they look.
fn in_html(line: &mut String, c: char, next: &str) {
    match c {
        '&' => line.push_str("&amp;"),
        '>' => line.push_str("&gt;"),
        '<' if next.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | ' ')) => {
            line.push('‹')
        }
        '<' => line.push_str("&lt;"),
        c => in_plain(line, c, next),
    }
}

/// The beginning of a mark or of a Markdown block is replaced with a similar character.
fn in_plain(line: &mut String, c: char, next: &str) {
    let is_first = line.trim_start().is_empty();
    line.push(match c {
        '<' if next.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | ' ')) => '‹',
        '[' if is_tag(next) => '［',
        ':' if next.starts_with(':') || line.ends_with('：') => '：',
        '#' if is_first => '＃',
        '-' if is_first => '–',
        '=' if is_first => '＝',
        '`' => 'ˋ',
        '~' if is_first || next.starts_with('~') => '∼',
        c => c,
    });
}

/// Whether the text after a bracket could turn it into a tag. "[sic]" is not one.
fn is_tag(next: &str) -> bool {
    const NAMES: [&str; 12] =
        ["spoil", "hid", "quote", "url", "img", "code", "size", "color", "list", "noparse", "b]", "i]"];
    let name = next.trim_start_matches(['/', ' ']);
    NAMES.iter().any(|known| begins_with(name, known)) || next.starts_with('/')
}
