//! Takes over the terminal and gives it back.

use std::cell::Cell;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::panic::PanicHookInfo;
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, execute};
use rustix::fs::OFlags;
use rustix::termios::{Action, QueueSelector, tcflow, tcflush};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

use crate::settings::ScreenSettings;

/// Whether we have taken the terminal. It is global because a panic handler must find it.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether another program has the terminal at the moment, and receives what is typed.
static IS_LENT: AtomicBool = AtomicBool::new(false);

/// Whether another program has the terminal.
pub(super) fn is_lent() -> bool {
    IS_LENT.load(Ordering::SeqCst)
}

/// Mouse reports of buttons, of motion while one is pressed, and of the wheel (mode 1002) in the format without a column
/// limit (1006). Other motion is not reported, so that moving the mouse wakes nothing; with Shift held, terminals still
/// select text.
struct ReportMouse(bool);

impl Command for ReportMouse {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str(if self.0 { "\x1b[?1002h\x1b[?1006h" } else { "\x1b[?1006l\x1b[?1002l" })
    }
}

/// Reports of whether the background is light or dark: of what it is now (996), and of every change (mode 2031). Terminals that
/// do not know these are asked for the colour of their background (OSC 11), and the others after that: what they say of it is
/// dropped. The answers come like keys, whenever they like.
struct ReportAppearance(bool);

impl Command for ReportAppearance {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str(if self.0 { "\x1b[?2031h\x1b[?996n\x1b]11;?\x1b\\" } else { "\x1b[?2031l" })
    }
}

/// What is asked of the terminal.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// To report the mouse.
    pub mouse: bool,
    /// To report whether it is light or dark.
    pub appearance: bool,
}

impl Wanted {
    /// What the settings want.
    #[must_use]
    pub fn of(settings: &ScreenSettings) -> Self {
        Wanted { mouse: settings.has_mouse, appearance: settings.asks_appearance }
    }
}

/// Proof that we have taken the terminal: raw mode, alternate screen, cursor hidden. Dropping it gives the terminal
/// back.
#[derive(Debug)]
pub struct Session {
    wanted: Cell<Wanted>,
}

impl Session {
    /// Takes over the terminal.
    ///
    /// # Errors
    /// If it cannot be put into raw mode or written to.
    pub fn start(wanted: Wanted) -> io::Result<Self> {
        take(wanted)?;
        Ok(Session { wanted: wanted.into() })
    }

    /// Listens to the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn listen_to_mouse(&self, has_mouse: bool) -> io::Result<()> {
        self.wanted.set(Wanted { mouse: has_mouse, ..self.wanted.get() });
        execute!(io::stdout(), ReportMouse(has_mouse))
    }

    /// Gives the terminal back.
    pub fn end(self) {}

    /// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal again when it continues.
    ///
    /// # Errors
    /// If the terminal cannot be taken again.
    pub fn suspend(&self) -> io::Result<()> {
        give_back();
        emulate_default_handler(SIGTSTP)?;
        take(self.wanted.get())
    }

    /// Gives the terminal back while another program runs in it, and takes it again.
    ///
    /// # Errors
    /// If the terminal cannot be taken again.
    pub(super) fn lend<T>(&self, run: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        IS_LENT.store(true, Ordering::SeqCst);
        let done = run();
        IS_LENT.store(false, Ordering::SeqCst);
        take(self.wanted.get())?;
        Ok(done)
    }

    /// Takes the terminal again after the process was stopped and continued from outside.
    ///
    /// # Errors
    /// If the terminal cannot be taken again.
    pub fn resume(&self) -> io::Result<()> {
        // The shell may have changed the terminal's mode, and crossterm does not set raw mode twice.
        disable_raw_mode()?;
        take(self.wanted.get())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        give_back();
    }
}

fn take(wanted: Wanted) -> io::Result<()> {
    IS_TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        KeepTitle(true),
        Hide,
        ReportMouse(wanted.mouse),
        EnableBracketedPaste
    )?;
    match wanted.appearance {
        true => execute!(io::stdout(), ReportAppearance(true)),
        false => Ok(()),
    }
}

/// Copies a text to the clipboard (OSC 52): the terminal's, which also works for a remote login.
pub(super) fn copy(text: &str) -> io::Result<()> {
    execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
}

/// Sets the window's title. Control characters would end the sequence, and what follows would be taken for another one.
pub(super) fn set_title(title: &str) -> io::Result<()> {
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    execute!(io::stdout(), SetTitle(title))
}

/// Saves the window's title before it is changed, or restores it (XTWINOPS 22 and 23).
struct KeepTitle(bool);

impl Command for KeepTitle {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str(if self.0 { "\x1b[22;2t" } else { "\x1b[23;2t" })
    }
}

/// Errors are ignored, since a lost terminal cannot be given back.
fn give_back() {
    if IS_TAKEN.load(Ordering::SeqCst) {
        let _ = execute!(io::stdout(), GiveBack);
        let _ = disable_raw_mode();
        IS_TAKEN.store(false, Ordering::SeqCst);
    }
}

/// Discards output that a stalled terminal has not read, so that a blocked write continues.
pub(super) fn discard_output() {
    let terminal = rustix::stdio::stdout();
    let _ = tcflush(terminal, QueueSelector::OFlush);
    // On Linux, a writer that waits for room is woken only when suspended output resumes.
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
    // Opened again, so that non-blocking mode applies to this file only and not to the shell's.
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    if let Ok(mut terminal) = OpenOptions::new().write(true).custom_flags(flags).open("/dev/tty") {
        discard_output();
        let mut bytes = String::new();
        let _ = GiveBack.write_ansi(&mut bytes);
        let _ = terminal.write_all(bytes.as_bytes());
    }
}

/// Undoes everything that [`take`] has done.
struct GiveBack;

impl Command for GiveBack {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        DisableBracketedPaste.write_ansi(f)?;
        ReportAppearance(false).write_ansi(f)?;
        ReportMouse(false).write_ansi(f)?;
        Show.write_ansi(f)?;
        KeepTitle(false).write_ansi(f)?;
        LeaveAlternateScreen.write_ansi(f)
    }
}

/// Installs a panic hook that gives the terminal back and ends the process with one line that says where the panic
/// happened. It omits the message, which can quote hidden text.
pub fn give_back_on_panic() {
    std::panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        give_back();
        let place = panic.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        let _ =
            writeln!(io::stderr(), "unspoiled: stopped by a bug{place}; please report it with that place");
        exit(101);
    }));
}
