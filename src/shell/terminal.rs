//! The terminal taken over and given back.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::panic::PanicHookInfo;
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, execute};
use rustix::fs::OFlags;
use rustix::termios::{Action, QueueSelector, tcflow, tcflush};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

/// Whether the terminal is ours now. It belongs to the process, so this does too: a panic must find it.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// Mouse reports of presses and the wheel (mode 1000) in the form that has no limit of columns (1006). Motion is not
/// asked for, so that a mouse that moves wakes nobody; with Shift held, terminals select text as ever.
struct ReportPresses(bool);

impl Command for ReportPresses {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str(if self.0 { "\x1b[?1000h\x1b[?1006h" } else { "\x1b[?1006l\x1b[?1000l" })
    }
}

/// The proof that the terminal is ours: raw, on its other screen, without a cursor. Dropped, it gives the terminal back.
#[derive(Debug)]
pub struct Session(());

impl Session {
    /// Takes the terminal.
    ///
    /// # Errors
    /// If it cannot be put into raw mode or written to.
    pub fn start() -> io::Result<Self> {
        take()?;
        Ok(Session(()))
    }

    /// Gives the terminal back.
    pub fn end(self) {}

    /// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal again when it goes on.
    ///
    /// # Errors
    /// If the terminal cannot be taken again.
    pub fn suspend(&self) -> io::Result<()> {
        give_back();
        emulate_default_handler(SIGTSTP)?;
        take()
    }

    /// Takes the terminal anew, after somebody else stopped the process and let it go on.
    ///
    /// # Errors
    /// If the terminal cannot be taken again.
    pub fn resume(&self) -> io::Result<()> {
        // The shell may have made the terminal its own meanwhile, and what was set once is not set again.
        disable_raw_mode()?;
        take()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    IS_TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, Hide, ReportPresses(true), EnableBracketedPaste)
}

/// A terminal that is gone cannot be given back; there is nobody to tell.
fn give_back() {
    if IS_TAKEN.load(Ordering::SeqCst) {
        let _ = execute!(io::stdout(), GiveBack);
        let _ = disable_raw_mode();
        IS_TAKEN.store(false, Ordering::SeqCst);
    }
}

/// Throws away what a terminal that reads nothing has not read yet: a write that waits for it then goes on.
pub(super) fn discard_output() {
    let terminal = rustix::stdio::stdout();
    let _ = tcflush(terminal, QueueSelector::OFlush);
    // On Linux nobody who waits for room is told that there is some, except when output that was held goes on.
    for action in [Action::OOff, Action::OOn] {
        let _ = tcflow(terminal, action);
    }
}

/// Gives the terminal back without waiting for it, or for a thread that holds standard output.
pub(super) fn give_back_at_once() {
    if !IS_TAKEN.load(Ordering::SeqCst) {
        return;
    }
    let _ = disable_raw_mode();
    // Opened anew, as not to wait is then a matter of this file alone and not of the shell's.
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    if let Ok(mut terminal) = OpenOptions::new().write(true).custom_flags(flags).open("/dev/tty") {
        discard_output();
        let mut bytes = String::new();
        let _ = GiveBack.write_ansi(&mut bytes);
        let _ = terminal.write_all(bytes.as_bytes());
    }
}

/// All that undoes what [`take`] has asked for.
struct GiveBack;

impl Command for GiveBack {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        DisableBracketedPaste.write_ansi(f)?;
        ReportPresses(false).write_ansi(f)?;
        Show.write_ansi(f)?;
        LeaveAlternateScreen.write_ansi(f)
    }
}

/// From now on a panic, on any thread, gives the terminal back and ends the process with one line that says where it
/// happened. It does not say what the panic said: that can quote text, and the text can be hidden.
pub fn give_back_on_panic() {
    std::panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        give_back();
        let place = panic.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        let _ =
            writeln!(io::stderr(), "unspoiled: stopped by a bug{place}; please report it with that place");
        exit(101);
    }));
}
