import assert from "node:assert/strict";
import { test } from "node:test";

import { findPassage } from "../src/passage/find.ts";
import { asRead, fragmentOf, passageIn, passageOf } from "../src/passage/link.ts";

const TEXT = `Ledger
Every payment is written twice: once into the ledger, once into the archive. The ledger has one replica, which is lost when its disk is.

The archive is written every night. The ledger has one replica, say the accountants, and they know.
`;

/** A link to the `nth` place of some words in a text. */
function linked(text: string, quote: string, nth = 0) {
  let at = text.indexOf(quote);
  for (let more = nth; more > 0; more--) at = text.indexOf(quote, at + 1);
  assert.ok(at >= 0);
  return passageOf(quote, text.slice(0, at), text.slice(at + quote.length));
}

/** The words that are found, and whether they are others now. */
function found(text: string, passage: ReturnType<typeof linked>): [string, boolean] | null {
  const place = findPassage(text, passage);
  return place && [text.slice(place.from, place.to), place.changed];
}

test("a link survives its way through an address", () => {
  for (const quote of ["one & two = 3%", "über 🙂 #4", "a\n\nb+c"]) {
    const passage = passageOf(quote, "before?", "\"after\"");
    const address = new URL("http://localhost/read");
    address.hash = fragmentOf(passage);
    assert.deepEqual(passageIn(new URL(address.href).hash), passage);
  }
  for (const elsewhere of ["", "#goals", "#thread-018f2b6e", "#passage="]) assert.equal(passageIn(elsewhere), null);
});

test("the passage is found where it was, also among others that read the same", () => {
  for (const nth of [0, 1]) {
    const place = findPassage(TEXT, linked(TEXT, "The ledger has one replica", nth));
    assert.equal(place?.from, nth === 0 ? TEXT.indexOf("The ledger has") : TEXT.lastIndexOf("The ledger has"));
    assert.equal(place?.changed, false);
  }
  assert.deepEqual(found(TEXT, linked(TEXT, "Ledger")), ["Ledger", false]);
});

test("what is written around it, and how it is set, does not matter", () => {
  const passage = linked(TEXT, "once into the ledger, once into the archive");
  for (const [before, after] of [
    ["Every payment is written twice", "Each booking is kept two times"],
    ["once into the ledger, once", "once  into\nthe **ledger** – once"],
    ["The ledger has one replica, which", "We shall see, which"],
  ] as const) {
    const now = TEXT.replace(before, after);
    assert.equal(found(now, passage)?.[1], false, now);
  }
});

test("a passage that was rewritten is found by where it begins and ends, or by what it stands between", () => {
  const long = linked(TEXT, "Every payment is written twice: once into the ledger, once into the archive");
  assert.deepEqual(found(TEXT.replace("twice: once into the ledger, once", "three times, the third of them also"), long), ["Every payment is written three times, the third of them also into the archive", true]);
  const short = linked(TEXT, "every night");
  assert.deepEqual(found(TEXT.replace("every night", "whenever somebody remembers"), short), ["whenever somebody remembers", true]);
});

test("a passage that is gone is not taken for another", () => {
  assert.equal(found(TEXT.replace(" written every night", ""), linked(TEXT, "every night")), null);
  assert.equal(found("Something wholly different.", linked(TEXT, "one replica")), null);
  // The words are still there, but not those that were meant.
  assert.equal(found("A card is read, and one replica of it is cut.", linked(TEXT, "one replica")), null);
  assert.equal(found("", linked(TEXT, "Ledger")), null);
});

test("a long passage is told by its edges", () => {
  const text = `Before all of it. ${"Sentence after sentence it goes on and on. ".repeat(40)}Then it ends. Behind all of it.`;
  const quote = text.slice("Before all of it. ".length, -" Behind all of it.".length);
  const passage = passageOf(quote, "Before all of it. ", " Behind all of it.");
  assert.ok(fragmentOf(passage).length < 700, fragmentOf(passage));
  assert.deepEqual(found(text, passage), [quote.replace(/\.$/, ""), false]);
});

test("signs without letters are found too", () => {
  const text = "first → second\n\nthird ⇒ fourth";
  assert.deepEqual(found(text, linked(text, "⇒")), ["⇒", false]);
});

test("a passage linked from its Markdown is found in what is read", () => {
  const markdown = "The [ledger](https://example.org/a/long/address \"why\") has **one** replica, see ![the plan](/pictures/x.png) and [notes][1].";
  const read = "The ledger has one replica, see the plan and notes.";
  const at = markdown.indexOf("has");
  const passage = passageOf(asRead(markdown.slice(at, markdown.indexOf(", see"))), asRead(markdown.slice(0, at)), asRead(markdown.slice(markdown.indexOf(", see"))));
  assert.deepEqual(found(read, passage), ["has one replica", false]);
});

test("no cut leaves half a character in a link", () => {
  const emoji = "🙂".repeat(200);
  for (const words of Object.values(passageOf(`x${emoji}`, `x${emoji}`, `${emoji}x`))) assert.ok(words.isWellFormed(), words);
});
