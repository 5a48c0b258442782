//! The binary in a real pseudo-terminal.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, NativePtySystem, PtySize, PtySystem};

/// How long anything may take before a test gives up. Nothing is timed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A user's home, so that no file of the real user is read or written.
#[derive(Clone)]
pub struct Home(Rc<tempfile::TempDir>);

impl Home {
    pub fn new() -> Self {
        Home(Rc::new(tempfile::tempdir().expect("a folder for a home")))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn state_folder(&self) -> PathBuf {
        self.path().join("state/unspoiled")
    }

    pub fn state_file(&self) -> PathBuf {
        self.state_folder().join("state.toml")
    }

    /// The state file; empty if there is none.
    pub fn state(&self) -> String {
        std::fs::read_to_string(self.state_file()).unwrap_or_default()
    }

    /// Writes the state file as an earlier run might have left it.
    pub fn write_state(&self, text: impl AsRef<[u8]>) {
        std::fs::create_dir_all(self.state_folder()).expect("it can be made");
        std::fs::write(self.state_file(), text).expect("it can be written");
    }

    /// The variables of a user who lives here and speaks UTF-8.
    pub fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let below = |name| self.path().join(name);
        vec![
            ("HOME", self.path().to_owned()),
            ("XDG_STATE_HOME", below("state")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_DATA_HOME", below("data")),
            ("XDG_CACHE_HOME", below("cache")),
            ("PATH", std::env::var_os("PATH").unwrap_or_default().into()),
            ("LC_ALL", "C.UTF-8".into()),
        ]
    }
}

/// The program with these arguments, as a user with this home starts it in a terminal.
pub fn command(home: &Home, args: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_unspoiled"));
    command.args(args);
    in_home(home, &mut command);
    command
}

/// Clears a command's variables and sets those of a user with this home.
pub fn in_home(home: &Home, command: &mut CommandBuilder) {
    command.env_clear();
    home.variables().into_iter().for_each(|(name, value)| command.env(name, value));
    command.env("TERM", "xterm-256color");
    command.cwd(home.path());
}

pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    is_closed: Arc<AtomicBool>,
    is_deaf: Arc<AtomicBool>,
    pub child: Box<dyn Child + Send + Sync>,
    pub parser: vt100::Parser,
    pub bytes: Vec<u8>,
    pub home: Home,
}

fn some(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).expect("a screen has cells")
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Pty {
    /// The program with these arguments, with a new home.
    pub fn start(args: &[&str], columns: u16, rows: u16) -> Self {
        Pty::start_in(&Home::new(), args, columns, rows)
    }

    /// The program with these arguments.
    pub fn start_in(home: &Home, args: &[&str], columns: u16, rows: u16) -> Self {
        Pty::spawn(home, command(home, args), columns, rows)
    }

    /// Another program, with a new home.
    pub fn run(mut command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let home = Home::new();
        in_home(&home, &mut command);
        Pty::spawn(&home, command, columns, rows)
    }

    /// A command, unchanged.
    pub fn spawn(home: &Home, command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = NativePtySystem::default().openpty(size(columns, rows)).expect("a pseudo-terminal");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (sender, output) = channel();
        let is_closed = Arc::new(AtomicBool::new(false));
        let is_deaf = Arc::new(AtomicBool::new(false));
        let (stop, pause) = (is_closed.clone(), is_deaf.clone());
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() || stop.load(Ordering::SeqCst) {
                    return;
                }
                while pause.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(5));
                }
            }
        });
        let parser = vt100::Parser::new(some(rows), some(columns), 0);
        Pty {
            master: Some(pair.master),
            writer,
            output,
            is_closed,
            is_deaf,
            child,
            parser,
            bytes: Vec::new(),
            home: home.clone(),
        }
    }

    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Waits for a screen, and returns it.
    pub fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> String {
        let start = Instant::now();
        while !wanted(self.parser.screen()) {
            let left = PATIENCE.checked_sub(start.elapsed());
            match left.and_then(|left| self.output.recv_timeout(left).ok()) {
                Some(bytes) => {
                    self.parser.process(&bytes);
                    self.bytes.extend(bytes);
                }
                None => panic!("gave up waiting for {what}; the screen is:\n{}", self.screen()),
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
        self.claim_size(columns, rows);
    }

    /// Makes the terminal report this size, which is not its real one.
    pub fn claim_size(&self, columns: u16, rows: u16) {
        self.master.as_ref().expect("it is open").resize(size(columns, rows)).expect("a new size");
    }

    /// Closes the terminal, as closing a window does. The key makes the program write, so that the reading thread lets
    /// go too.
    pub fn close(&mut self) {
        self.is_closed.store(true, Ordering::SeqCst);
        self.send("j");
        self.master = None;
        self.writer = Box::new(std::io::sink());
    }

    /// From now on, the terminal reads nothing that is written to it, until it is told to.
    pub fn read_nothing(&mut self, is_deaf: bool) {
        self.is_deaf.store(is_deaf, Ordering::SeqCst);
    }

    /// The settings of the terminal, as printed by `stty`.
    pub fn settings(&self) -> String {
        self.stty(&["-a"])
    }

    /// Runs `stty` to change or print the settings of the terminal.
    pub fn stty(&self, args: &[&str]) -> String {
        let name = self.master.as_ref().and_then(|master| master.tty_name()).expect("it has a name");
        let mut stty = std::process::Command::new("stty");
        let output = stty.arg("-F").arg(name).args(args).output().expect("stty is there");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Reads output until it stops, and then for a moment longer.
    pub fn settle(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(150)) {
            self.parser.process(&bytes);
            self.bytes.extend(bytes);
        }
    }

    pub fn signal(&self, signal: &str) {
        let pid = self.child.process_id().expect("it runs").to_string();
        let done = std::process::Command::new("kill").args([signal, &pid]).status().expect("kill is there");
        assert!(done.success(), "the signal was sent");
    }

    /// Waits for the program to end, and returns how it ended and the whole output.
    pub fn end(&mut self) -> (portable_pty::ExitStatus, String) {
        let status = self.wait();
        self.settle();
        (status, String::from_utf8_lossy(&self.bytes).into_owned())
    }

    /// Waits for the program to end, whatever it writes.
    pub fn wait(&mut self) -> portable_pty::ExitStatus {
        let start = Instant::now();
        loop {
            match self.child.try_wait().expect("it can be waited for") {
                Some(status) => return status,
                None if start.elapsed() > PATIENCE => {
                    let _ = self.child.kill();
                    panic!("the program does not end; the screen is:\n{}", self.screen())
                }
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    /// The process started by the shell in this terminal.
    pub fn only_child(&self) -> u32 {
        let pid = self.child.process_id().expect("it runs").to_string();
        let output = std::process::Command::new("pgrep").args(["-P", &pid]).output().expect("pgrep is there");
        String::from_utf8_lossy(&output.stdout).trim().parse().expect("there is one child")
    }

    /// The processor time that the program has used, in ticks (proc_pid_stat(5), fields 14 and 15).
    pub fn processor_time(&self) -> u64 {
        let pid = self.child.process_id().expect("it runs");
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("the system tells");
        let (_, fields) = stat.rsplit_once(')').expect("the name is in brackets");
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
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
