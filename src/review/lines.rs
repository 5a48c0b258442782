//! Finds lines in a file, for an editor.

use toml::de::{DeTable, DeValue};

/// The line, from 1, where the passage with this number begins in a file.
#[must_use]
pub(crate) fn passage_line(source: &str, number: u32) -> Option<usize> {
    let table = DeTable::parse(source).ok()?.into_inner();
    let DeValue::Array(passages) = table.get("passage")?.get_ref() else { return None };
    let start = passages.get(number as usize)?.span().start;
    let before = source.get(..start)?;
    Some(before.matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_by_its_number() {
        let source = "[work]\ntitle = 'W'\n\n[[passage]]\ntext = '''\n[[passage]]\n'''\n\n# The end.\n[[passage]]\ntext = 'y'\n";
        assert_eq!(passage_line(source, 0), Some(4));
        assert_eq!(passage_line(source, 1), Some(10), "what looks like a passage in a text is none");
        assert_eq!(passage_line(source, 2), None);
        assert_eq!(passage_line("[[passage", 0), None);
    }
}
