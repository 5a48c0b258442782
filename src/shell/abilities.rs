//! Asks the terminal what it supports. Only `unspoiled doctor` waits for the answer.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::decode::background;
use crate::app::Appearance;

/// How long to wait for an answer, which may take a while over a network.
const WAIT: Duration = Duration::from_millis(500);

/// The modes to ask about, and what they are for.
const MODES: [(u16, &str); 4] = [
    (2026, "shows frames at once (2026)"),
    (2031, "tells changes of light and dark (2031)"),
    (1002, "reports the mouse (1002)"),
    (2004, "marks what is pasted (2004)"),
];

/// A terminal's answers.
#[derive(Debug, PartialEq, Eq)]
pub struct Abilities {
    /// What each mode is for, and whether the terminal supports it.
    pub modes: Vec<(&'static str, bool)>,
    /// Whether it is light or dark.
    pub appearance: Option<Appearance>,
    /// Whether it claims to support the clipboard.
    pub has_clipboard: bool,
}

/// Asks the terminal, which must be standard input and output. `None` if it does not answer.
///
/// # Errors
/// If it cannot be read or written.
pub fn ask_terminal() -> io::Result<Option<Abilities>> {
    enable_raw_mode()?;
    let answer = exchange();
    disable_raw_mode()?;
    Ok(read(&answer?))
}

/// Sends the queries and collects the answers. Every terminal answers the last one, so its answer ends the wait.
fn exchange() -> io::Result<Vec<u8>> {
    let modes: String = MODES.iter().map(|(mode, _)| format!("\x1b[?{mode}$p")).collect();
    let mut out = io::stdout();
    write!(out, "{modes}\x1b[?996n\x1b]11;?\x1b\\\x1b[c")?;
    out.flush()?;
    let (end, mut answer) = (Instant::now() + WAIT, Vec::new());
    while attributes(&answer).is_none() {
        let left =
            Timespec::try_from(end.saturating_duration_since(Instant::now())).map_err(io::Error::other)?;
        let stdin = rustix::stdio::stdin();
        let is_ready = poll(&mut [PollFd::new(&stdin, PollFlags::IN)], Some(&left))? > 0;
        let mut bytes = [0; 256];
        // Standard input of the library would keep what it has read ahead, which is then nothing to wait for.
        match if is_ready { rustix::io::read(stdin, &mut bytes)? } else { 0 } {
            0 => break,
            count => answer.extend_from_slice(&bytes[..count]),
        }
    }
    Ok(answer)
}

/// The numbers of the answer to the last question, if it has come.
fn attributes(answer: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(answer);
    let mut controls = text.split("\x1b[?").skip(1);
    controls.find_map(|control| {
        let end = control.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        control[end..].starts_with('c').then(|| control[..end].to_owned())
    })
}

fn read(answer: &[u8]) -> Option<Abilities> {
    let attributes = attributes(answer)?;
    let text = String::from_utf8_lossy(answer);
    // 0 is an unknown mode, and 4 one that can never be set.
    let can =
        |mode: u16| ["1", "2", "3"].iter().any(|state| text.contains(&format!("\x1b[?{mode};{state}$y")));
    let colour =
        text.split("\x1b]").skip(1).find_map(|answer| background(answer.split(['\x1b', '\x07']).next()?));
    let appearance = match (text.contains("\x1b[?997;1n"), text.contains("\x1b[?997;2n")) {
        (true, _) => Some(Appearance::Dark),
        (_, true) => Some(Appearance::Light),
        (false, false) => colour,
    };
    Some(Abilities {
        modes: MODES.iter().map(|(mode, what)| (*what, can(*mode))).collect(),
        appearance,
        has_clipboard: attributes.split(';').any(|number| number == "52"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read() {
        let answer = "\x1b[?2026;2$y\x1b[?2031;0$y\x1b[?1002;2$y\x1b[?2004;4$y\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?62;22;52c";
        let abilities = read(answer.as_bytes()).expect("it has answered");
        assert_eq!(
            abilities.modes.iter().map(|(_, can)| *can).collect::<Vec<_>>(),
            [true, false, true, false]
        );
        assert_eq!(abilities.appearance, Some(Appearance::Light));
        assert!(abilities.has_clipboard);
        let dark = read(b"\x1b[?997;1n\x1b]11;rgb:ff/ff/ff\x1b\\\x1b[?1;2c").expect("it has answered");
        assert_eq!(
            dark.appearance,
            Some(Appearance::Dark),
            "what it says itself is worth more than a colour"
        );
        assert!(!dark.has_clipboard);
        for unfinished in ["", "\x1b[?2026;2$y", "\x1b[?62;22"] {
            assert_eq!(read(unfinished.as_bytes()), None, "{unfinished:?}");
        }
    }
}
