//! Pictures as strangers bring them, read and written anew: what is kept is our own encoding of what is to be seen. Whatever else a file held (where and
//! when a photograph was taken, a second file behind the first) is gone, and no other reader can take the bytes for something else.
//!
//! CPU work of up to a second, and memory for [`PIXELS`]: call it on the blocking pool, one at a time.

use app::model::picture::Format;
use image::ImageFormat;

mod carrier;
mod moving;
mod still;
mod store;

pub use store::PictureStore;

/// Bytes of a file: a photograph of 12 megapixels as telephones make them, a screenshot of any screen.
pub const LARGEST: usize = 5 << 20;
/// Bytes of what is kept: without loss a picture may become larger than its file, which may not hold twice what a file may.
const LARGEST_ANEW: usize = 10 << 20;
/// Pixels of a picture: photographs of 24 megapixels, screens of 5K. Decoded they take 100 MB, however few bytes a file says it with.
const PIXELS: u64 = 25_000_000;

/// A picture as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Encoded {
    /// What the bytes are.
    pub format: Format,
    /// In pixels, as it is looked at.
    pub width: u32,
    /// In pixels, as it is looked at.
    pub height: u32,
    /// What is served.
    pub bytes: Vec<u8>,
}

/// Why a picture is not taken, and what can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Larger than [`LARGEST`].
    #[error("This picture is larger than 5 MB. Make it smaller, or save it as a JPEG, and try again.")]
    TooLarge,
    /// More than [`PIXELS`].
    #[error("This picture has more than 25 million pixels. Make it smaller and try again.")]
    TooManyPixels,
    /// Larger than [`LARGEST_ANEW`].
    #[error("Kept without loss, this picture would be larger than 10 MB. Save it as a JPEG and try again.")]
    TooLargeAnew,
    /// A drawing that may hold scripts.
    #[error("SVG is not taken, because it can hold scripts. Save it as a PNG and try again, or draw it as a Mermaid diagram.")]
    Svg,
    /// What some telephones make.
    #[error("HEIC and AVIF are not taken, because not every browser shows them. Save it as a JPEG and try again.")]
    Heic,
    /// Moves, and is no GIF.
    #[error("A picture that moves is taken as a GIF only. Save it as a GIF and try again.")]
    Moving,
    /// Not of a format that is taken.
    #[error("This is no PNG, JPEG, GIF or WebP. Save it as one of them and try again.")]
    Unknown,
    /// Of one, but cannot be read.
    #[error("This picture is damaged and cannot be read. Save it once more and try again.")]
    Damaged,
}

/// Writes a picture anew. What it is, its bytes say, and not its name or who sent it.
pub fn anew(file: &[u8]) -> Result<Encoded, Refusal> {
    if file.len() > LARGEST {
        return Err(Refusal::TooLarge);
    }
    let encoded = match image::guess_format(file) {
        Ok(ImageFormat::Png) => still::png(file),
        Ok(ImageFormat::Jpeg) => still::jpeg(file),
        Ok(ImageFormat::WebP) => still::webp(file),
        Ok(ImageFormat::Gif) => moving::gif(file),
        _ => Err(unknown(file)),
    }?;
    if encoded.bytes.len() > LARGEST_ANEW { Err(Refusal::TooLargeAnew) } else { Ok(encoded) }
}

/// What can be said of a file that is of no format that is taken.
fn unknown(file: &[u8]) -> Refusal {
    let beginning = String::from_utf8_lossy(&file[..file.len().min(1_000)]).to_lowercase();
    match file.get(4..12) {
        _ if beginning.contains("<svg") => Refusal::Svg,
        Some(b"ftypheic" | b"ftypheix" | b"ftypmif1" | b"ftypavif") => Refusal::Heic,
        _ => Refusal::Unknown,
    }
}

/// Refuses more pixels than are decoded; asked before they are.
fn bounded(width: u32, height: u32) -> Result<(), Refusal> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Refusal::Damaged),
        1..=PIXELS => Ok(()),
        _ => Err(Refusal::TooManyPixels),
    }
}

impl std::fmt::Debug for Encoded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}x{}, {} bytes", self.format, self.width, self.height, self.bytes.len())
    }
}

#[cfg(test)]
mod tests;
