/** A whole conversation without a browser: people who write, people who suggest, and a server that decides, on real documents. */
import { history, redo, undo } from "@codemirror/commands";
import { EditorState, type ChangeSpec, type TransactionSpec } from "@codemirror/state";
import assert from "node:assert/strict";
import * as Y from "yjs";

import type { SuggestedEdit } from "../src/contract.ts";
import { placesOf, travelling } from "../src/placed.ts";
import { sameWords } from "../src/suggesting/drafts.ts";
import { editsOf } from "../src/suggesting/edits.ts";
import { cleanTyping, newId, overlayField, overlaySpec, stepSpec } from "../src/suggesting/field.ts";
import { changesOfDelta } from "../src/suggesting/follow.ts";
import { moved } from "../src/suggesting/moved.ts";
import { adopted, sentNow, without } from "../src/suggesting/overlay.ts";

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export class Dice {
  constructor(readonly random: () => number) {}
  below(n: number): number {
    return Math.floor(this.random() * n);
  }
  of<T>(some: readonly T[]): T {
    return some[this.below(some.length)]!;
  }
  chance(p: number): boolean {
    return this.random() < p;
  }
  words(): string {
    const pieces = ["a", "bc", "dog", " ", "cat ", "\n", "😀", "👍🏽", "é", "x\ny", "the quick brown fox jumps ", "\n\n", "word"];
    return Array.from({ length: 1 + this.below(3) }, () => this.of(pieces)).join("");
  }
  /** A place that is no half of a character. */
  place(text: string): number {
    const at = this.below(text.length + 1);
    return /[\udc00-\udfff]/.test(text[at] ?? "") && /[\ud800-\udbff]/.test(text[at - 1] ?? "") ? at + 1 : at;
  }
  range(text: string): { from: number; to: number } {
    const from = this.place(text);
    let to = Math.min(text.length, from + this.below(this.chance(0.2) ? 40 : 8));
    if (/[\udc00-\udfff]/.test(text[to] ?? "") && /[\ud800-\udbff]/.test(text[to - 1] ?? "")) to -= 1;
    return { from, to: Math.max(from, to) };
  }
}

interface Record {
  owner: Suggester;
  edits: SuggestedEdit[];
  state: "open" | "accepted" | "rejected" | "withdrawn";
}

/** The server: the document, the records, and what each has still to hear. */
export class Server {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText("content");
  readonly records = new Map<string, Record>();
  readonly clients: Client[] = [];

  constructor(text: string) {
    if (text !== "") this.text.insert(0, text);
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      for (const client of this.clients) if (client !== origin) client.inbox.push(update);
    });
  }

  /** As the server does it: all words must stand there, and only those that differ are changed. */
  accept(id: string): boolean {
    const record = this.records.get(id)!;
    const placed = placesOf(this.text, record.edits);
    const now = this.text.toString();
    if (record.state !== "open" || !placed || !placed.every(({ from, to, original }) => now.slice(from, to) === original)) return false;
    record.state = "accepted";
    this.doc.transact(() => {
      for (const { from, original, replacement } of [...placed].sort((a, b) => b.from - a.from)) replaceWords(this.text, from, original, replacement);
    });
    return true;
  }
}

/** Word by word, from the end, so that positions before stay. */
function replaceWords(text: Y.Text, at: number, before: string, after: string): void {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const length = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = 0; i < old.length; i++)
    for (let j = 0; j < now.length; j++) length[i + 1]![j + 1] = old[i] === now[j] ? length[i]![j]! + 1 : Math.max(length[i]![j + 1]!, length[i + 1]![j]!);
  let position = at + before.length;
  for (let i = old.length, j = now.length; i > 0 || j > 0; ) {
    if (i > 0 && j > 0 && old[i - 1] === now[j - 1]) {
      position -= old[--i]!.length;
      j -= 1;
    } else if (i > 0 && (j === 0 || length[i - 1]![j]! >= length[i]![j - 1]!)) {
      position -= old[--i]!.length;
      text.delete(position, old[i]!.length);
    } else {
      text.insert(position, now[--j]!);
    }
  }
}

function wordsOf(text: string): string[] {
  return text.match(/\p{L}+|\s|./gsu) ?? [];
}

/** Somebody with a document of their own. */
export abstract class Client {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText("content");
  readonly inbox: Uint8Array[] = [];

  constructor(readonly server: Server) {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(server.doc), "server");
    server.clients.push(this);
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "server") Y.applyUpdate(server.doc, update, this);
    });
  }

  /** Hears some of what waits: mostly one thing, sometimes several as one, rarely in another order. */
  hear(dice: Dice): void {
    if (this.inbox.length === 0) return;
    const several = dice.chance(0.2) ? 1 + dice.below(this.inbox.length) : 1;
    const from = dice.chance(0.1) ? dice.below(this.inbox.length) : 0;
    const updates = this.inbox.splice(from, several);
    Y.applyUpdate(this.doc, updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates), "server");
  }

  hearAll(): void {
    for (const update of this.inbox.splice(0)) Y.applyUpdate(this.doc, update, "server");
  }

  abstract act(dice: Dice): void;
  abstract check(): void;
}

/** Somebody who writes. */
export class Writer extends Client {
  act(dice: Dice): void {
    const now = this.text.toString();
    const { from, to } = dice.range(now);
    this.doc.transact(() => {
      if (dice.chance(0.6) && to > from) this.text.delete(from, to - from);
      if (dice.chance(0.7)) this.text.insert(from, dice.words());
    });
  }
  check(): void {}
}

/** Somebody who suggests. */
export class Suggester extends Client {
  state = EditorState.create({
    doc: this.text.toString(),
    extensions: [EditorState.lineSeparator.of("\n"), EditorState.allowMultipleSelections.of(true), overlayField, cleanTyping, history()],
  });
  /** What the server has of this person, as they last sent it. */
  readonly known = new Map<string, SuggestedEdit[]>();

  constructor(server: Server) {
    super(server);
    this.text.observe((event) => {
      const main = changesOfDelta(event.delta, this.overlay.base.length);
      this.run(stepSpec(moved(this.overlay, this.state.doc, main, newId)));
    });
  }

  get overlay() {
    return this.state.field(overlayField);
  }

  /** How many changes are suggested. */
  get edits(): number {
    return this.overlay.drafts.reduce((sum, { edits }) => sum + edits.length, 0);
  }

  run(spec: TransactionSpec): void {
    this.state = this.state.update(spec).state;
  }

  act(dice: Dice): void {
    const now = this.state.doc.toString();
    const doing = dice.random();
    if (doing < 0.15) undo({ state: this.state, dispatch: (tr) => (this.state = tr.state) });
    else if (doing < 0.22) redo({ state: this.state, dispatch: (tr) => (this.state = tr.state) });
    else if (doing < 0.3) this.#everywhere(dice, now);
    else if (doing < 0.55) this.send();
    else if (doing < 0.6) this.reload(dice);
    else if (doing < 0.7) this.#goOn(dice, now);
    else this.#type(dice, dice.range(now));
  }

  #type(dice: Dice, { from, to }: { from: number; to: number }): void {
    const kind = dice.below(3);
    const insert = kind === 1 ? "" : dice.words();
    this.run({ changes: { from, to: kind === 0 ? from : to, insert }, userEvent: "input.type" });
  }

  /** On a word that one has suggested already. */
  #goOn(dice: Dice, now: string): void {
    const { drafts, changes } = this.overlay;
    if (drafts.length === 0) return;
    const edit = dice.of(dice.of(drafts).edits);
    const at = changes.mapPos(edit.to, 1);
    const back = dice.below(4);
    const from = Math.max(0, at - back);
    const whole = /[\udc00-\udfff]/.test(now[from] ?? "") ? at : from;
    this.#type(dice, { from: whole, to: at });
  }

  #everywhere(dice: Dice, now: string): void {
    const word = dice.of(["a", "dog", "e", " "]);
    const changes: ChangeSpec[] = [...now.matchAll(new RegExp(word, "g"))].slice(0, 5).map(({ index }) => ({ from: index, to: index + word.length, insert: "new" }));
    if (changes.length > 0) this.run({ changes, userEvent: "input.replace" });
  }

  /** Only what the server's document knows can be sent; here everything does. */
  send(): void {
    const { drafts } = this.overlay;
    for (const { id, edits } of drafts) {
      const encoded = travelling(this.text, edits);
      const record = this.server.records.get(id);
      if (record && record.state !== "open") continue;
      this.server.records.set(id, { owner: this, edits: encoded, state: "open" });
      this.known.set(id, encoded);
    }
    for (const [id, record] of this.server.records) {
      if (record.owner === this && record.state === "open" && !drafts.some((draft) => draft.id === id)) record.state = "withdrawn";
    }
    this.run(overlaySpec(sentNow(this.overlay, new Set(drafts.map(({ id }) => id)))));
  }

  /** Hears what has become of suggestions. */
  hearFates(): void {
    const fated = this.overlay.drafts.filter(({ id }) => (this.server.records.get(id)?.state ?? "open") !== "open").map(({ id }) => id);
    if (fated.length > 0) this.run(stepSpec(without(this.overlay, new Set(fated))));
  }

  /** Comes back: the records make the same view again. */
  reload(dice: Dice): void {
    this.hearAll();
    this.hearFates();
    this.send();
    const before = this.state.doc.toString();
    const drafts = this.overlay.drafts;
    this.state = EditorState.create({ doc: this.text.toString(), extensions: this.#extensions() });
    const records = [...this.server.records].filter(([, { owner, state }]) => owner === this && state === "open");
    const own = records
      .map(([id, { edits }]) => ({ id, edits: placesOf(this.text, edits)! }))
      .sort(() => dice.random() - 0.5);
    const step = adopted(this.overlay, this.state.doc, own, newId);
    this.run(stepSpec(step));
    assert.equal(this.state.doc.toString(), before, "the records make the same view");
    assert.deepEqual([...step.ids].sort(), drafts.map(({ id }) => id).sort(), "every record is taken up again");
    for (const { id, edits } of this.overlay.drafts) {
      const was = drafts.find((draft) => draft.id === id);
      assert.ok(was && sameWords(was.edits, edits), `the same suggestion: ${JSON.stringify([was, edits])}`);
    }
  }

  /** All of them, at once. */
  takeBack(): void {
    this.run(stepSpec(without(this.overlay, new Set(this.overlay.drafts.map(({ id }) => id)))));
    assert.equal(this.overlay.drafts.length, 0);
  }

  #extensions() {
    return [EditorState.lineSeparator.of("\n"), EditorState.allowMultipleSelections.of(true), overlayField, cleanTyping, history()];
  }

  check(): void {
    const { base, changes, drafts } = this.overlay;
    const view = this.state.doc.toString();
    assert.equal(base.toString(), this.text.toString(), "the layer lies on the shared text");
    assert.equal(changes.apply(base).toString(), view, "the view is the shared text and the changes");
    checkEdits(base.toString(), view, drafts.flatMap(({ edits }) => edits).sort((a, b) => a.from - b.from));
    assert.equal(JSON.stringify(editsOf(base, changes).length), JSON.stringify(drafts.flatMap(({ edits }) => edits).length));
    assert.equal(new Set(drafts.map(({ id }) => id)).size, drafts.length, "a name is one draft's");
    assert.ok(!lone.test(view), "no half characters");
  }
}

const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** What must be true of edits whatever they are of. */
export function checkEdits(base: string, view: string, edits: readonly { from: number; to: number; original: string; replacement: string }[]): void {
  let made = "";
  let at = 0;
  for (const { from, to, original, replacement } of edits) {
    assert.ok(from > at || at === 0 || base.slice(at - 1, at) === "\n" || from >= at, "in order and apart");
    assert.equal(base.slice(from, to), original);
    assert.ok(original !== "" || base === "", "about something");
    assert.notEqual(original, replacement);
    assert.ok(!lone.test(original) && !lone.test(replacement), "whole characters");
    made += base.slice(at, from) + replacement;
    at = to;
  }
  assert.equal(made + base.slice(at), view, "the edits make the view");
}
