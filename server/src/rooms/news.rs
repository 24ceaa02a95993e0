//! What processes tell each other about a live text. The log is the truth: any of this may be lost, repeated, late, or from an older release.

use app::model::ids::AccountId;
use bytes::Bytes;
use uuid::Uuid;

use super::varint::{Malformed, Reader, put, put_bytes};

/// A message larger than this says only how far the log has grown; whoever needs the rows reads them there.
const LARGEST: usize = 512 << 10;

/// The form below. Another one is passed over: the log says the same.
const FORM: u8 = 1;

/// One thing told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Rows of the log, the first with this seq.
    Rows(i64, Vec<Told>),
    /// The log has grown to this seq.
    Head(i64),
    /// Presence of peers, as an awareness message.
    Presence(Bytes),
    /// The text was opened: who is with you?
    Who,
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The update.
    pub bytes: Bytes,
    /// Whose; none: the server's.
    pub account: Option<AccountId>,
}

impl News {
    /// As bytes.
    pub fn encode(&self) -> Bytes {
        let mut out = vec![FORM];
        match self {
            Self::Rows(first, rows) if rows.iter().map(|row| row.bytes.len() + 24).sum::<usize>() <= LARGEST => {
                out.push(0);
                put(&mut out, first.unsigned_abs());
                put(&mut out, rows.len() as u64);
                for row in rows {
                    put_bytes(&mut out, row.account.as_ref().map_or(&[][..], |account| account.0.as_bytes()));
                    put_bytes(&mut out, &row.bytes);
                }
            }
            Self::Rows(first, rows) => head(&mut out, first - 1 + i64::try_from(rows.len()).unwrap_or_default()),
            Self::Head(seq) => head(&mut out, *seq),
            Self::Presence(states) => {
                out.push(2);
                put_bytes(&mut out, states);
            }
            Self::Who => out.push(3),
        }
        out.into()
    }

    /// Reads a message.
    pub fn decode(message: &Bytes) -> Result<Self, Malformed> {
        let mut reader = Reader::new(message);
        if reader.byte()? != FORM {
            return Err(Malformed);
        }
        let news = match reader.byte()? {
            0 => Self::Rows(seq(&mut reader)?, rows(&mut reader, message)?),
            1 => Self::Head(seq(&mut reader)?),
            2 => Self::Presence(message.slice_ref(reader.bytes()?)),
            3 => Self::Who,
            _ => return Err(Malformed),
        };
        if reader.done() { Ok(news) } else { Err(Malformed) }
    }
}

fn head(out: &mut Vec<u8>, seq: i64) {
    out.push(1);
    put(out, seq.unsigned_abs());
}

fn seq(reader: &mut Reader<'_>) -> Result<i64, Malformed> {
    i64::try_from(reader.number()?).map_err(|_| Malformed)
}

fn rows(reader: &mut Reader<'_>, message: &Bytes) -> Result<Vec<Told>, Malformed> {
    // A count is believed only as far as its rows are there.
    let mut rows = Vec::new();
    for _ in 0..reader.number()? {
        let account = match reader.bytes()? {
            [] => None,
            id => Some(AccountId(Uuid::from_slice(id).map_err(|_| Malformed)?)),
        };
        rows.push(Told { bytes: message.slice_ref(reader.bytes()?), account });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_news() -> impl Strategy<Value = News> {
        let row = (any::<Vec<u8>>(), any::<Option<u128>>())
            .prop_map(|(bytes, account)| Told { bytes: bytes.into(), account: account.map(|id| AccountId(Uuid::from_u128(id))) });
        prop_oneof![
            (1..1i64 << 50, proptest::collection::vec(row, 0..5)).prop_map(|(first, rows)| News::Rows(first, rows)),
            (0..1i64 << 50).prop_map(News::Head),
            any::<Vec<u8>>().prop_map(|states| News::Presence(states.into())),
            Just(News::Who),
        ]
    }

    proptest! {
        #[test]
        fn news_read_back_as_they_were_told(news in any_news()) {
            prop_assert_eq!(News::decode(&news.encode()), Ok(news));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = News::decode(&bytes.into());
        }
    }

    #[test]
    fn rows_too_large_for_the_bus_are_told_by_their_seq_alone() {
        let row = Told { bytes: vec![0; LARGEST].into(), account: None };
        assert_eq!(News::decode(&News::Rows(7, vec![row.clone(), row]).encode()), Ok(News::Head(8)));
    }
}
