//! Pictures that do not move. Photographs stay photographs, because without loss they would be ten times as large; everything else is kept without loss.

use std::io::Cursor;

use app::model::picture::Format;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult, Limits, RgbaImage};

use super::{Encoded, PIXELS, Refusal, bounded};

/// Nobody sees the difference to the file, and it is hardly larger.
const QUALITY: u8 = 90;
/// Passes over the whole picture that a JPEG is drawn in: cameras and programs write up to a dozen; thousands would take hours.
const PASSES: usize = 100;

/// A PNG.
pub fn png(file: &[u8]) -> Result<Encoded, Refusal> {
    let decoder = PngDecoder::with_limits(Cursor::new(file), limits()).map_err(|error| refusal(&error))?;
    if decoder.is_apng().unwrap_or(false) {
        return Err(Refusal::Moving);
    }
    lossless(decoded(decoder)?)
}

/// A JPEG.
pub fn jpeg(file: &[u8]) -> Result<Encoded, Refusal> {
    // In what is drawn these two bytes never stand beside each other; in its preview, if it has one, they stand once more.
    let passes = file.windows(2).filter(|pair| *pair == [0xff, 0xda]).count();
    if passes > PASSES {
        return Err(Refusal::Damaged);
    }
    photograph(&decoded(JpegDecoder::new(Cursor::new(file)).map_err(|error| refusal(&error))?)?)
}

/// A WebP, which is either.
pub fn webp(file: &[u8]) -> Result<Encoded, Refusal> {
    let decoder = WebPDecoder::new(Cursor::new(file)).map_err(|error| refusal(&error))?;
    if decoder.has_animation() {
        return Err(Refusal::Moving);
    }
    let is_lossless = file.windows(4).any(|name| name == b"VP8L");
    let picture = decoded(decoder)?;
    if is_lossless || picture.color().has_alpha() { lossless(picture) } else { photograph(&picture) }
}

/// What is to be seen, the way up that it is looked at.
fn decoded(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Refusal> {
    let (width, height) = decoder.dimensions();
    bounded(width, height)?;
    decoder.set_limits(limits()).map_err(|error| refusal(&error))?;
    // What else the file says of the picture may be nonsense without harm.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn photograph(picture: &DynamicImage) -> Result<Encoded, Refusal> {
    written(picture, Format::Jpeg, |bytes| {
        let encoder = JpegEncoder::new_with_quality(bytes, QUALITY);
        if picture.color().has_color() {
            picture.to_rgb8().write_with_encoder(encoder)
        } else {
            picture.to_luma8().write_with_encoder(encoder)
        }
    })
}

/// Eight bits a channel, as screens have them; what is transparent nowhere does not say so at every pixel.
fn lossless(picture: DynamicImage) -> Result<Encoded, Refusal> {
    let coloured = picture.color().has_color();
    let picture = picture.into_rgba8();
    let picture = match (is_opaque(&picture), coloured) {
        (true, true) => DynamicImage::ImageRgba8(picture).to_rgb8().into(),
        (true, false) => DynamicImage::ImageRgba8(picture).to_luma8().into(),
        (false, _) => DynamicImage::ImageRgba8(picture),
    };
    written(&picture, Format::Png, |bytes| picture.write_with_encoder(PngEncoder::new(bytes)))
}

fn is_opaque(picture: &RgbaImage) -> bool {
    picture.pixels().all(|pixel| pixel.0[3] == u8::MAX)
}

fn written(picture: &DynamicImage, format: Format, write: impl FnOnce(&mut Vec<u8>) -> ImageResult<()>) -> Result<Encoded, Refusal> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| refusal(&error))?;
    Ok(Encoded { format, width: picture.width(), height: picture.height(), bytes })
}

/// For what a decoder needs besides the picture itself: four channels of up to two bytes are counted for that.
fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(PIXELS * 8 + (64 << 20));
    limits
}

fn refusal(error: &ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooManyPixels,
        _ => Refusal::Damaged,
    }
}
