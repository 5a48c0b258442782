//! The user's editor: which one it is, and how to tell it where to begin.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Command;

/// The exit code of a shell that cannot find a command.
const NOT_FOUND: i32 = 127;

/// How running an editor failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditorFault {
    /// Neither `VISUAL` nor `EDITOR` is set.
    Unset,
    /// It could not be started.
    NotStarted,
    /// It reported a failure.
    Failed,
}

impl EditorFault {
    /// The problem, in words for the reader.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            EditorFault::Unset => "set VISUAL or EDITOR to open it in your editor",
            EditorFault::NotStarted => "the editor could not be started",
            EditorFault::Failed => "the editor failed",
        }
    }
}

/// Opens a file in the user's editor, at a line if one is given, and waits until it is closed.
///
/// The variable is a shell command that may have options and quotes, as in other programs.
///
/// # Errors
/// If there is no editor or it failed.
pub fn edit(path: &Path, line: Option<usize>) -> Result<(), EditorFault> {
    let set = |name| env::var(name).ok().filter(|editor: &String| !editor.trim().is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).ok_or(EditorFault::Unset)?;
    let run = || -> io::Result<_> {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{editor} \"$@\""), "sh"]).args(arguments(&editor, path, line));
        command.status()
    };
    match run().map(|status| status.code()) {
        Ok(Some(0)) => Ok(()),
        Ok(Some(NOT_FOUND)) | Err(_) => Err(EditorFault::NotStarted),
        Ok(_) => Err(EditorFault::Failed),
    }
}

/// The arguments that open a file at a line. An unknown editor only gets the file, since it might take a line for the
/// name of another file.
fn arguments(editor: &str, path: &Path, line: Option<usize>) -> Vec<OsString> {
    let alone = vec![path.into()];
    let Some(line) = line else { return alone };
    let program = editor.split_whitespace().next().unwrap_or_default();
    let program = Path::new(program).file_name().unwrap_or_default().to_string_lossy();
    let with_line = || {
        let mut path = path.as_os_str().to_owned();
        path.push(format!(":{line}"));
        path
    };
    match &*program {
        "vi" | "vim" | "nvim" | "view" | "nano" | "pico" | "emacs" | "emacsclient" | "mg" | "micro"
        | "kak" | "joe" | "jed" | "ne" | "mcedit" | "gedit" | "hx" | "helix" => {
            vec![format!("+{line}").into(), path.into()]
        }
        "code" | "code-insiders" | "codium" | "cursor" => vec!["--goto".into(), with_line()],
        "subl" | "zed" | "zeditor" => vec![with_line()],
        _ => alone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        for (editor, line, expected) in [
            ("vim", Some(7), &["+7", "/a b.toml"][..]),
            ("/usr/bin/nvim --clean", Some(7), &["+7", "/a b.toml"]),
            ("code --wait", Some(7), &["--goto", "/a b.toml:7"]),
            ("zed --wait", Some(7), &["/a b.toml:7"]),
            ("some-editor", Some(7), &["/a b.toml"]),
            ("vim", None, &["/a b.toml"]),
        ] {
            assert_eq!(arguments(editor, Path::new("/a b.toml"), line), expected, "{editor} at {line:?}");
        }
    }
}
