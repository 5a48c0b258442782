//! Writes reviews as one HTML page, which loads nothing: no scripts, fonts or pictures.

use super::{Exported, closed_cover};
use crate::markup::{self, Style};
use crate::review::VisibleText;
use crate::typeset::SPAN_MARK;

const HEAD: &str = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width\">\n<title>Reviews</title>\n<style>\n\
body { max-width: 38em; margin: 3em auto; padding: 0 1em; font: 1.1em/1.5 serif }\n\
.by, .facts { color: #666 }\n.paragraph { margin: 1em 0; white-space: pre-line }\n\
details { border-left: 3px solid; padding-left: .8em }\n\
.span, .span summary { display: inline; border: 0; padding: 0 }\n</style>\n</head>\n<body>\n";

/// Writes a page of reviews. Revealed text is in a closed `<details>`.
#[must_use]
pub fn page<'e>(reviews: impl Iterator<Item = Exported<'e>>) -> String {
    let mut out = HEAD.to_owned();
    for exported in reviews {
        review(&mut out, exported);
    }
    out + "</body>\n</html>\n"
}

fn review(out: &mut String, exported: Exported<'_>) {
    let visible = exported.visible;
    let review = visible.review();
    out.push_str(&format!("<article>\n<h1>{}</h1>\n", escaped(review.headline())));
    let by = review.by().collect::<Vec<_>>().join(", ");
    let year = review.year().map(|year| year.to_string());
    let work = [Some(review.work_title().to_owned()), year, review.kind().map(str::to_owned), Some(by)];
    line(out, "by", &work.into_iter().flatten().collect::<Vec<_>>());
    let facts = [
        review.rating().map(|rating| rating.to_string()),
        review.reviewer().map(str::to_owned),
        review.date().map(|date| date.iso()),
    ];
    line(out, "facts", &facts.into_iter().flatten().collect::<Vec<_>>());
    line(out, "facts", &visible.tags().map(str::to_owned).collect::<Vec<_>>());
    if let Some(words) = closed_cover(visible) {
        out.push_str(&format!("<p>▐ {words}</p>\n</article>\n"));
        return;
    }
    for passage in visible.passages() {
        let words = passage.curtain.or(visible.cover()).map(|curtain| escaped(&curtain.words()));
        match (passage.text, words) {
            (Some(text), None) => paragraphs(out, text),
            (Some(text), Some(words)) => {
                out.push_str(&format!("<details>\n<summary>{words}</summary>\n"));
                paragraphs(out, text);
                out.push_str("</details>\n");
            }
            (None, words) => out.push_str(&format!("<p>▐ {}</p>\n", words.unwrap_or_default())),
        }
    }
    out.push_str("</article>\n");
}

fn line(out: &mut String, class: &str, parts: &[String]) {
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(|part| escaped(part)).collect();
    if !parts.is_empty() {
        out.push_str(&format!("<p class=\"{class}\">{}</p>\n", parts.join(" · ")));
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
