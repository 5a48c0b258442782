//! Writes cells as bytes.
//!
//! Ratatui's own backend moves the cursor for every run of changed cells. When one page of text replaces another, that
//! is half of all bytes: each letter that happens to stay the same costs eight. This one steps over unchanged cells and
//! leaves everything else to ratatui.

use std::io::{self, Write};

use crossterm::cursor::{MoveRight, MoveTo};
use crossterm::style::{Attribute, SetAttribute, SetStyle};
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use crossterm::{Command, queue};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, IntoCrossterm, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthChar;

use super::hyperlinks;
use crate::typeset::columns;

/// A terminal backend that writes to `W`.
pub(super) struct Screen<W: Write> {
    inner: CrosstermBackend<W>,
    /// Whether each frame is to be shown at once.
    is_synchronised: bool,
}

impl<W: Write> Screen<W> {
    pub(super) fn new(out: W, is_synchronised: bool) -> Self {
        Screen { inner: CrosstermBackend::new(out), is_synchronised }
    }
}

/// The largest area that is drawn, in columns and rows. A program can give a terminal any size, and 65,535 cells each
/// way would exceed memory.
const LARGEST: (u16, u16) = (1_000, 500);

/// The size of the area to draw, in columns and rows. It queries standard output, which saves opening the terminal on
/// every frame.
pub(super) fn size() -> io::Result<(u16, u16)> {
    let (columns, rows) = match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) => (size.ws_col, size.ws_row),
        Err(_) => crossterm::terminal::size()?,
    };
    Ok((columns.min(LARGEST.0), rows.min(LARGEST.1)))
}

/// The parts of a style that are not the default, to be written after a reset.
fn after_reset(style: Style) -> Style {
    let colour = |colour: Option<Color>| colour.filter(|colour| *colour != Color::Reset);
    Style { fg: colour(style.fg), bg: colour(style.bg), ..Style::new().add_modifier(style.add_modifier) }
}

/// A text to be printed, between the bytes that set its style and those that reset it.
pub(crate) fn styled(text: &str, style: Style) -> String {
    let style = after_reset(style);
    if style == Style::new() {
        return text.to_owned();
    }
    let mut styled = String::new();
    // Writing to a string cannot fail.
    let _ = SetStyle(style.into_crossterm()).write_ansi(&mut styled);
    styled + text + &SetAttribute(Attribute::Reset).to_string()
}

/// The fewest and the most columns that a grapheme may take. Terminals agree about most graphemes, but not about flags,
/// composed emoji and characters with an emoji variation selector (UTS #51), whose parts some show one by one.
fn least_and_most(symbol: &str) -> (usize, usize) {
    let width = columns(symbol);
    if symbol.is_ascii() {
        return (width, width);
    }
    let is_flag = |c: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
    let parts = || symbol.chars().map(|c| (is_flag(c), c.width().unwrap_or(0)));
    let least = parts().map(|(_, width)| width).sum::<usize>();
    let most = parts().map(|(is_flag, width)| if is_flag { 2 } else { width }).sum::<usize>();
    (least.min(width), most.max(width))
}

/// Marks cells to be rewritten, in this frame and the next, if a terminal may have covered them with a wide grapheme
/// before them.
pub(super) fn uncover(buffer: &mut Buffer) {
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            let symbol = buffer[(x, y)].symbol();
            if symbol.len() <= 1 {
                continue;
            }
            let (least, most) = least_and_most(symbol);
            // From the second column on. Cells that the grapheme itself covers are left alone while it is there.
            for over in (1..most).filter(|_| least < most) {
                let covered = x.saturating_add(u16::try_from(over).unwrap_or(u16::MAX));
                if covered < area.right() {
                    buffer[(covered, y)].set_diff_option(CellDiffOption::AlwaysUpdate);
                }
            }
        }
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, cells: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut cells = cells.peekable();
        if cells.peek().is_none() {
            return Ok(());
        }
        let out = &mut self.inner;
        // Terminals that support this show a frame only when it is complete (mode 2026), and others ignore it.
        if self.is_synchronised {
            queue!(out, BeginSynchronizedUpdate)?;
        }
        let mut at: Option<(u16, u16)> = None;
        let mut style = None;
        let mut link: Option<String> = None;
        for (x, y, cell) in cells {
            let (address, symbol) = hyperlinks::parts(cell.symbol());
            if address != link.as_deref() {
                write!(out, "{}", hyperlinks::begin(address))?;
                link = address.map(str::to_owned);
            }
            match at {
                Some(here) if here == (x, y) => {}
                Some((column, row)) if row == y && column < x => queue!(out, MoveRight(x - column))?,
                _ => queue!(out, MoveTo(x, y))?,
            }
            let wanted = cell.style();
            if style != Some(wanted) {
                queue!(out, SetAttribute(Attribute::Reset))?;
                queue!(out, SetStyle(after_reset(wanted).into_crossterm()))?;
                style = Some(wanted);
            }
            let (least, most) = least_and_most(symbol);
            if least < most {
                // Whatever the terminal shows of it, nothing of the old contents may remain.
                write!(out, "{:1$}", "", columns(symbol))?;
                queue!(out, MoveTo(x, y))?;
            }
            out.write_all(symbol.as_bytes())?;
            // Terminals disagree about widths, so address the next cell explicitly.
            at = (most == 1).then_some((x + 1, y));
        }
        if link.is_some() {
            write!(out, "{}", hyperlinks::begin(None))?;
        }
        queue!(out, SetAttribute(Attribute::Reset))?;
        if self.is_synchronised {
            queue!(out, EndSynchronizedUpdate)?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    /// The cursor is hidden and its position does not matter. To query it, one would have to read the terminal's
    /// answer, and another thread reads the terminal.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        size().map(Size::from)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::style::Stylize;

    use super::*;

    fn drawn(cells: &[(u16, u16, Cell)]) -> String {
        let mut bytes = Vec::new();
        let mut screen = Screen::new(&mut bytes, true);
        screen.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell))).expect("a vector takes all");
        let text = String::from_utf8(bytes).expect("it is text").replace('\u{1b}', "~");
        let frame = text.strip_prefix("~[?2026h").and_then(|text| text.strip_suffix("~[?2026l"));
        frame.expect("a frame is shown at once").to_owned()
    }

    fn cells(text: &str, places: &[(u16, u16)]) -> Vec<(u16, u16, Cell)> {
        let cell = |c: char| {
            let mut cell = Cell::default();
            cell.set_char(c);
            cell
        };
        places.iter().zip(text.chars()).map(|(&(x, y), c)| (x, y, cell(c))).collect()
    }

    #[test]
    fn what_stays_is_stepped_over() {
        for (text, places, bytes) in [
            ("ab", &[(0, 0), (1, 0)][..], "~[1;1H~[0mab~[0m"),
            ("ab", &[(0, 0), (3, 0)], "~[1;1H~[0ma~[2Cb~[0m"),
            ("ab", &[(4, 0), (0, 1)], "~[1;5H~[0ma~[2;1Hb~[0m"),
            ("漢b", &[(0, 0), (2, 0)], "~[1;1H~[0m漢~[1;3Hb~[0m"),
        ] {
            assert_eq!(drawn(&cells(text, places)), bytes, "{text} at {places:?}");
        }
    }

    #[test]
    fn terminals_disagree_about_what_has_parts() {
        for (symbol, columns) in [
            ("a", (1, 1)),
            ("é", (1, 1)),
            ("e\u{301}", (1, 1)),
            ("漢", (2, 2)),
            ("🎈", (2, 2)),
            ("🇯🇵", (2, 4)),
            ("❤\u{fe0f}", (1, 2)),
            ("👩\u{200d}🚀", (2, 4)),
            ("👍🏽", (2, 4)),
        ] {
            assert_eq!(least_and_most(symbol), columns, "{symbol}");
        }
        assert_eq!(drawn(&[(3, 0, Cell::new("🇯🇵"))]), "~[1;4H~[0m  ~[1;4H🇯🇵~[0m");
    }

    #[test]
    fn a_link_is_opened_once_and_closed_and_each_cell_stands_for_itself() {
        let mut frame = Buffer::empty(ratatui::layout::Rect::new(0, 0, 6, 1));
        frame.set_string(0, 0, "a雪c d", Style::new());
        let before = frame.clone();
        hyperlinks::link(&mut frame, ratatui::layout::Rect::new(0, 0, 4, 1), "https://e.org");
        let cells: Vec<_> =
            before.diff(&frame).into_iter().map(|(x, y, cell)| (x, y, cell.clone())).collect();
        let (open, close) = ("~]8;;https://e.org~\\", "~]8;;~\\");
        assert_eq!(drawn(&cells), format!("{open}~[1;1H~[0ma雪~[1;4Hc{close}~[0m"), "side by side");
        assert_eq!(drawn(&cells[2..]), format!("{open}~[1;4H~[0mc{close}~[0m"), "by itself");
        let gone: Vec<_> = frame.diff(&before).into_iter().map(|(x, y, cell)| (x, y, cell.clone())).collect();
        assert!(!drawn(&gone).contains("e.org"), "what is no link any more says so");
        let mut bytes = Vec::new();
        Screen::new(&mut bytes, false)
            .draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell)))
            .expect("a vector takes all");
        assert!(
            !String::from_utf8_lossy(&bytes).contains("2026"),
            "frames are not synchronised unless that is wanted"
        );
    }

    /// A flag that a terminal shows as two pictures of two columns, and nothing behind it in either frame.
    #[test]
    fn what_a_flag_may_cover_is_written_anew_when_it_goes() {
        let frame = |text: &str| {
            let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 6, 1));
            buffer.set_string(0, 0, text, Style::new());
            uncover(&mut buffer);
            buffer
        };
        let written =
            |before: &Buffer, after: &Buffer| before.diff(after).iter().map(|(x, ..)| *x).collect::<Vec<_>>();
        let (flag, empty) = (frame("a🇯🇵"), frame(""));
        assert_eq!(written(&empty, &flag), [0, 1, 3, 4], "with the flag, what may be covered");
        assert_eq!(written(&flag, &flag), [3, 4], "as long as it is there");
        assert_eq!(written(&flag, &empty), [0, 1, 2, 3, 4], "and once more when it is gone");
        assert!(written(&empty, &frame("")).is_empty(), "nothing else");
    }

    #[test]
    fn a_style_is_said_once_and_in_full() {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 4, 1));
        buffer.set_line(0, 0, &ratatui::text::Line::from(vec!["ab".magenta().bold(), "cd".into()]), 4);
        let cells: Vec<_> = (0..4).map(|x| (x, 0, buffer[(x, 0)].clone())).collect();
        let drawn = drawn(&cells);
        assert_eq!(drawn.matches("~[0m").count(), 3, "two styles, and none at the end: {drawn}");
        assert!(drawn.contains("ab~[0mcd"), "{drawn}");
    }
}
