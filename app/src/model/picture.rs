//! What a picture is called in texts. Pure.

use std::fmt;
use std::str::FromStr;

/// Where pictures are, under our own address.
const FOLDER: &str = "/pictures/";

/// Sides have at most so many digits: no picture that is taken is wider or higher than 65,535.
const DIGITS: usize = 5;

/// What a picture is kept as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Everything that is no photograph and does not move.
    Png,
    /// Photographs.
    Jpeg,
    /// What may move.
    Gif,
}

/// A picture's name: the SHA-256 of its bytes, its size in pixels and its format, `<64 digits>-1200x800.png`.
///
/// The size is part of it so that whoever draws a text, on the server or while it is written, keeps the right space free without asking for the
/// picture. There is one name for one picture: any other spelling names nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PictureName {
    /// SHA-256 of the bytes as they are served.
    pub hash: [u8; 32],
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What the bytes are.
    pub format: Format,
}

impl Format {
    const ALL: [Self; 3] = [Self::Png, Self::Jpeg, Self::Gif];

    /// As answers and the database say it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
        }
    }

    /// As names end.
    fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
        }
    }
}

impl PictureName {
    /// Where it is, as texts have it: `/pictures/<name>`.
    pub fn address(&self) -> String {
        format!("{FOLDER}{self}")
    }

    /// The picture at an address; none: the address is no picture of ours.
    pub fn of_address(address: &str) -> Option<Self> {
        address.strip_prefix(FOLDER)?.parse().ok()
    }
}

impl fmt::Display for PictureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        write!(f, "-{}x{}.{}", self.width, self.height, self.format.extension())
    }
}

/// Not a picture's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoName;

impl FromStr for PictureName {
    type Err = NoName;

    fn from_str(text: &str) -> Result<Self, NoName> {
        parse(text).ok_or(NoName)
    }
}

fn parse(text: &str) -> Option<PictureName> {
    let (stem, extension) = text.split_once('.')?;
    let format = Format::ALL.into_iter().find(|format| format.extension() == extension)?;
    let (hash, size) = stem.split_once('-')?;
    let (width, height) = size.split_once('x')?;
    Some(PictureName { hash: digest(hash)?, width: side(width)?, height: side(height)?, format })
}

fn digest(text: &str) -> Option<[u8; 32]> {
    let small = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    if text.len() != 64 || !text.as_bytes().iter().all(small) {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(hash)
}

fn side(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && !text.starts_with('0') { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_the_picture_it_names_are_one() {
        let name = PictureName { hash: [0xa7; 32], width: 1200, height: 800, format: Format::Jpeg };
        assert_eq!(name.address(), format!("/pictures/{}-1200x800.jpg", "a7".repeat(32)));
        assert_eq!(PictureName::of_address(&name.address()), Some(name));
    }

    #[test]
    fn any_other_spelling_names_nothing() {
        let hash = "a7".repeat(32);
        assert!(format!("{hash}-1x1.png").parse::<PictureName>().is_ok());
        let wrong = [
            String::new(),
            hash.clone(),
            format!("{hash}.png"),
            format!("{hash}-1x1"),
            format!("{hash}-1x1.svg"),
            format!("{hash}-1x1.PNG"),
            format!("{hash}-0x1.png"),
            format!("{hash}-01x1.png"),
            format!("{hash}-+1x1.png"),
            format!("{hash}-123456x1.png"),
            format!("{hash}-1x1.png?a"),
            format!("{hash}-1x1.png#a"),
            format!("../{hash}-1x1.png"),
            format!("{}-1x1.png", hash.to_uppercase()),
            format!("{}-1x1.png", &hash[1..]),
            format!("{}é-1x1.png", &hash[2..]),
        ];
        for wrong in wrong {
            assert_eq!(wrong.parse::<PictureName>(), Err(NoName), "{wrong}");
        }
        for elsewhere in
            [format!("{hash}-1x1.png"), format!("//pictures/{hash}-1x1.png"), format!("https://a.example/pictures/{hash}-1x1.png")]
        {
            assert_eq!(PictureName::of_address(&elsewhere), None, "{elsewhere}");
        }
    }
}
