//! Whether the terminal and the locale can show the reader, judging by environment variables alone.

/// Why the reader cannot be shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// The terminal can only print, for this reason.
    CannotDraw(String),
    /// The locale names a charset other than UTF-8. A terminal with another charset can mistake the bytes of a letter
    /// for control characters.
    OtherCharset(String),
}

/// The reason why the reader cannot be shown here, if there is one.
pub(super) fn unfit() -> Option<Unfit> {
    let variable = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    judge(variable)
}

fn judge(variable: impl Fn(&str) -> Option<String>) -> Option<Unfit> {
    match variable("TERM").as_deref() {
        None | Some("") => return Some(Unfit::CannotDraw("TERM is not set".to_owned())),
        Some("dumb") => return Some(Unfit::CannotDraw("TERM is dumb".to_owned())),
        Some(_) => {}
    }
    let set = |name: &&str| {
        variable(name).filter(|locale| !locale.is_empty()).map(|locale| format!("{name}={locale}"))
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set)?;
    // Containers and remote machines often have a locale without a charset, such as `C`, which says nothing about the
    // terminal.
    let (_, charset) = locale.split_once('.')?;
    let charset = charset.split('@').next().unwrap_or_default().replace(['-', '_'], "").to_lowercase();
    (charset != "utf8").then_some(Unfit::OtherCharset(locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_charset_that_is_named_is_another_one() {
        for (locales, is_fit) in [
            (&[][..], true),
            (&[("LC_ALL", "C")], true),
            (&[("LANG", "POSIX")], true),
            (&[("LANG", "de_DE@euro")], true),
            (&[("LANG", "de_DE.UTF-8")], true),
            (&[("LC_CTYPE", "de_DE.utf8@euro"), ("LANG", "de_DE.ISO-8859-1")], true),
            (&[("LANG", "de_DE.ISO-8859-1")], false),
            (&[("LC_ALL", "ja_JP.eucJP"), ("LANG", "C.UTF-8")], false),
            (&[("LC_ALL", ""), ("LC_CTYPE", "ru_RU.KOI8-R")], false),
        ] {
            let variable = |name: &str| {
                let all = [&[("TERM", "xterm")], locales].concat();
                all.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(judge(variable).is_none(), is_fit, "{locales:?}");
        }
    }
}
