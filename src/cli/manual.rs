//! The manual page for the program and all its commands, generated from the definitions that parse the command line.

use std::io::{self, Write};

use clap::Command;
use clap_mangen::Man;

use crate::keymap::{Keymap, Scope};

/// The page in roff.
pub(super) fn page(mut program: Command, keys: &Keymap) -> io::Result<Vec<u8>> {
    program.build();
    let mut page = Vec::new();
    let man = Man::new(program.clone().disable_help_subcommand(true));
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        // Global options are documented once, above.
        let own = command.clone().mut_args(|arg| {
            let is_common = arg.is_global_set() || matches!(arg.get_id().as_str(), "help" | "version");
            arg.hide(is_common)
        });
        write!(page, ".SH \"{} {}\"\n{about}.\n", program.get_name(), command.get_name())?;
        let man = Man::new(own);
        let mut sections = Vec::new();
        man.render_synopsis_section(&mut sections)?;
        man.render_options_section(&mut sections)?;
        page.extend(String::from_utf8_lossy(&sections).replace(".SH ", ".SS ").into_bytes());
    }
    write_keys(keys, &mut page)?;
    man.render_extra_section(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// The keys in force, with the name that each action has in the configuration.
fn write_keys(keys: &Keymap, page: &mut Vec<u8>) -> io::Result<()> {
    writeln!(page, ".SH KEYS\nEach action with its name in the configuration and its current keys.")?;
    for scope in Scope::ALL {
        writeln!(page, ".SS \"{} ([keys.{}])\"", scope.heading(), scope.name())?;
        for row in keys.rows_of(scope) {
            let keys = row.key_names().replace('\\', "\\e");
            writeln!(page, ".TP\n\\fB{}\\fR  {keys}\n{}.", row.binding.action.name(), row.binding.help)?;
        }
    }
    Ok(())
}
