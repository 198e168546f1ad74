//! Small files of every type, as a browser and others wrote them.

use super::FileType;

/// Type, content, and width and height in pixels where it has them.
type Sample = (FileType, &'static [u8], Option<(u32, u32)>);

/// One of each, and more where they differ.
pub(crate) const ALL: [Sample; 7] = [
    (
        FileType::Png,
        include_bytes!("../../../tests/files/photo.png"),
        Some((48, 32)),
    ),
    (
        FileType::Jpeg,
        include_bytes!("../../../tests/files/photo.jpg"),
        Some((48, 32)),
    ),
    (
        FileType::Webp,
        include_bytes!("../../../tests/files/photo.webp"),
        Some((48, 32)),
    ),
    (
        FileType::Webp,
        include_bytes!("../../../tests/files/simple.webp"),
        Some((1, 1)),
    ),
    (
        FileType::Webp,
        include_bytes!("../../../tests/files/lossless.webp"),
        Some((1, 1)),
    ),
    (
        FileType::Gif,
        include_bytes!("../../../tests/files/photo.gif"),
        Some((1, 1)),
    ),
    (
        FileType::Pdf,
        include_bytes!("../../../tests/files/report.pdf"),
        None,
    ),
];
