//! Hyperlinks (OSC 8). Each cell of a link carries its address, so that a frame that redraws only some of them is right;
//! in the output, adjacent cells with the same address are opened and closed once.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use crate::typeset::columns;

/// The beginning and the end of the sequence that opens a hyperlink.
const OPEN: &str = "\x1b]8;;";
const END: &str = "\x1b\\";

/// Links the cells of an area to an address, which must be printable ASCII.
pub(super) fn link(buffer: &mut Buffer, place: Rect, address: &str) {
    for position in place.intersection(buffer.area).positions() {
        let cell = &mut buffer[position];
        // A cell that is rewritten in every frame may be covered by another one.
        let is_plain = cell.diff_option == CellDiffOption::None;
        let width = u16::try_from(columns(cell.symbol())).ok().and_then(NonZeroU16::new);
        if let (true, Some(width)) = (is_plain, width) {
            let symbol = format!("{OPEN}{address}{END}{}", cell.symbol());
            cell.set_symbol(&symbol).set_diff_option(CellDiffOption::ForcedWidth(width));
        }
    }
}

/// The address that a cell links to, if any, and its visible text.
pub(super) fn parts(symbol: &str) -> (Option<&str>, &str) {
    let linked = symbol.strip_prefix(OPEN).and_then(|rest| rest.split_once(END));
    linked.map_or((None, symbol), |(address, shown)| (Some(address), shown))
}

/// The sequence that links the following text to an address, or to none.
pub(super) fn begin(address: Option<&str>) -> String {
    format!("{OPEN}{}{END}", address.unwrap_or_default())
}
