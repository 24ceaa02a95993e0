//! Looks into a Yjs update before it is applied: whose structs, what is new, what it needs, how much text it brings.
//!
//! Applying cannot be undone and decoding hostile bytes can panic, so the decision is made on the bytes. Only what Quorum's documents hold is
//! let through: text in the root type `content`, tombstones and gaps. Layout of an update (v1): <https://github.com/yjs/yjs/blob/main/INTERNALS.md>.

use std::collections::{HashMap, HashSet};

use super::varint::{Malformed, Reader};

/// The name of the shared text in every document.
pub const ROOT: &str = "content";

/// The kinds of structs that a text consists of, as Yjs numbers them.
const GC: u8 = 0;
const DELETED: u8 = 1;
const STRING: u8 = 4;
const SKIP: u8 = 10;

/// The structs of one client in an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// Whose.
    pub client: u64,
    /// Clock of the first struct.
    pub clock: u32,
    /// Clock after the last.
    pub end: u32,
    /// How many.
    pub structs: u32,
    /// The structs themselves.
    pub bytes: &'a [u8],
}

/// Clocks of one client that an update deletes: (first, length).
pub type Deletes = (u64, Vec<(u32, u32)>);

/// What an update is to a document that knows some clocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan<'a> {
    /// Structs by client.
    pub sections: Vec<Section<'a>>,
    /// What it deletes.
    pub deletes: Vec<Deletes>,
    /// Clients of whom it brings structs that the document has not, with their clock afterwards.
    pub fresh: Vec<(u64, u32)>,
    /// Bytes of text in new structs.
    pub inserted: usize,
    /// New text holds a carriage return or U+0000.
    pub unclean: bool,
    /// It needs structs that neither the document nor the update has, or leaves a hole.
    pub missing: bool,
}

/// Reads an update as seen by a document that knows, of each client, the structs below `known(client)`.
pub fn scan(update: &[u8], known: impl Fn(u64) -> u32) -> Result<Scan<'_>, Malformed> {
    let mut reader = Reader::new(update);
    let mut pass = Pass { scan: Scan::default(), reach: HashMap::new(), needs: Vec::new() };
    for _ in 0..reader.number()? {
        pass.section(&mut reader, update, &known)?;
    }
    let mut deleters = HashSet::new();
    for _ in 0..reader.number()? {
        let client = reader.number()?;
        // Of a client's deletions that come in two parts yrs would keep the second, Yjs both.
        if !deleters.insert(client) {
            return Err(Malformed);
        }
        let mut ranges = Vec::new();
        for _ in 0..reader.number()? {
            let (clock, length) = (reader.small()?, reader.small()?);
            // Of a deletion of nothing yrs would wait for more.
            if length == 0 {
                return Err(Malformed);
            }
            pass.needs.push((client, clock.checked_add(length).ok_or(Malformed)?));
            ranges.push((clock, length));
        }
        pass.scan.deletes.push((client, ranges));
    }
    if !reader.done() {
        return Err(Malformed);
    }
    let Pass { mut scan, reach, needs } = pass;
    scan.missing |= needs.iter().any(|(client, end)| *end > reach.get(client).copied().unwrap_or_else(|| known(*client)));
    Ok(scan)
}

/// A scan under way.
struct Pass<'a> {
    scan: Scan<'a>,
    /// Of each client in the update: the clock up to which there is no hole once it is applied.
    reach: HashMap<u64, u32>,
    /// (client, end): structs of `client` below `end` must be there afterwards.
    needs: Vec<(u64, u32)>,
}

impl<'a> Pass<'a> {
    /// One client's structs.
    fn section(&mut self, reader: &mut Reader<'a>, update: &'a [u8], known: impl Fn(u64) -> u32) -> Result<(), Malformed> {
        let structs = reader.small()?;
        let client = reader.number()?;
        let clock = reader.small()?;
        let start = reader.at();
        if structs == 0 || self.reach.contains_key(&client) {
            return Err(Malformed);
        }
        let known = known(client);
        let (mut end, mut reach) = (clock, known);
        for _ in 0..structs {
            let item = item(reader, (client, end))?;
            let next = end.checked_add(item.length).ok_or(Malformed)?;
            if !item.skip && next > known {
                self.scan.missing |= end > reach;
                self.scan.inserted += item.text.len();
                self.scan.unclean |= item.text.bytes().any(|byte| byte == b'\r' || byte == 0);
                self.needs.extend(item.needs.into_iter().flatten());
                reach = reach.max(next);
            }
            end = next;
        }
        if reach > known {
            self.scan.fresh.push((client, reach));
        }
        self.reach.insert(client, reach);
        self.scan.sections.push(Section { client, clock, end, structs, bytes: &update[start..reader.at()] });
        Ok(())
    }
}

/// One struct.
struct Item<'a> {
    length: u32,
    skip: bool,
    text: &'a str,
    needs: [Option<(u64, u32)>; 2],
}

/// Reads one struct that stands at `id`.
fn item<'a>(reader: &mut Reader<'a>, id: (u64, u32)) -> Result<Item<'a>, Malformed> {
    let info = reader.byte()?;
    let mut item = Item { length: 0, skip: info == SKIP, text: "", needs: [None, None] };
    if info == GC || info == SKIP {
        item.length = reader.small()?;
    } else {
        if info & 0x80 != 0 {
            item.needs[0] = Some(origin(reader, id)?);
        }
        if info & 0x40 != 0 {
            item.needs[1] = Some(origin(reader, id)?);
        }
        // Without neighbours it names its parent, which can only be the text; a key in a map (0x20) cannot be.
        if info & 0x20 != 0 || (info & 0xc0 == 0 && (reader.number()? != 1 || reader.text()? != ROOT)) {
            return Err(Malformed);
        }
        match info & 0x1f {
            DELETED => item.length = reader.small()?,
            STRING => {
                item.text = reader.text()?;
                item.length = u32::try_from(item.text.encode_utf16().count()).map_err(|_| Malformed)?;
            }
            _ => return Err(Malformed),
        }
    }
    if item.length == 0 { Err(Malformed) } else { Ok(item) }
}

/// A neighbour that must be there; of one's own client, an earlier one.
fn origin(reader: &mut Reader<'_>, id: (u64, u32)) -> Result<(u64, u32), Malformed> {
    let (client, clock) = (reader.number()?, reader.small()?);
    if client == id.0 && clock >= id.1 {
        return Err(Malformed);
    }
    Ok((client, clock.checked_add(1).ok_or(Malformed)?))
}
