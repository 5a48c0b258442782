//! Hyperlinks (OSC 8). Each cell of a link carries its address, so that a frame that draws only some of them is right; as bytes,
//! cells of one address that stand side by side are opened and closed once.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use crate::typeset::columns;

/// The beginning of what opens a hyperlink, and its end.
const OPEN: &str = "\x1b]8;;";
const END: &str = "\x1b\\";

/// Has the cells of a place lead to an address, which is of printable ASCII alone.
pub(super) fn link(buffer: &mut Buffer, place: Rect, address: &str) {
    for position in place.intersection(buffer.area).positions() {
        let cell = &mut buffer[position];
        // What is to be written anew in every frame has another cell over it, perhaps.
        let is_plain = cell.diff_option == CellDiffOption::None;
        let width = u16::try_from(columns(cell.symbol())).ok().and_then(NonZeroU16::new);
        if let (true, Some(width)) = (is_plain, width) {
            let symbol = format!("{OPEN}{address}{END}{}", cell.symbol());
            cell.set_symbol(&symbol).set_diff_option(CellDiffOption::ForcedWidth(width));
        }
    }
}

/// The address that a cell leads to, if it does, and what it shows.
pub(super) fn parts(symbol: &str) -> (Option<&str>, &str) {
    let linked = symbol.strip_prefix(OPEN).and_then(|rest| rest.split_once(END));
    linked.map_or((None, symbol), |(address, shown)| (Some(address), shown))
}

/// The bytes after which what is written leads to an address, or to none.
pub(super) fn begin(address: Option<&str>) -> String {
    format!("{OPEN}{}{END}", address.unwrap_or_default())
}
