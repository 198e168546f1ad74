//! The types.

use serde::{Deserialize, Serialize};

use crate::id::FileId;

/// A file that a message brings. It is read at `…/conversations/{id}/files/{file}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// The file.
    pub id: FileId,
    /// Its name, without a folder and without characters that show it as another; it ends as names of its type do.
    pub name: String,
    /// What it is, judged by its content.
    pub r#type: FileType,
    /// Its size.
    pub bytes: u32,
    /// Of an image, in pixels, as the file states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Of an image, in pixels, as the file states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// What kind of file may be sent.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FileType {
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// WebP.
    #[serde(rename = "image/webp")]
    Webp,
    /// GIF.
    #[serde(rename = "image/gif")]
    Gif,
    /// PDF.
    #[serde(rename = "application/pdf")]
    Pdf,
}

impl FileType {
    /// The media type, as it is on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Which files may be sent in the conversations of a chat widget, by either side.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FilePolicy {
    /// The largest file, 1,024 to 26,214,400 bytes.
    pub max_bytes: u32,
    /// Which types; at least one.
    #[cfg_attr(feature = "openapi", schema(max_items = 5))]
    pub types: Vec<FileType>,
}

/// Query of `POST …/files`. The body is the file.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SendFile {
    /// Chosen by the sender, as a message's; sending the same file again changes nothing and answers the same.
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub client_id: String,
}
