//! `unspoiled new`: creates a review file to start from.

use std::io::{self, IsTerminal};
use std::path::Path;

use super::{Failure, Outcome, display_path, error_words, named, print, warn};
use crate::files;
use crate::shell::{self, EditorFault};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The title of the work
    title: String,
}

pub(super) fn run(args: &Args, all: &super::Args) -> Outcome {
    let folders = named(all);
    let Some(folder) = folders.first() else {
        return Err(Failure::Usage("name the folder of your reviews with --library DIR".to_owned()));
    };
    let title = crate::review::clean_line(&args.title).into_owned();
    let text = template(&title);
    if let Err(faults) = crate::review::Parser::default().parse(text.as_bytes()) {
        let reasons: Vec<_> = faults.iter().map(|fault| fault.reason.clone()).collect();
        return Err(Failure::Usage(reasons.join("; ")));
    }
    let path = (1..1000)
        .map(|n| {
            folder.join(
                crate::import::file_name(&title) + &if n > 1 { format!("-{n}.toml") } else { ".toml".into() },
            )
        })
        .find(|path| !path.exists())
        .ok_or_else(|| Failure::Failed("there are a thousand reviews with this name already".to_owned()))?;
    let could_not = |error: io::Error| {
        Failure::Failed(format!("{} could not be written: {}", display_path(&path), error_words(&error)))
    };
    files::create(&path, text.as_bytes()).map_err(could_not)?;
    print(format!("{}\n", display_path(&path)).as_bytes())?;
    match io::stdin().is_terminal() && io::stdout().is_terminal() {
        true => edit(&path),
        false => Ok(()),
    }
}

/// Opens the user's editor, if one is set.
fn edit(path: &Path) -> Outcome {
    match shell::edit(path, None) {
        Ok(()) => Ok(()),
        Err(fault @ EditorFault::Unset) => {
            warn(fault.reason());
            Ok(())
        }
        Err(fault) => {
            Err(Failure::Failed(format!("{} was created, but {}", display_path(path), fault.reason())))
        }
    }
}

fn template(title: &str) -> String {
    let title = toml::Value::String(title.to_owned());
    format!(
        r#"# A review. Lines that begin with # are comments; delete them as you like.

# title = "A headline of your own"
# reviewer = "Your name"
# date = 2012-02-05
# rating = 3.5                  # out of 5, or with its scale: "7/10"
# tags = ["slow", "classic"]
# link = "https://example.org/"
# spoilers = true               # the whole review is hidden

[work]
title = {title}
# kind = "book"                 # film, series, book, game, album, play
# year = 1871
# by = ["Who made it"]
# unit = "chapter"              # what `after` counts, if it is not episodes

# Open to everyone. Blank lines separate paragraphs; a few words inside a sentence are hidden like ||this||.
[[passage]]
text = '''
Write here.
'''

# Hidden. The label can be read by everyone, so it must not give anything away.
# [[passage]]
# spoiler = "how it ends"
# after = 9                     # shown automatically after this point
# text = '''
# '''
"#
    )
}
