//! The reviews that come with the program.

macro_rules! bundle {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../reviews/", $name, ".toml")))),*]
    };
}

/// Names below `reviews/` without `.toml`, with their texts. A test compares the list with the folder.
pub(super) const REVIEWS: &[(&str, &str)] = bundle! {
    "albums/kind-of-blue"
    "books/a-wizard-of-earthsea"
    "books/middlemarch"
    "books/middlemarch-a-claim"
    "books/middlemarch-by-ear"
    "books/snow-country"
    "books/the-farthest-shore"
    "books/the-left-hand-of-darkness"
    "books/the-remains-of-the-day"
    "books/the-tombs-of-atuan"
    "films/amelie"
    "films/arrival"
    "films/in-the-mood-for-love"
    "films/never-let-me-go"
    "films/the-third-man"
    "games/disco-elysium"
    "games/kentucky-route-zero"
    "games/kentucky-route-zero-notes"
    "games/outer-wilds"
    "games/return-of-the-obra-dinn"
    "plays/arcadia"
    "series/dark"
    "series/dark-on-nights"
    "series/dark-the-file"
    "series/the-wire"
    "series/twin-peaks"
    "works/dark"
    "works/kentucky-route-zero"
    "works/middlemarch"
    "works/the-wire"
};

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::review::Parser;

    #[test]
    fn every_review_in_the_folder_is_bundled_and_right() {
        let mut names = Vec::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("reviews");
        for folder in fs::read_dir(&root).expect("the folder is there").flatten() {
            for file in fs::read_dir(folder.path()).expect("it holds folders").flatten() {
                let path = file.path();
                let below = path.strip_prefix(&root).expect("it is below").with_extension("");
                names.push(below.to_string_lossy().into_owned());
            }
        }
        names.sort();
        let bundled: Vec<_> = REVIEWS.iter().map(|(name, _)| *name).collect();
        assert_eq!(bundled, names, "the list in this file is that of the folder");
        for (name, text) in REVIEWS {
            if let Err(faults) = Parser::default().parse_unbound(text.as_bytes()) {
                panic!("{name}: {faults:?}");
            }
        }
    }
}
