//! A screen as an SVG, with an `x` for every character, so that wide ones cannot push the rest out of line.

use std::fmt::Write;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

const CELL: (u16, u16) = (9, 19);
const PADDING: u16 = 12;
const GROUND: &str = "#1d2026";
const INK: &str = "#d8dade";

pub fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (columns * CELL.0 + 2 * PADDING, rows * CELL.1 + 2 * PADDING);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-size=\"15\" \
         font-family=\"'DejaVu Sans Mono','Noto Sans Mono','Noto Sans Mono CJK JP',monospace\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n"
    );
    for y in 0..rows {
        let mut x = 0;
        while x < columns {
            let cell = &buffer[(x, y)];
            let cells = u16::try_from(unspoiled::typeset::columns(cell.symbol()).max(1)).unwrap_or(1);
            draw(&mut svg, (x, y), cells, cell);
            x += cells;
        }
    }
    svg + "</svg>\n"
}

fn draw(svg: &mut String, (x, y): (u16, u16), cells: u16, cell: &ratatui::buffer::Cell) {
    let (left, top) = (PADDING + x * CELL.0, PADDING + y * CELL.1);
    let mut ink = colour(cell.fg);
    if cell.modifier.contains(Modifier::REVERSED) {
        let width = cells * CELL.0;
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{ink}\"/>",
            CELL.1
        );
        ink = GROUND;
    }
    if cell.symbol().trim().is_empty() {
        return;
    }
    let mut look = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ] {
        if cell.modifier.contains(modifier) {
            look += attribute;
        }
    }
    let symbol = cell.symbol().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let base = top + 15;
    let _ = writeln!(svg, "<text x=\"{left}\" y=\"{base}\" fill=\"{ink}\"{look}>{symbol}</text>");
}

fn colour(colour: Color) -> &'static str {
    match colour {
        Color::Yellow => "#e5c07b",
        Color::Magenta => "#c792ea",
        Color::Red => "#e06c75",
        Color::Cyan => "#56b6c2",
        _ => INK,
    }
}
