//! Sets a table in columns, if they fit the measure.

use super::line::{Line, Place, Role};
use super::paragraph::{Paragraph, Rendered};
use super::words;
use crate::markup::{Align, Flow, Style, Table};

/// Separates two columns.
const GAP: &str = "   ";

/// The lines of a table, or `None` if it is too wide for columns.
pub(super) fn set(
    paragraph: &Paragraph,
    table: &Table,
    measure: usize,
    notes: &mut Vec<String>,
) -> Option<Vec<Line>> {
    let known = notes.len();
    let mut shown = |row: &Vec<Flow>| row.iter().map(|cell| Rendered::new(paragraph, cell, notes)).collect();
    let rows: Vec<Vec<Rendered>> = table.rows.iter().map(&mut shown).collect();
    let mut widths = Vec::new();
    for row in &rows {
        for (column, cell) in row.iter().enumerate() {
            if cell.text.contains('\n') {
                notes.truncate(known);
                return None;
            }
            widths.resize(widths.len().max(column + 1), 0);
            widths[column] = widths[column].max(words::columns(&cell.text));
        }
    }
    let width = widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
    if width > measure {
        notes.truncate(known);
        return None;
    }
    let mut lines = Vec::with_capacity(rows.len() + 1);
    let mut place = paragraph.place;
    for (number, row) in rows.iter().enumerate() {
        place = row.iter().find(|cell| !cell.text.is_empty()).map_or(place, |cell| cell.place(0));
        lines.push(line(paragraph.role, row, &widths, &table.columns, place));
        if let (0, Some(head)) = (number, lines.last_mut()) {
            head.runs.iter_mut().for_each(|run| run.style = run.style | Style::STRONG);
            let mut rule = Line { place, ..Line::default() };
            rule.push(&"─".repeat(width), paragraph.role, Style::ASIDE, None);
            lines.push(rule);
        }
    }
    Some(lines)
}

fn line(role: Role, row: &[Rendered], widths: &[usize], columns: &[Align], place: Place) -> Line {
    let mut line = Line { place, ..Line::default() };
    let filled = row.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1);
    for (column, cell) in row.iter().enumerate().take(filled) {
        let space = widths[column] - words::columns(&cell.text);
        let before = match columns.get(column).copied().unwrap_or_default() {
            Align::Left => 0,
            Align::Centre => space / 2,
            Align::Right => space,
        };
        let after = if column + 1 < filled { space - before + GAP.len() } else { 0 };
        line.push(&" ".repeat(before), role, Style::PLAIN, None);
        cell.cut(0..cell.text.len(), &mut line);
        line.push(&" ".repeat(after), role, Style::PLAIN, None);
    }
    line
}
