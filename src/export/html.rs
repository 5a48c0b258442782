//! Reviews as HTML that loads nothing, neither scripts nor fonts nor pictures: as one page, or as a small site.
//!
//! Revealed text is in a closed `<details>`. If passages wait for a point in the work, readers of the page say how far
//! they have got, and those that they are past open. Only what is open is printed.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Exported, closed_cover};
use crate::markup::{self, Style};
use crate::review::{Review, VisiblePassage, VisibleText};
use crate::typeset::SPAN_MARK;
use crate::work::Point;

const STYLE: &str = ":root { color-scheme: light dark }\n\
body { max-width: 38em; margin: 3em auto; padding: 0 1em; font: 1.1em/1.5 serif }\n\
article + article { margin-top: 4em }\n.by, .facts, nav { opacity: .7 }\n\
.paragraph { margin: 1em 0; white-space: pre-line; overflow-wrap: break-word }\n\
details { border-left: 3px solid; padding-left: .8em }\nsummary { cursor: pointer }\n\
.span, .span summary { display: inline; border: 0; padding: 0 }\n\
@media print { nav, .far { display: none } body { max-width: none; margin: 0 } article { break-after: page } }\n";

/// Opens everything that a reader is past who has got as far as they chose. Points that are counted differently do not
/// affect each other.
const CHOOSE: &str = "for (const part of this.closest('article').querySelectorAll('[data-gate^=' + this.name + ']')) \
part.open = part.dataset.gate.slice(1) &lt;= +this.value";

/// Writes one page of reviews.
#[must_use]
pub fn page<'e>(reviews: impl Iterator<Item = Exported<'e>>) -> String {
    let mut out = head("Reviews");
    for exported in reviews {
        review(&mut out, exported);
    }
    out + END
}

/// Writes a page for each review, and an index by work. Returns the pages with their names, none of which leads out of
/// the site.
#[must_use]
pub fn site(reviews: &[Exported<'_>]) -> Vec<(String, String)> {
    let paths = paths(reviews);
    let mut pages = vec![(INDEX.to_owned(), index(reviews, &paths))];
    for (exported, path) in reviews.iter().zip(paths) {
        let mut out = head(exported.visible.review().headline());
        let up = "../".repeat(path.matches('/').count());
        let _ = writeln!(out, "<nav><a href=\"{up}{INDEX}\">All reviews</a></nav>");
        review(&mut out, *exported);
        pages.push((path, out + END));
    }
    pages
}

const INDEX: &str = "index.html";
const END: &str = "</body>\n</html>\n";

fn head(title: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escaped(title)
    )
}

/// A path for each review: its name, followed by a number if another page has that name.
fn paths(reviews: &[Exported<'_>]) -> Vec<String> {
    let mut taken = std::collections::HashSet::from([INDEX.to_owned()]);
    let mut path = |exported: &Exported<'_>| {
        let numbered = (2..).map(|number| format!("{}-{number}.html", exported.name));
        let mut all = std::iter::once(format!("{}.html", exported.name)).chain(numbered);
        all.find(|path| taken.insert(path.clone())).expect("there is always another number")
    };
    reviews.iter().map(&mut path).collect()
}

/// Every work with its reviews.
fn index(reviews: &[Exported<'_>], paths: &[String]) -> String {
    let mut works = BTreeMap::<_, Vec<_>>::new();
    for (exported, path) in reviews.iter().zip(paths) {
        works.entry(exported.visible.review().work().id()).or_default().push((exported, path));
    }
    let mut out = head("Reviews") + "<h1>Reviews</h1>\n";
    for of_work in works.values() {
        let first = of_work[0].0.visible.review();
        let _ = writeln!(out, "<h2>{}</h2>", escaped(first.work_title()));
        line(&mut out, "by", &about(first));
        out.push_str("<ul>\n");
        for (exported, path) in of_work {
            let review = exported.visible.review();
            let facts: Vec<_> = facts(review).iter().map(|fact| escaped(fact)).collect();
            let hidden =
                if closed_cover(exported.visible).is_some() { " · ⊘ a spoiler as a whole" } else { "" };
            let _ = writeln!(
                out,
                "<li><a href=\"{}\">{}</a> <span class=\"facts\">{}{hidden}</span></li>",
                address(path),
                escaped(review.headline()),
                facts.join(" · ")
            );
        }
        out.push_str("</ul>\n");
    }
    out + END
}

/// A path as an address, relative to the page that links to it.
fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte))
            }
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

/// A description of a work: its year, its kind, its creators.
fn about(review: &Review) -> Vec<String> {
    let by = review.by().collect::<Vec<_>>().join(", ");
    let year = review.year().map(|year| year.to_string());
    [year, review.kind().map(str::to_owned), Some(by)].into_iter().flatten().collect()
}

fn facts(review: &Review) -> Vec<String> {
    let facts = [
        review.rating().map(|rating| rating.to_string()),
        review.reviewer().map(str::to_owned),
        review.date().map(|date| date.iso()),
    ];
    facts.into_iter().flatten().collect()
}

fn review(out: &mut String, exported: Exported<'_>) {
    let visible = exported.visible;
    let review = visible.review();
    let _ = writeln!(out, "<article>\n<h1>{}</h1>", escaped(review.headline()));
    line(out, "by", &[vec![review.work_title().to_owned()], about(review)].concat());
    line(out, "facts", &facts(review));
    line(out, "facts", &visible.tags().map(str::to_owned).collect::<Vec<_>>());
    if let Some(words) = closed_cover(visible) {
        let _ = writeln!(out, "<p>▐ {}</p>\n</article>", escaped(&words));
        return;
    }
    // A gate alone does not open what is inside a curtain over the whole review.
    let gates = Gates::of(visible.passages().filter(|_| visible.cover().is_none()));
    gates.choices(out);
    for passage in visible.passages() {
        let curtain = passage.curtain.or(visible.cover());
        let words = curtain.map(|curtain| escaped(&curtain.words()));
        match (passage.text, words) {
            (Some(text), None) => paragraphs(out, text),
            (Some(text), Some(words)) => {
                let gate = curtain.and_then(|curtain| gates.attribute(curtain.gate?));
                let _ = writeln!(out, "<details{}>\n<summary>{words}</summary>", gate.unwrap_or_default());
                paragraphs(out, text);
                out.push_str("</details>\n");
            }
            (None, words) => {
                let _ = writeln!(out, "<p>▐ {}</p>", words.unwrap_or_default());
            }
        }
    }
    out.push_str("</article>\n");
}

/// The points that revealed passages wait for, in the order of the work, each with its name.
#[derive(Default)]
struct Gates {
    episodes: Vec<(Point, String)>,
    numbers: Vec<(Point, String)>,
}

impl Gates {
    fn of<'v>(passages: impl Iterator<Item = VisiblePassage<'v>>) -> Self {
        let mut gates = Gates::default();
        for curtain in passages.filter(|passage| passage.text.is_some()).filter_map(|passage| passage.curtain)
        {
            if let (Some(gate), Some(words)) = (curtain.gate, curtain.condition()) {
                let Some(kind) = kind(gate) else { continue };
                let known = gates.of_kind(kind);
                known.push((gate.clone(), words));
                known.sort_by_key(|(gate, _)| place(gate));
                known.dedup_by(|(one, _), (other, _)| one == other);
            }
        }
        gates
    }

    fn of_kind(&mut self, kind: char) -> &mut Vec<(Point, String)> {
        if kind == 'n' { &mut self.numbers } else { &mut self.episodes }
    }

    /// Adds the gate of an element to it.
    fn attribute(&self, gate: &Point) -> Option<String> {
        let kind = kind(gate)?;
        let known = if kind == 'n' { &self.numbers } else { &self.episodes };
        let number = known.iter().position(|(known, _)| known == gate).unwrap_or(known.len());
        Some(format!(" data-gate=\"{kind}{number}\""))
    }

    /// A question for each way of counting points.
    fn choices(&self, out: &mut String) {
        for (known, kind) in [(&self.episodes, 'e'), (&self.numbers, 'n')] {
            if known.is_empty() {
                continue;
            }
            let _ = write!(
                out,
                "<p class=\"far\"><label>How far have you got? <select name=\"{kind}\" onchange=\"{CHOOSE}\" autocomplete=\"off\">\
                 <option value=\"-1\">not that far</option>"
            );
            for ((_, words), number) in known.iter().zip(0..) {
                let _ = write!(out, "<option value=\"{number}\">{}</option>", escaped(words));
            }
            out.push_str("</select></label></p>\n");
        }
    }
}

/// How a point is counted, as a letter. Points that would have to be converted are not asked about, and stay folded.
fn kind(point: &Point) -> Option<char> {
    match point {
        Point::Number { unit, .. } => unit.is_empty().then_some('n'),
        Point::Episode { numbering, season, .. } => (numbering.is_empty() && *season > 0).then_some('e'),
        Point::Part(_) | Point::Finished => None,
    }
}

/// The sort key for points of one kind.
fn place(point: &Point) -> (u32, u32) {
    match point {
        Point::Number { number, .. } => (0, *number),
        Point::Episode { season, episode, .. } => (u32::from(*season), u32::from(*episode)),
        Point::Part(_) | Point::Finished => (u32::MAX, u32::MAX),
    }
}

fn line(out: &mut String, class: &str, parts: &[String]) {
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(|part| escaped(part)).collect();
    if !parts.is_empty() {
        let _ = writeln!(out, "<p class=\"{class}\">{}</p>", parts.join(" · "));
    }
}

/// Adds a passage's paragraphs, with lifted spans folded and hidden ones as a mark.
fn paragraphs(out: &mut String, text: VisibleText<'_>) {
    let mut spans = text.spans();
    for flow in markup::parse(text.veiled()) {
        let mut start = 0;
        out.push_str(&format!("<div class=\"paragraph\">{}", escaped(&flow.first)));
        for run in &flow.runs {
            let text = &flow.text[start..run.end];
            start = run.end;
            match (run.veil, run.veil.and_then(|_| spans.next()?.text)) {
                (Some(_), Some(hidden)) => {
                    let hidden = escaped(hidden);
                    out.push_str(&format!(
                        "<details class=\"span\"><summary>{SPAN_MARK}</summary>{hidden}</details>"
                    ));
                }
                (Some(_), None) => out.push_str(SPAN_MARK),
                (None, _) => styled(out, text, run.style),
            }
        }
        out.push_str("</div>\n");
    }
}

fn styled(out: &mut String, text: &str, style: Style) {
    let tags = [(Style::EMPHASIS, "em"), (Style::STRONG, "strong"), (Style::CODE, "code")];
    let tags: Vec<_> = tags.iter().filter(|(has, _)| style.has(*has)).map(|(_, tag)| *tag).collect();
    tags.iter().for_each(|tag| out.push_str(&format!("<{tag}>")));
    out.push_str(&escaped(text));
    tags.iter().rev().for_each(|tag| out.push_str(&format!("</{tag}>")));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
