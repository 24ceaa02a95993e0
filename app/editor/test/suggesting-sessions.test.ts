import assert from "node:assert/strict";
import { test } from "node:test";

import { placesOf } from "../src/placed.ts";
import { sameWords } from "../src/suggesting/drafts.ts";
import { Client, Dice, randomOf, Server, Suggester, Writer } from "./session.ts";

/** How many; more by `SESSIONS=20000 npm test`. */
const SESSIONS = Number(process.env["SESSIONS"] ?? 1500);
/** The first; one alone again by `SEED=… SESSIONS=1 npm test`. */
const SEED = Number(process.env["SEED"] ?? 1);
const STEPS = 40;

const counts = { accepted: 0, unseen: 0, whole: 0, outdated: 0, rejected: 0, steps: 0, edits: 0 };

function session(seed: number): void {
  const dice = new Dice(randomOf(seed));
  const server = new Server(dice.chance(0.1) ? "" : Array.from({ length: 1 + dice.below(8) }, () => dice.words()).join(dice.of([" ", "\n", ""])));
  const suggesters = Array.from({ length: 1 + dice.below(3) }, () => new Suggester(server));
  const clients: Client[] = [...suggesters, ...Array.from({ length: 1 + dice.below(2) }, () => new Writer(server))];
  for (let step = 0; step < STEPS; step++) {
    const doing = dice.random();
    if (doing < 0.5) dice.of(clients).act(dice);
    else if (doing < 0.75) dice.of(clients).hear(dice);
    else if (doing < 0.95) decide(dice, server);
    else dice.of(suggesters).hearFates();
    for (const client of clients) client.check();
    counts.steps += 1;
    counts.edits += suggesters.reduce((sum, { overlay }) => sum + overlay.drafts.length, 0);
  }
  settle(server, suggesters, clients);
}

/**
 * Somebody accepts or rejects a suggestion. An author who has heard everything before must not notice, unless they have taken it back meanwhile;
 * if they have typed no more there, it is no suggestion any more.
 */
function decide(dice: Dice, server: Server): void {
  const open = [...server.records].filter(([, { state }]) => state === "open");
  if (open.length === 0) return;
  const [id, record] = dice.of(open);
  const { owner } = record;
  if (dice.chance(0.25)) {
    record.state = "rejected";
    counts.rejected += 1;
    return;
  }
  const draft = owner.overlay.drafts.find((draft) => draft.id === id);
  const placed = placesOf(owner.text, record.edits);
  const { changes } = owner.overlay;
  const isThere = owner.inbox.length === 0 && placed?.every(({ from, to }) => changes.touchesRange(from, to));
  const [view, edits] = [owner.state.doc.toString(), owner.edits];
  if (!server.accept(id)) {
    counts.outdated += 1;
    return;
  }
  counts.accepted += 1;
  if (!isThere) return;
  owner.hearAll();
  assert.equal(owner.state.doc.toString(), view, "an accepted suggestion changes nothing on its author's screen");
  assert.ok(!owner.overlay.drafts.some((draft) => draft.id === id), "an accepted suggestion is none any more");
  counts.unseen += 1;
  if (!draft || !sameWords(draft.edits, record.edits)) return;
  assert.equal(owner.edits, edits - draft.edits.length, "and nothing of it is suggested again");
  counts.whole += 1;
}

/** Everybody hears everything: then all have the server's text, and under the suggestions of each lies that text. */
function settle(server: Server, suggesters: Suggester[], clients: Client[]): void {
  for (const client of clients) client.hearAll();
  for (const client of clients) {
    assert.equal(client.text.toString(), server.text.toString());
    client.check();
  }
  for (const suggester of suggesters) {
    suggester.hearFates();
    suggester.check();
    suggester.takeBack();
    assert.equal(suggester.state.doc.toString(), server.text.toString(), "without suggestions it is the shared text");
  }
}

test(`random sessions of several people, ${SESSIONS} from seed ${SEED}`, (t) => {
  for (let seed = SEED; seed < SEED + SESSIONS; seed++) {
    try {
      session(seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  t.diagnostic(JSON.stringify(counts));
  if (SESSIONS < 1000) return;
  assert.ok(counts.accepted > SESSIONS / 10 && counts.whole > SESSIONS / 50 && counts.unseen > counts.whole, "the sessions decide something");
});
