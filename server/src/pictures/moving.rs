//! GIFs, which may move: every frame is unpacked and packed anew with its own colours, so nothing is lost but what is not to be seen.

use app::model::picture::Format;
use gif::{DecodeOptions, Decoder, Encoder, EncodingError, MemoryLimit};
use std::num::NonZeroU64;

use super::{Encoded, LARGEST_ANEW, PIXELS, Refusal, bounded};

/// Pixels of all frames together: a minute of a small window. Packed and unpacked in about a second.
const ALL_FRAMES: u64 = 8 * PIXELS;

/// A GIF.
pub fn gif(file: &[u8]) -> Result<Encoded, Refusal> {
    let mut options = DecodeOptions::new();
    options.set_memory_limit(NonZeroU64::new(PIXELS).map_or(MemoryLimit::Unlimited, MemoryLimit::Bytes));
    let mut decoder = options.read_info(file).map_err(|_| Refusal::Damaged)?;
    let (width, height) = (decoder.width(), decoder.height());
    bounded(width.into(), height.into())?;
    let colours = decoder.global_palette().unwrap_or_default().to_vec();
    let mut encoder = Encoder::new(Vec::new(), width, height, &colours).map_err(failed)?;
    let (mut frames, mut pixels) = (0, 0);
    while let Some((wide, high)) = next_frame(&mut decoder)? {
        if frames == 0 {
            // Said in front of the first frame.
            encoder.set_repeat(decoder.repeat()).map_err(failed)?;
        }
        (frames, pixels) = (frames + 1, pixels + wide * high);
        if wide * high > PIXELS || pixels > ALL_FRAMES {
            return Err(Refusal::TooManyPixels);
        }
        copy_frame(&mut decoder, &mut encoder)?;
        if encoder.get_ref().len() > LARGEST_ANEW {
            return Err(Refusal::TooLargeAnew);
        }
    }
    if frames == 0 {
        return Err(Refusal::Damaged);
    }
    let bytes = encoder.into_inner().map_err(|_| Refusal::Damaged)?;
    Ok(Encoded { format: Format::Gif, width: width.into(), height: height.into(), bytes })
}

/// The size of the next frame, before it is unpacked.
fn next_frame(decoder: &mut Decoder<&[u8]>) -> Result<Option<(u64, u64)>, Refusal> {
    let frame = decoder.next_frame_info().map_err(|_| Refusal::Damaged)?;
    Ok(frame.map(|frame| (frame.width.into(), frame.height.into())))
}

fn copy_frame(decoder: &mut Decoder<&[u8]>, encoder: &mut Encoder<Vec<u8>>) -> Result<(), Refusal> {
    let mut frame = decoder.current_frame_info().cloned().ok_or(Refusal::Damaged)?;
    let mut indices = vec![0; usize::from(frame.width) * usize::from(frame.height)];
    decoder.read_into_buffer(&mut indices).map_err(|_| Refusal::Damaged)?;
    // Unpacked, its lines are in order.
    frame.interlaced = false;
    frame.buffer = indices.into();
    encoder.write_frame(&frame).map_err(failed)
}

fn failed(_: EncodingError) -> Refusal {
    Refusal::Damaged
}
