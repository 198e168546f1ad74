//! Every type in whatever pieces it comes, what is cut off, changed, faked or followed by something, and what is said of it.

use proptest::prelude::*;

use super::samples::ALL;
use super::*;
use crate::files::judge_input;

/// Judges a file that arrives in pieces of so many bytes; gives what of it is kept too.
fn judge(content: &[u8], piece: usize) -> Result<(Judged, Vec<u8>), Fault> {
    let mut judge = Judge::default();
    let mut kept = Vec::new();
    for piece in content.chunks(piece.max(1)) {
        let length = judge.feed(piece)?;
        assert!(length <= piece.len());
        kept.extend_from_slice(&piece[..length]);
    }
    Ok((judge.finish()?, kept))
}

fn said(content: &[u8]) -> String {
    judge(content, 7).unwrap_err().to_string()
}

#[test]
fn each_type_is_known_in_whatever_pieces_it_comes() {
    for (kind, content, size) in ALL {
        for piece in [1, 2, 5, 13, 64, 1_000, content.len()] {
            let (judged, kept) = judge(content, piece).unwrap();
            assert_eq!(judged.kind, kind, "{piece}");
            assert_eq!(judged.bytes, content.len() as u64, "{kind:?}");
            assert_eq!(judged.size.map(|size| (size.width, size.height)), size);
            assert_eq!(kept, content);
        }
    }
}

#[test]
fn one_that_is_cut_off_anywhere_is_none() {
    for (kind, content, _) in ALL {
        // A PDF may end with a line break, or without.
        let shortest = if kind == FileType::Pdf { 1 } else { 0 };
        for length in 0..content.len() - shortest {
            let found = judge(&content[..length], 64);
            assert!(found.is_err(), "{kind:?} of {length} bytes: {found:?}");
        }
    }
}

#[test]
fn what_follows_an_image_is_not_kept_and_what_follows_a_pdf_is_refused() {
    for tail in [
        &b"PK\x03\x04 an archive"[..],
        b"<script>alert(1)</script>",
        b"\0",
    ] {
        for (kind, content, _) in ALL {
            let whole = [content, tail].concat();
            for piece in [1, 64, whole.len()] {
                match judge(&whole, piece) {
                    Ok((judged, kept)) if kind != FileType::Pdf => {
                        assert_eq!((judged.bytes, &*kept), (content.len() as u64, content));
                    }
                    Ok(_) => assert_eq!(tail, b"\0", "readers pad so"),
                    Err(fault) => {
                        assert_eq!(kind, FileType::Pdf);
                        assert_eq!(
                            fault.to_string(),
                            "is no sound PDF: something follows its end."
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn a_page_with_the_head_of_an_image_is_none() {
    let page = b"<html><script>alert(1)</script></html>".repeat(20);
    for (kind, content, _) in ALL {
        for length in [8, 12, 20] {
            let faked = [&content[..length.min(content.len())], &page].concat();
            assert!(judge(&faked, 64).is_err(), "{kind:?}");
        }
    }
}

#[test]
fn a_changed_png_is_noticed() {
    let (_, png, _) = ALL[0];
    for at in 0..png.len() {
        let mut changed = png.to_vec();
        changed[at] ^= 1;
        assert!(judge(&changed, 64).is_err(), "{at}");
    }
}

#[test]
fn a_refusal_says_what_was_found() {
    assert_eq!(said(b""), "is empty.");
    assert_eq!(
        said(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff"),
        "is not a PDF or an image: it begins with MZ, as Windows programs do."
    );
    assert_eq!(
        said(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0"),
        "is not a PDF or an image: it begins with PK, as ZIP archives and Office documents do."
    );
    assert_eq!(
        said(b"<!DOCTYPE html><p>"),
        "is not a PDF or an image: it begins with \u{201c}<!DOCTYPE ht\u{201d}."
    );
    assert_eq!(
        said(b"\0\0\0\x18ftypheic\0\0\0\0"),
        "is not a PDF or an image: it is a HEIC photo; send it as JPEG."
    );
    assert_eq!(
        said(b"\x01\x02\x03"),
        "is not a PDF or an image: it begins with the bytes 01 02 03."
    );
    assert_eq!(
        said(b"\n%PDF-1.4 and so on"),
        "is not a PDF or an image: it begins with the bytes 0A 25 50 44 46 2D 31 2E."
    );
    assert_eq!(
        said(&ALL[0].1[..100]),
        "is cut off: it begins as a PNG and ends before its end."
    );
    let mut huge = ALL[5].1.to_vec();
    huge[6..10].copy_from_slice(&[0xff; 4]);
    assert_eq!(
        said(&huge),
        "has 65535 × 65535 pixels; at most 120 million can be shown."
    );
}

/// Browsers give a GIF the size of a frame that is larger than its screen.
#[test]
fn the_largest_frame_of_a_gif_counts() {
    let (_, gif, _) = ALL[5];
    let frame = gif.iter().position(|byte| *byte == b',').unwrap();
    let with_frame = |place: [u8; 8]| {
        let mut changed = gif.to_vec();
        changed[frame + 1..frame + 9].copy_from_slice(&place);
        changed
    };
    // Left, top, width and height.
    let larger = with_frame([10, 0, 2, 0, 5, 0, 7, 1]);
    let huge = with_frame([0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
    for piece in [1, 7, 64] {
        let size = judge(&larger, piece).unwrap().0.size.unwrap();
        assert_eq!((size.width, size.height), (15, 265));
        assert_eq!(
            judge(&huge, piece).unwrap_err().to_string(),
            "has 65535 × 65535 pixels; at most 120 million can be shown."
        );
    }
}

/// What the fuzzer once found worth keeping is judged in every run of the tests.
#[test]
fn the_fuzzers_corpus() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/judge");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        judge_input::judge(&std::fs::read(file.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count >= 10, "{count} inputs in {folder}");
}

proptest! {
    #[test]
    fn nothing_that_comes_makes_it_fail(
        sample in 0..ALL.len(),
        length in 0..3_000_usize,
        changes in prop::collection::vec((0..3_000_usize, any::<u8>()), 0..8),
        piece in 1..200_usize,
    ) {
        let mut content = ALL[sample].1.to_vec();
        content.truncate(length);
        for (at, byte) in changes {
            if let Some(place) = content.get_mut(at) {
                *place = byte;
            }
        }
        // In one piece or in many, the verdict is the same.
        prop_assert_eq!(judge(&content, piece), judge(&content, content.len()));
    }

    #[test]
    fn nor_does_noise(content in prop::collection::vec(any::<u8>(), 0..300), sample in 0..ALL.len()) {
        let begun = [&ALL[sample].1[..12], &content].concat();
        prop_assert_eq!(judge(&begun, 1), judge(&begun, begun.len()));
    }
}
