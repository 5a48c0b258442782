use std::fs;
use std::path::Path;

use super::*;

#[test]
fn every_theme_in_the_folder_is_bundled_and_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/theme/themes");
    let files = fs::read_dir(folder).expect("the folder is there").flatten();
    let mut names: Vec<_> =
        files.filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned())).collect();
    names.sort();
    let themes = Themes::default();
    assert_eq!(themes.names(), names, "the list of bundled themes is that of the folder");
    for name in names {
        let read = themes.read(&name).expect("it is there");
        assert!(read.faults.is_empty(), "{name}: {:?}", read.faults);
    }
}

#[test]
fn the_table_of_parts_is_in_the_order_of_its_type() {
    for (at, (name, part, _)) in Part::ALL.into_iter().enumerate() {
        assert_eq!(part as usize, at, "{name}");
    }
}
