/**
 * Frames of the Yjs socket: y-protocols (sync 0, awareness 1, query 3) and Quorum's own answers to clients that ask for them with
 * `?acks=1` (100 committed, 101 degraded, 102 refused). One socket message holds one frame.
 *
 * @see https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const COMMITTED = 100;
const DEGRADED = 101;
const REFUSED = 102;

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** A frame from the server. */
export type Incoming =
  | { type: "step-1"; vector: Uint8Array }
  | { type: "step-2"; update: Uint8Array }
  | { type: "update"; update: Uint8Array }
  | { type: "awareness"; update: Uint8Array }
  | { type: "query" }
  | { type: "committed"; upTo: number }
  | { type: "degraded"; degraded: boolean }
  | { type: "refused"; reason: string }
  | { type: "unknown" };

/** Reads a frame. Throws on one that ends too early. */
export function decode(bytes: Uint8Array): Incoming {
  const decoder = decoding.createDecoder(bytes);
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      return decodeSync(decoder);
    case AWARENESS:
      return { type: "awareness", update: decoding.readVarUint8Array(decoder) };
    case QUERY_AWARENESS:
      return { type: "query" };
    case COMMITTED:
      return { type: "committed", upTo: decoding.readVarUint(decoder) };
    case DEGRADED:
      return { type: "degraded", degraded: decoding.readVarUint(decoder) === 1 };
    case REFUSED:
      return { type: "refused", reason: decoding.readVarString(decoder) };
    default:
      return { type: "unknown" };
  }
}

function decodeSync(decoder: decoding.Decoder): Incoming {
  const step = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (step === STEP_1) return { type: "step-1", vector: bytes };
  if (step === STEP_2) return { type: "step-2", update: bytes };
  if (step === UPDATE) return { type: "update", update: bytes };
  return { type: "unknown" };
}

/** "This is what I have; send me the rest." */
export function step1(vector: Uint8Array): Uint8Array {
  return frame([SYNC, STEP_1], vector);
}

/** The answer to the server's step 1. An update frame for the purposes of acknowledgement. */
export function step2(update: Uint8Array): Uint8Array {
  return frame([SYNC, STEP_2], update);
}

/** One change. An update frame for the purposes of acknowledgement. */
export function update(bytes: Uint8Array): Uint8Array {
  return frame([SYNC, UPDATE], bytes);
}

/** Who is here and where their caret is. */
export function awareness(bytes: Uint8Array): Uint8Array {
  return frame([AWARENESS], bytes);
}

/** "Who is here?", which doubles as our ping: browsers cannot send protocol pings, and the answer needs no database. */
export function query(): Uint8Array {
  return frame([QUERY_AWARENESS]);
}

function frame(head: number[], body?: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of head) encoding.writeVarUint(encoder, number);
  if (body) encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}
