import { defaultKeymap } from "@codemirror/commands";
import { searchKeymap } from "@codemirror/search";
import type { KeyBinding } from "@codemirror/view";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { yUndoManagerKeymap } from "y-codemirror.next";

import { markdownKeys } from "../src/commands.ts";
import { caps, written } from "../src/shortcuts/caps.ts";
import { PLACES, SHORTCUTS, type Shortcut } from "../src/shortcuts/registry.ts";
import { Sequence } from "../src/shortcuts/sequence.ts";
import { tableKeys } from "../src/table/keys.ts";

const ALL: [string, Shortcut][] = Object.entries(SHORTCUTS);

/** Every key that a map binds, with and without Shift. */
function bound(keymap: readonly KeyBinding[]): string[] {
  return keymap.flatMap(({ key, mac, linux, shift }) => [key, mac, linux, ...(shift ? [`Shift-${key}`] : [])].filter((key) => key !== undefined));
}

test("no two shortcuts of a place have the same key, and none begins another", () => {
  for (const place of PLACES) {
    const keys = ALL.filter(([, shortcut]) => shortcut.in === place).flatMap(([, { keys }]) => keys);
    assert.deepEqual(keys, [...new Set(keys)]);
    for (const key of keys) assert.ok(!keys.some((other) => other.startsWith(`${key} `)), `${place}: ${key}`);
  }
});

test("a single key of the page is none of another place of the page", () => {
  const single = ALL.filter(([, { in: place }]) => place !== "While writing" && place !== "In a table").flatMap(([, { keys }]) => keys.filter((key) => key.length === 1));
  assert.deepEqual(single, [...new Set(single)]);
});

test("what is listed for writing is bound", () => {
  const editor = bound([...markdownKeys, ...yUndoManagerKeymap, ...searchKeymap, ...defaultKeymap]);
  // The menu behind a slash is text; Escape, then Tab is the editor's own; the bar is loaded later and takes its key from the registry.
  const elsewhere = ["insert", "leave", "bar"];
  for (const [name, { in: place, keys }] of ALL) {
    if (place !== "While writing" || elsewhere.includes(name)) continue;
    for (const key of keys) assert.ok(editor.includes(key), `${name}: ${key}`);
  }
  assert.deepEqual(bound(tableKeys), ALL.filter(([, shortcut]) => shortcut.in === "In a table").flatMap(([, { keys }]) => keys));
});

test("what is listed for the pages' own listeners is what they listen to", async () => {
  const source = async (path: string) => await readFile(new URL(`../../../src/${path}`, import.meta.url), "utf8");
  const keys = await source("components/thread_margin/keys.rs");
  const steps = await source("components/diff_view.rs");
  const inbox = await source("pages/inbox/item.rs");
  for (const [name, text] of [["nextThread", keys], ["previousThread", keys], ["nextChange", steps], ["previousChange", steps], ["putAway", inbox]] as const) {
    assert.ok(text.includes(`Some("${SHORTCUTS[name].keys[0]}")`), name);
  }
});

test("keys are written as they stand on the keyboard", () => {
  assert.equal(written("Mod-k", false), "Ctrl+K");
  assert.equal(written("Mod-Shift-x", true), "⌘⇧X");
  assert.equal(written("g i", false), "G then I");
  assert.deepEqual(caps("Alt-ArrowUp", false), [[{ shown: "Alt" }, { shown: "↑", aloud: "Arrow up" }]]);
});

test("keys one after the other mean something, unless there is too long between them", () => {
  const said: string[] = [];
  const sequence = new Sequence(new Map(["g i", "g d", "j"].map((keys) => [keys, () => said.push(keys)])));
  const press = (...keys: [string, number][]) => keys.map(([key, at]) => sequence.press(key, at));
  assert.deepEqual(press(["g", 0], ["i", 500]), [true, true]);
  assert.deepEqual(press(["g", 1_000], ["i", 9_000]), [true, false]);
  assert.deepEqual(press(["g", 10_000], ["g", 10_100], ["d", 10_200]), [true, true, true]);
  assert.deepEqual(press(["g", 20_000], ["x", 20_100], ["j", 20_200]), [true, false, true]);
  assert.deepEqual(said, ["g i", "g d", "j"]);
});
