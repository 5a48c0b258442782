//! What bytes are decoded to, whole and split up.

use proptest::prelude::*;

use super::*;

fn decoded(parts: &[&[u8]]) -> Vec<String> {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    parts.iter().for_each(|part| decoder.advance(part, &mut out));
    decoder.settle(&mut out);
    out.iter().map(told).collect()
}

fn told(event: &Event) -> String {
    match event {
        Event::Key(key) if key.modifiers.is_empty() => format!("{:?}", key.code),
        Event::Key(key) => format!("{:?}+{:?}", key.modifiers, key.code),
        other => format!("{other:?}"),
    }
}

/// Answers and reports that nobody here has requested.
const UNASKED: &[&str] = &[
    "\x1b]11;rgb:0000/ssss/0000\x07",
    "\x1b]4;1;rgb:0000/0000/0000\x07",
    "\x1b]11;rgb:/0/0\x07",
    "\x1b]11;rgb:0/0\x07",
    "\x1b]52;c;cyBT\r\x1b\\",
    "\x1bP>|ghostty s\r\x1b\\",
    "\x1bP1$r0\rs\x1b\\",
    "\x1b_Gi=31;OK s\r\x1b\\",
    "\x1b^s\r\x1b\\",
    "\x1bXs\x18",
    "\u{9d}11;œs\r\u{9c}",
    "\x1b[?1;2c",
    "\x1b[>0;276;0c",
    "\x1b[=0c",
    "\x1b[24;80R",
    "\x1b[?2026;2$y",
    "\x1b[?0u",
    "\x1b[I",
    "\x1b[O",
    "\x1b[8;40;120t",
    "\x1b[0n",
    "\x1b[115;1:3u",
    "\x1b[13u",
    "\x1b[<35;60;10M",
    "\x1b[<2;60;10m",
    "\x1b[Ms\r!",
    "\x1b[[A",
    "\x1b[99999999999999999999999999999999999999999999999999999999999s",
];

#[test]
fn what_nobody_has_asked_for_is_swallowed_however_it_is_cut() {
    for sequence in UNASKED {
        let bytes = sequence.as_bytes();
        for cut in 0..bytes.len() {
            let all = [&bytes[..cut], &bytes[cut..], b"j"];
            assert_eq!(decoded(&all), ["Char('j')"], "{sequence:?} cut at {cut}");
        }
    }
}

#[test]
fn keys_are_what_their_bytes_say() {
    for (bytes, keys) in [
        ("js", &["Char('j')", "Char('s')"][..]),
        (
            "S\r\t\x7f \x03\n",
            &[
                "KeyModifiers(SHIFT)+Char('S')",
                "Enter",
                "Tab",
                "Backspace",
                "Char(' ')",
                "KeyModifiers(CONTROL)+Char('c')",
                "KeyModifiers(CONTROL)+Char('j')",
            ],
        ),
        ("é漢👍", &["Char('é')", "Char('漢')", "Char('👍')"]),
        ("\x1b", &["Esc"]),
        ("\x1b\x1b", &["Esc", "Esc"]),
        ("\x1bs\x1bé", &["KeyModifiers(ALT)+Char('s')", "KeyModifiers(ALT)+Char('é')"]),
        ("\x1b]", &["KeyModifiers(ALT)+Char(']')"]),
        ("\x1bP", &["KeyModifiers(SHIFT | ALT)+Char('P')"]),
        ("\x1b[", &["KeyModifiers(ALT)+Char('[')"]),
        ("\x1b[A\x1b[B\x1bOC\x1b[D\x1bOH\x1b[F", &["Up", "Down", "Right", "Left", "Home", "End"]),
        ("\x1b[5~\x1b[6~\x1b[1~\x1b[4~\x1b[3~", &["PageUp", "PageDown", "Home", "End", "Delete"]),
        (
            "\x1b[1;5C\x1b[Z\x1bOQ\x1b[24~",
            &["KeyModifiers(CONTROL)+Right", "KeyModifiers(SHIFT)+BackTab", "F(2)", "F(12)"],
        ),
        ("\x1b[<0;61;10M\x1b[<64;1;1M\x1b[<65;1;1M", &["Click(60, 9)", "Wheel(0, 0, -3)", "Wheel(0, 0, 3)"]),
        ("\x1b[<32;61;10M\x1b[<0;61;10m", &["Drag(60)", "Release"]),
        ("\x1b[200~a\x1b[31mé\n\x1b[201~j", &["Paste(\"a\\u{1b}[31mé\\n\")", "Char('j')"]),
        ("\x1b[?997;1nj\x1b[?997;2n\x1b[?997;3n", &["Appearance(Dark)", "Char('j')", "Appearance(Light)"]),
        ("\x1b]11;rgb:1d1d/2020/2626\x1b\\j", &["Appearance(Dark)", "Char('j')"]),
        ("\u{9d}11;rgb:ff/ff/fe\u{9c}\x1b]11;rgba:0/0/0/f\x07", &["Appearance(Light)", "Appearance(Dark)"]),
        // What comes late is worth less than what the terminal has said itself.
        ("\x1b[?997;1n\x1b]11;rgb:ffff/ffff/ffff\x07j", &["Appearance(Dark)", "Char('j')"]),
        // A string that never ends, and the two keys that end it anyway.
        ("\x1b]11;s\x03", &["KeyModifiers(CONTROL)+Char('c')"]),
        ("\x1b]11;s\x1bj", &["KeyModifiers(ALT)+Char('j')"]),
    ] {
        assert_eq!(decoded(&[bytes.as_bytes()]), keys, "{bytes:?}");
    }
}

#[test]
fn a_broken_character_is_no_key_and_takes_none_with_it() {
    assert_eq!(decoded(&[b"\xc3j\xff\xfek\xe6\xbc"]), ["Char('j')", "Char('k')"]);
}

#[test]
fn of_a_paste_without_end_no_more_is_kept_than_is_of_use() {
    let (mut decoder, mut out) = (Decoder::default(), Vec::new());
    decoder.advance(b"\x1b[200~", &mut out);
    decoder.advance(&vec![b'a'; 3 * MAX_PASTE], &mut out);
    assert!(decoder.pasted.len() <= MAX_PASTE + 64);
    decoder.advance(b"\x1b[201~", &mut out);
    assert!(matches!(&out[..], [Event::Paste(text)] if text.len() <= MAX_PASTE + 64));
}

proptest! {
    #[test]
    fn where_it_is_cut_changes_nothing(bytes in prop::collection::vec(any::<u8>(), 0..40), cut in 0usize..40) {
        let cut = cut.min(bytes.len());
        prop_assert_eq!(decoded(&[&bytes[..cut], &bytes[cut..]]), decoded(&[&bytes]));
    }

    #[test]
    fn whatever_a_string_holds_none_of_it_is_a_key(body in "[ -~é漢\\n\\r]{0,60}", introducer in "[P\\]_^X]", end in "\x07|\x1b\\\\") {
        prop_assume!(!body.is_empty());
        let bytes = format!("\x1b{introducer}{body}{end}");
        prop_assert_eq!(decoded(&[bytes.as_bytes()]), Vec::<String>::new());
    }
}
