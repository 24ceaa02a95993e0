use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Two pixels wide and one high: red and blue.
fn picture() -> RgbImage {
    RgbImage::from_fn(2, 1, |x, _| if x == 0 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) })
}

fn file(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture()).write_to(&mut bytes, format).expect("a file");
    bytes.into_inner()
}

/// EXIF that says how the picture is turned, and that it was taken at a secret place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"at home");
    exif
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A PNG that is no larger than its head says it is: so many pixels, and nothing else.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = file(ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// PNG's checksum (RFC 2083, appendix "Sample CRC code").
fn crc32(bytes: &[u8]) -> u32 {
    !bytes
        .iter()
        .fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 }))
}

fn gif(frames: u8, width: u16, height: u16) -> Vec<u8> {
    let mut encoder = gif::Encoder::new(Vec::new(), width, height, &[255, 0, 0, 0, 0, 255]).expect("a GIF");
    encoder.set_repeat(gif::Repeat::Infinite).expect("for ever");
    encoder.write_raw_extension(gif::Extension::Comment.into(), &[b"at home"]).expect("a comment");
    for frame in 0..frames {
        let indices = vec![frame % 2; usize::from(width) * usize::from(height)];
        encoder.write_frame(&gif::Frame { delay: 7, ..gif::Frame::from_indexed_pixels(width, height, indices, None) }).expect("a frame");
    }
    encoder.into_inner().expect("a GIF")
}

#[test]
fn photographs_stay_jpegs_and_everything_else_is_kept_without_loss() {
    let png = anew(&file(ImageFormat::Png)).expect("a PNG");
    assert_eq!((png.format, png.width, png.height), (Format::Png, 2, 1));
    assert_eq!(image::load_from_memory(&png.bytes).expect("readable").to_rgb8(), picture());
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp).encode(&picture(), 2, 1, image::ExtendedColorType::Rgb8).expect("a WebP");
    assert_eq!(anew(&webp), Ok(png), "the same picture is the same bytes");
    assert_eq!(anew(&file(ImageFormat::Jpeg)).expect("a JPEG").format, Format::Jpeg);
}

#[test]
fn what_is_transparent_stays_so() {
    let glass = RgbaImage::from_pixel(3, 2, Rgba([1, 2, 3, 77]));
    let mut bytes = Cursor::new(Vec::new());
    glass.write_to(&mut bytes, ImageFormat::Png).expect("a file");
    let kept = anew(&bytes.into_inner()).expect("a PNG");
    assert_eq!(image::load_from_memory(&kept.bytes).expect("readable").to_rgba8(), glass);
}

#[test]
fn a_photograph_is_turned_as_it_says_and_tells_nothing_else() {
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 100);
    encoder.set_exif_metadata(exif(6)).expect("EXIF");
    encoder.encode_image(&DynamicImage::from(picture())).expect("a JPEG");
    let mut png = Vec::new();
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_exif_metadata(exif(6)).expect("EXIF");
    DynamicImage::from(picture()).write_with_encoder(encoder).expect("a PNG");
    for file in [jpeg, png] {
        assert!(holds(&file, b"at home"));
        let kept = anew(&file).expect("a picture");
        assert_eq!((kept.width, kept.height), (1, 2), "a quarter turn");
        assert!(!holds(&kept.bytes, b"at home") && !holds(&kept.bytes, b"Exif") && !holds(&kept.bytes, b"eXIf"));
        let red = image::load_from_memory(&kept.bytes).expect("readable").to_rgb8().get_pixel(0, 0).0;
        assert!(red[0] > 200 && red[2] < 90, "clockwise, red is above: {red:?}");
    }
}

#[test]
fn a_gif_goes_on_moving_and_loses_what_is_not_to_be_seen() {
    let file = gif(3, 4, 2);
    assert!(holds(&file, b"at home"));
    let kept = anew(&file).expect("a GIF");
    assert_eq!((kept.format, kept.width, kept.height), (Format::Gif, 4, 2));
    assert!(!holds(&kept.bytes, b"at home"));
    let mut decoder = gif::DecodeOptions::new().read_info(kept.bytes.as_slice()).expect("readable");
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().expect("a frame") {
        frames.push((frame.delay, frame.buffer[0]));
    }
    assert_eq!(frames, [(7, 0), (7, 1), (7, 0)]);
    assert!(matches!(decoder.repeat(), gif::Repeat::Infinite));
}

#[test]
fn what_is_behind_a_picture_is_gone() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let file = [file(format), b"PK\x03\x04<script>alert(1)</script>".to_vec()].concat();
        let kept = anew(&file).expect("a picture");
        assert!(!holds(&kept.bytes, b"script") && !holds(&kept.bytes, b"PK"), "{format:?}");
    }
}

#[test]
fn more_than_can_be_held_is_refused_before_it_is_decoded() {
    for (width, height) in [(5_001, 5_000), (65_535, 65_535), (1 << 30, 1 << 30)] {
        assert_eq!(anew(&bomb(width, height)), Err(Refusal::TooManyPixels), "{width}x{height}");
    }
    let mut wide = gif(1, 1, 1);
    wide[6..10].copy_from_slice(&[0xff; 4]);
    assert_eq!(anew(&wide), Err(Refusal::TooManyPixels));
    let mut often = file(ImageFormat::Jpeg);
    for _ in 0..1_000 {
        often.extend([0xff, 0xda]);
    }
    assert_eq!(anew(&often), Err(Refusal::Damaged), "a thousand passes");
    assert_eq!(anew(&[file(ImageFormat::Png), vec![0; LARGEST]].concat()), Err(Refusal::TooLarge));
}

#[test]
fn a_refusal_says_what_to_do() {
    let cases: [(&[u8], Refusal); 8] = [
        (b"", Refusal::Unknown),
        (b"<!doctype html><img src=x onerror=alert(1)>", Refusal::Unknown),
        (b"%PDF-1.7", Refusal::Unknown),
        (b"BM\0\0\0\0\0\0\0\0\0\0", Refusal::Unknown),
        (b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>", Refusal::Svg),
        (b"\0\0\0\x18ftypheic\0\0\0\0", Refusal::Heic),
        (b"\x89PNG\r\n\x1a\nand nothing", Refusal::Damaged),
        (b"GIF89a", Refusal::Damaged),
    ];
    for (file, refusal) in cases {
        assert_eq!(anew(file), Err(refusal), "{}", String::from_utf8_lossy(file));
    }
}

/// A file of each format.
fn files() -> [Vec<u8>; 4] {
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp).encode(&picture(), 2, 1, image::ExtendedColorType::Rgb8).expect("a WebP");
    [file(ImageFormat::Png), file(ImageFormat::Jpeg), webp, gif(2, 3, 3)]
}

#[test]
fn a_picture_that_was_cut_off_anywhere_breaks_nothing() {
    for whole in files() {
        for length in 0..whole.len() {
            let _ = anew(&whole[..length]);
        }
    }
}

proptest! {
    #[test]
    fn damaged_bytes_break_nothing(which in 0..4_usize, damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut file = files()[which].clone();
        for (at, byte) in damage {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(kept) = anew(&file) {
            prop_assert!(anew(&kept.bytes).is_ok(), "what is kept can be read: {kept:?}");
        }
    }
}
