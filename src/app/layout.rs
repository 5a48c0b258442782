//! Where things are on a screen of a given size. Both `app` and `view` ask this, and neither stores it.

use ratatui::layout::Rect;

use crate::settings::{Align, Reading, Settings};

/// The smallest screen, in columns and rows, on which anything but a request for more room is drawn.
pub const MINIMUM: (u16, u16) = (24, 6);

/// From this width on, list and text are side by side.
const WIDE: u16 = 100;

/// Columns beside the text for the marks at its edge and a space, on both sides so that the text stays centred.
const GUTTER: u16 = 3;

/// The same without the space, in a pane narrower than [`ROOMY`].
const NARROW_GUTTER: u16 = 2;
const ROOMY: u16 = 60;

/// The bounds of the list's width when list and text are side by side: it gets what the text leaves.
const LIST: (u16, u16) = (34, 60);

/// The narrowest and the widest list beside the text that the reader may set on a screen of so many columns.
pub(super) fn list_widths(columns: u16) -> (u16, u16) {
    (MIN_LIST, columns.saturating_sub(1 + LIST.0).max(MIN_LIST))
}

/// The narrowest list that can be set.
const MIN_LIST: u16 = 20;

/// From this height on, a line separates the headings of the panes from their contents.
const WITH_DIVIDER: u16 = 16;

/// From this height on, a row of the list has two lines.
const TALL: u16 = 30;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The line at the top, with the headings of the panes.
    pub top: Rect,
    /// The line below it, if there is room for one.
    pub divider: Option<Rect>,
    /// The list, if it is visible.
    pub list: Option<Rect>,
    /// The rule between list and text, if both are visible.
    pub rule: Option<Rect>,
    /// The pane of the text, if it is visible.
    pub text: Option<Rect>,
    /// Everything between the top and bottom lines, which is also the area of the help page.
    pub body: Rect,
    /// The line at the bottom.
    pub footer: Rect,
    /// How many lines a row of the list has.
    pub row_lines: u16,
}

/// Which panes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Both if there is room, or else the list.
    List,
    /// Both if there is room, or else the text.
    Text,
    /// Only the text.
    TextAlone,
}

impl Layout {
    /// The layout of a screen, or `None` if it is too small for one.
    #[must_use]
    pub fn new((columns, rows): (u16, u16), wanted: Wanted, settings: &Settings) -> Option<Self> {
        if columns < MINIMUM.0 || rows < MINIMUM.1 {
            return None;
        }
        let head = if rows >= WITH_DIVIDER { 2 } else { 1 };
        let all = Rect::new(0, head, columns, rows - head - 1);
        let alone = Layout {
            top: Rect::new(0, 0, columns, 1),
            divider: (head == 2).then(|| Rect::new(0, 1, columns, 1)),
            body: all,
            footer: Rect::new(0, rows - 1, columns, 1),
            list: None,
            rule: None,
            text: None,
            row_lines: settings.list.lines.unwrap_or(if rows >= TALL { 2 } else { 1 }),
        };
        Some(match wanted {
            Wanted::TextAlone => Layout { text: Some(all), ..alone },
            Wanted::List | Wanted::Text if columns >= WIDE => {
                let left = columns.saturating_sub(settings.reading.measure + 2 * GUTTER + 1);
                let width = match settings.list.width {
                    Some(width) => width.min(list_widths(columns).1),
                    None => left.clamp(LIST.0, LIST.1),
                };
                Layout {
                    list: Some(Rect { width, ..all }),
                    rule: Some(Rect { x: width, width: 1, ..all }),
                    text: Some(Rect { x: width + 1, width: columns - width - 1, ..all }),
                    ..alone
                }
            }
            Wanted::List => Layout { list: Some(all), ..alone },
            Wanted::Text => Layout { text: Some(all), ..alone },
        })
    }

    /// How many rows of the list fit on the screen, at least one.
    #[must_use]
    pub fn list_rows(&self) -> usize {
        usize::from(self.list.map_or(1, |list| list.height / self.row_lines)).max(1)
    }

    /// The width that the text is set to, in columns, whether it is visible or not.
    #[must_use]
    pub fn text_measure(&self, reading: &Reading) -> usize {
        usize::from(column(self.text.unwrap_or(self.body), reading).width)
    }
}

/// The part of a pane that text is set in: no wider than the measure, centred or on the left.
#[must_use]
pub fn column(pane: Rect, reading: &Reading) -> Rect {
    let gutter = if pane.width < ROOMY { NARROW_GUTTER } else { GUTTER };
    let width = pane.width.saturating_sub(2 * gutter).min(reading.measure);
    let indent = match reading.align {
        Align::Centre => (pane.width - width) / 2,
        Align::Left => gutter.min(pane.width - width),
    };
    Rect { x: pane.x + indent, width, ..pane }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(change: impl FnOnce(&mut Settings)) -> Settings {
        let mut settings = Settings::default();
        change(&mut settings);
        settings
    }

    #[test]
    fn the_list_is_as_wide_as_it_is_set_but_leaves_the_text_room() {
        for (width, columns, expected) in [(30, 120, 30), (80, 120, 80), (200, 120, 85), (50, 100, 50)] {
            let settings = settings(|settings| settings.list.width = Some(width));
            let layout = Layout::new((columns, 40), Wanted::List, &settings).expect("there is room");
            assert_eq!(layout.list.map(|list| list.width), Some(expected), "{width} of {columns}");
        }
    }

    #[test]
    fn panes_stand_side_by_side_where_there_is_room() {
        let widths = |columns, rows, wanted| {
            let layout = Layout::new((columns, rows), wanted, &Settings::default())?;
            let width = |pane: Option<Rect>| pane.map(|pane| pane.width);
            Some((width(layout.list), width(layout.text)))
        };
        for (columns, rows, wanted, expected) in [
            (200, 50, Wanted::List, Some((Some(60), Some(139)))),
            (120, 40, Wanted::List, Some((Some(41), Some(78)))),
            (100, 24, Wanted::Text, Some((Some(34), Some(65)))),
            (80, 24, Wanted::List, Some((Some(80), None))),
            (80, 24, Wanted::Text, Some((None, Some(80)))),
            (40, 12, Wanted::Text, Some((None, Some(40)))),
            (120, 40, Wanted::TextAlone, Some((None, Some(120)))),
            (24, 6, Wanted::List, Some((Some(24), None))),
            (23, 6, Wanted::List, None),
            (200, 5, Wanted::List, None),
        ] {
            assert_eq!(widths(columns, rows, wanted), expected, "{columns}×{rows} {wanted:?}");
        }
    }

    #[test]
    fn text_stands_in_the_middle_of_its_pane() {
        let pane = Rect::new(10, 1, 140, 20);
        let centre = Settings::default().reading;
        assert_eq!(column(pane, &centre), Rect::new(44, 1, 72, 20));
        assert_eq!(column(Rect::new(0, 1, 40, 10), &centre), Rect::new(2, 1, 36, 10));
        let left = settings(|settings| settings.reading.align = Align::Left).reading;
        assert_eq!(column(pane, &left), Rect::new(13, 1, 72, 20), "or at its left");
        assert_eq!(column(Rect::new(0, 1, 40, 10), &left), Rect::new(2, 1, 36, 10));
    }
}
