//! The binary in a real pseudo-terminal.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, NativePtySystem, PtySize, PtySystem};

/// How long anything may take before a test gives up. Nothing is timed.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    is_closed: Arc<AtomicBool>,
    pub child: Box<dyn Child + Send + Sync>,
    pub parser: vt100::Parser,
    pub bytes: Vec<u8>,
    pub state: tempfile::TempDir,
}

fn some(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).expect("a screen has cells")
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Pty {
    /// The program with these arguments.
    pub fn start(args: &[&str], columns: u16, rows: u16) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_unspoiled"));
        command.args(args);
        Pty::run(command, columns, rows)
    }

    pub fn run(mut command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let state = tempfile::tempdir().expect("a folder for state");
        command.env("XDG_STATE_HOME", state.path());
        command.env("TERM", "xterm-256color");
        command.env_remove("UNSPOILED_LIBRARY");
        command.env_remove("NO_COLOR");
        let pair = NativePtySystem::default().openpty(size(columns, rows)).expect("a pseudo-terminal");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (sender, output) = channel();
        let is_closed = Arc::new(AtomicBool::new(false));
        let stop = is_closed.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() || stop.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(some(rows), some(columns), 0);
        Pty { master: Some(pair.master), writer, output, is_closed, child, parser, bytes: Vec::new(), state }
    }

    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Waits until the screen is as wanted, and returns it.
    pub fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> String {
        let start = Instant::now();
        while !wanted(self.parser.screen()) {
            let left = PATIENCE.checked_sub(start.elapsed());
            match left.and_then(|left| self.output.recv_timeout(left).ok()) {
                Some(bytes) => {
                    self.parser.process(&bytes);
                    self.bytes.extend(bytes);
                }
                None => panic!("waited in vain for {what}; the screen is:\n{}", self.screen()),
            }
        }
        self.screen()
    }

    pub fn until_text(&mut self, text: &str) -> String {
        self.until(text, |screen| screen.contents().contains(text))
    }

    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self.writer.flush().expect("at once");
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.screen_mut().set_size(some(rows), some(columns));
        self.master.as_ref().expect("it is open").resize(size(columns, rows)).expect("a new size");
    }

    /// Closes the terminal, as a window does. The key makes the program write, so that the reader lets go too.
    pub fn close(&mut self) {
        self.is_closed.store(true, Ordering::SeqCst);
        self.send("j");
        self.master = None;
        self.writer = Box::new(std::io::sink());
    }

    pub fn signal(&self, signal: &str) {
        let pid = self.child.process_id().expect("it runs").to_string();
        let done = std::process::Command::new("kill").args([signal, &pid]).status().expect("kill is there");
        assert!(done.success(), "the signal was sent");
    }

    /// Waits for the end, and returns whether it was a success and the whole output.
    pub fn end(&mut self) -> (portable_pty::ExitStatus, String) {
        let start = Instant::now();
        let status = loop {
            match self.child.try_wait().expect("it can be waited for") {
                Some(status) => break status,
                None if start.elapsed() > PATIENCE => {
                    panic!("it does not end; the screen is:\n{}", self.screen())
                }
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        };
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(300)) {
            self.parser.process(&bytes);
            self.bytes.extend(bytes);
        }
        (status, String::from_utf8_lossy(&self.bytes).into_owned())
    }

    /// Whether the program is stopped, as after Ctrl-Z.
    pub fn is_stopped(&self) -> bool {
        let pid = self.child.process_id().expect("it runs").to_string();
        let state = std::process::Command::new("ps")
            .args(["-o", "state=", "-p", &pid])
            .output()
            .expect("ps is there");
        String::from_utf8_lossy(&state.stdout).trim().starts_with('T')
    }
}
