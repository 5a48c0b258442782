//! Turns keys, the mouse and signals into events.

use std::fs::File;
use std::io::{self, IsTerminal, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::low_level::emulate_default_handler;

use super::decode::Decoder;
use super::{screen, terminal};
use crate::app::Event;

/// How long to wait after an escape for the rest of a sequence.
const ESCAPE_PAUSE: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// Bytes read from the terminal at once.
const READ_BYTES: usize = 4 << 10;

/// How long the loop may take to stop after a signal, and how long saving may take after that.
const LOOP_GRACE: Duration = Duration::from_secs(1);
const SAVE_GRACE: Duration = Duration::from_secs(6);

/// If the loop has not stopped by then, pending output is discarded this many times, with this pause in between: enough
/// to empty any queue.
const DISCARDS: u32 = 100;
const DISCARD_PAUSE: Duration = Duration::from_millis(5);

/// The thread that reads the terminal.
pub(super) struct Keys {
    /// A byte asks it to stop reading.
    stop: PipeWriter,
    stopped: Receiver<()>,
    resume: Sender<()>,
}

impl Keys {
    /// Starts the thread.
    pub(super) fn start(sender: Sender<Event>, ending: Ending) -> io::Result<Self> {
        let terminal = terminal()?;
        let (asked, stop) = io::pipe()?;
        let ((is_stopped, stopped), (resume, resumed)) = (channel(), channel());
        let pause = Pause { asked, is_stopped, resumed };
        thread::Builder::new().name("keys".into()).spawn(move || {
            if read(as_fd(&terminal), &pause, |event| sender.send(event).is_ok()).is_err() {
                ending.begin(SIGHUP);
            }
        })?;
        Ok(Keys { stop, stopped, resume })
    }

    /// Runs something while another program reads the terminal, so that none of its keys are read here.
    pub(super) fn stopped_while<T>(&self, run: impl FnOnce() -> T) -> T {
        // If the thread has ended, nobody reads anyway.
        let _ = (&self.stop).write_all(&[0]).map(|()| self.stopped.recv());
        let done = run();
        let _ = self.resume.send(());
        done
    }
}

/// The thread's own end of [`Keys`].
struct Pause {
    asked: PipeReader,
    is_stopped: Sender<()>,
    resumed: Receiver<()>,
}

impl Pause {
    /// Confirms that nothing is being read, and waits until reading may continue. Returns whether this was requested.
    fn wait(&self) -> bool {
        let is_asked = (&self.asked).read(&mut [0]).is_ok_and(|read| read > 0);
        is_asked && self.is_stopped.send(()).is_ok() && self.resumed.recv().is_ok()
    }
}

/// Reads events until `deliver` returns `false`.
///
/// # Errors
/// If the terminal has hung up or can no longer be read.
fn read(
    terminal: BorrowedFd<'_>,
    pause: &Pause,
    mut deliver: impl FnMut(Event) -> bool,
) -> rustix::io::Result<()> {
    let (mut decoder, mut events) = (Decoder::default(), Vec::new());
    let mut bytes = [0; READ_BYTES];
    loop {
        let mut waiting =
            [PollFd::from_borrowed_fd(terminal, PollFlags::IN), PollFd::new(&pause.asked, PollFlags::IN)];
        match poll(&mut waiting, decoder.is_pending().then_some(&ESCAPE_PAUSE)) {
            Ok(0) => decoder.settle(&mut events),
            Ok(_) if !waiting[1].revents().is_empty() => {
                if !pause.wait() {
                    return Ok(());
                }
                // An unfinished sequence from before has nothing to do with the keys that follow.
                decoder = Decoder::default();
            }
            Ok(_) => match rustix::io::read(terminal, &mut bytes) {
                // In a terminal that is not raw, an end of file can be typed. After a hangup, nothing follows.
                Ok(0) if waiting[0].revents() == PollFlags::IN => {}
                Ok(0) => return Err(Errno::IO),
                Ok(length) => decoder.advance(&bytes[..length], &mut events),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error),
            },
            Err(Errno::INTR) => {}
            Err(error) => return Err(error),
        }
        for event in events.drain(..) {
            if !deliver(event) {
                return Ok(());
            }
        }
    }
}

/// The terminal to read events from: standard input, or the controlling terminal if standard input is something else.
fn terminal() -> io::Result<Option<File>> {
    if io::stdin().is_terminal() { Ok(None) } else { File::open("/dev/tty").map(Some) }
}

fn as_fd(terminal: &Option<File>) -> BorrowedFd<'_> {
    match terminal {
        Some(file) => file.as_fd(),
        None => rustix::stdio::stdin(),
    }
}

/// Starts the thread that handles the signals to end, stop, continue and resize.
pub(super) fn watch_signals(sender: Sender<Event>, ending: Ending) -> io::Result<()> {
    let all = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                // Keys typed in the other program stop it and us together, but interrupt only the program.
                SIGTSTP if terminal::is_lent() => {
                    let _ = emulate_default_handler(SIGTSTP);
                    continue;
                }
                SIGINT | SIGQUIT | SIGCONT if terminal::is_lent() => continue,
                SIGTSTP => Event::Suspend,
                SIGCONT => Event::Resume,
                SIGWINCH => match screen::size() {
                    Ok((columns, rows)) => Event::Resize(columns, rows),
                    Err(_) => continue,
                },
                signal => {
                    ending.begin(signal);
                    continue;
                }
            };
            if sender.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Termination by a signal: first requested, then enforced.
#[derive(Clone)]
pub(super) struct Ending {
    sender: Sender<Event>,
    /// The signal that ends the program, or 0.
    signal: Arc<AtomicI32>,
    is_loop_over: Arc<AtomicBool>,
}

impl Ending {
    pub(super) fn new(sender: Sender<Event>) -> Self {
        Ending { sender, signal: Arc::default(), is_loop_over: Arc::default() }
    }

    /// Handles the arrival of a signal. A hangup of the terminal counts as SIGHUP, which not every process receives.
    fn begin(&self, signal: i32) {
        if self.signal.compare_exchange(0, signal, Ordering::SeqCst, Ordering::SeqCst).is_err() {
            return;
        }
        let _ = self.sender.send(Event::Terminate);
        let is_loop_over = self.is_loop_over.clone();
        let enforce = move || {
            thread::sleep(LOOP_GRACE);
            let is_over = || is_loop_over.load(Ordering::SeqCst);
            // A loop that writes to a stalled terminal would never return.
            for _ in (0..DISCARDS).take_while(|_| !is_over()) {
                terminal::discard_output();
                thread::sleep(DISCARD_PAUSE);
            }
            if is_over() {
                thread::sleep(SAVE_GRACE);
            }
            terminal::give_back_at_once();
            let _ = emulate_default_handler(signal);
        };
        // Without this thread the program still ends once the loop does.
        let _ = thread::Builder::new().name("ending".into()).spawn(enforce);
    }

    /// Called when the loop has ended and only saving is left.
    pub(super) fn loop_is_over(&self) {
        self.is_loop_over.store(true, Ordering::SeqCst);
    }

    /// If a signal ended the program, ends the process by that signal so that its parent can see it.
    pub(super) fn die_of_the_signal(&self) {
        match self.signal.load(Ordering::SeqCst) {
            0 => {}
            signal => {
                let _ = emulate_default_handler(signal);
            }
        }
    }
}
