//! Keys, the mouse and signals, as events.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

use crossterm::event::{self, KeyEventKind, MouseButton, MouseEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::low_level::emulate_default_handler;

use crate::app::Event;

/// Lines that one notch of the wheel scrolls.
const WHEEL_LINES: isize = 3;

/// Starts the thread that reads the terminal, and one that waits for it to go away: the event reader does not tell a
/// terminal that hung up from one that is quiet.
pub(super) fn read_keys(sender: Sender<Event>) -> io::Result<()> {
    let hung_up = sender.clone();
    thread::Builder::new().name("hang-up".into()).spawn(move || {
        let _ = wait_for_hang_up();
        let _ = hung_up.send(Event::Terminate);
    })?;
    thread::Builder::new().name("keys".into()).spawn(move || {
        while let Ok(event) = event::read() {
            if let Some(event) = meant(event)
                && sender.send(event).is_err()
            {
                return;
            }
        }
        let _ = sender.send(Event::Terminate);
    })?;
    Ok(())
}

/// Returns when the terminal is gone. No events are asked for, so that only that ends the waiting.
fn wait_for_hang_up() -> io::Result<()> {
    let terminal = terminal()?;
    let mut waiting = [PollFd::from_borrowed_fd(as_fd(&terminal), PollFlags::empty())];
    while poll(&mut waiting, None).is_err_and(|error| error == rustix::io::Errno::INTR) {}
    Ok(())
}

/// The terminal that events are read from: standard input, or where that is something else, the controlling terminal.
fn terminal() -> io::Result<Option<File>> {
    if io::stdin().is_terminal() { Ok(None) } else { File::open("/dev/tty").map(Some) }
}

fn as_fd(terminal: &Option<File>) -> BorrowedFd<'_> {
    match terminal {
        Some(file) => file.as_fd(),
        None => rustix::stdio::stdin(),
    }
}

fn meant(event: event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key)),
        event::Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Event::Click(mouse.column, mouse.row)),
            MouseEventKind::ScrollDown => Some(Event::Wheel(mouse.column, mouse.row, WHEEL_LINES)),
            MouseEventKind::ScrollUp => Some(Event::Wheel(mouse.column, mouse.row, -WHEEL_LINES)),
            _ => None,
        },
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        _ => None,
    }
}

/// The signals that end, stop and resize a program, as events.
pub(super) struct Signals {
    /// The last one that is to end the program, or 0.
    last: Arc<AtomicI32>,
}

impl Signals {
    /// Starts the thread that waits for signals.
    pub(super) fn watch(sender: Sender<Event>) -> io::Result<Self> {
        let last = Arc::new(AtomicI32::new(0));
        let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];
        let others = [SIGTSTP, SIGCONT, SIGWINCH];
        let mut signals = signal_hook::iterator::Signals::new(ending.iter().chain(&others))?;
        let shared = last.clone();
        thread::Builder::new().name("signals".into()).spawn(move || {
            for signal in signals.forever() {
                let event = match signal {
                    SIGTSTP => Event::Suspend,
                    SIGCONT => Event::Resume,
                    SIGWINCH => match crossterm::terminal::size() {
                        Ok((columns, rows)) => Event::Resize(columns, rows),
                        Err(_) => continue,
                    },
                    ending => {
                        shared.store(ending, Ordering::SeqCst);
                        Event::Terminate
                    }
                };
                if sender.send(event).is_err() {
                    return;
                }
            }
        })?;
        Ok(Signals { last })
    }

    /// If a signal ended the program, ends the process by that signal, so that its parent sees what happened.
    pub(super) fn die_of_the_last_one(&self) {
        match self.last.load(Ordering::SeqCst) {
            0 => {}
            signal => {
                let _ = emulate_default_handler(signal);
            }
        }
    }
}
