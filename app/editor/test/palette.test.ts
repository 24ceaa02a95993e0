import assert from "node:assert/strict";
import { test } from "node:test";

import { headingsOf } from "../src/palette/headings.ts";
import type { Item } from "../src/palette/item.ts";
import { match } from "../src/palette/match.ts";
import { question, rank } from "../src/palette/rank.ts";

/** A text with what was found in brackets. */
function marked(typed: string, text: string): string | null {
  const found = match(typed, text);
  return found && found.marks.reduceRight((marked, [from, to]) => `${marked.slice(0, from)}[${marked.slice(from, to)}]${marked.slice(to)}`, text);
}

/** Texts that answer what was typed, best first. */
function best(typed: string, ...texts: string[]): string[] {
  const scored = texts.flatMap((text) => (match(typed, text) ? [{ text, score: match(typed, text)!.score }] : []));
  return scored.sort((a, b) => b.score - a.score).map(({ text }) => text);
}

test("letters are found together, later in a word, and where words begin", () => {
  assert.equal(marked("ledg", "The ledger"), "The [ledg]er");
  assert.equal(marked("sfr", "Send for review"), "[S]end [f]or [r]eview");
  assert.equal(marked("senrev", "Send for review"), "[Sen]d for [rev]iew");
  assert.equal(marked("ldgr", "Ledger"), "[L]e[dg]e[r]");
  assert.equal(marked("dger", "Ledger"), "Le[dger]");
  assert.equal(marked("", "Ledger"), "Ledger");
});

test("letters strewn over words are no match", () => {
  assert.equal(marked("set", "Ask them to"), null);
  assert.equal(marked("merge", "Members of the group"), null);
  assert.equal(marked("ledger x", "Ledger"), null);
});

test("every word is found, in any order, whatever its accents and capitals", () => {
  assert.equal(marked("payments ledger", "Ledger of Payments"), "[Ledger] of [Payments]");
  assert.equal(marked("emile", "Émile Zola"), "[Émile] Zola");
  assert.equal(marked("ÉMI", "emile"), "[emi]le");
});

test("a design is found by its number, with and without the letter", () => {
  for (const typed of ["D-12", "d12", "12"]) assert.ok(marked(typed, "D-12 Ledger")?.includes("12"), typed);
  assert.deepEqual(best("12", "D-112 Other", "D-12 Ledger"), ["D-12 Ledger", "D-112 Other"]);
});

test("the whole text comes before its beginning, that before a word, that before the middle of one", () => {
  assert.deepEqual(best("read", "Spreading", "The reader", "Reader", "Read"), ["Read", "Reader", "The reader", "Spreading"]);
  assert.deepEqual(best("re", "Ledger", "Review"), ["Review"]);
  assert.deepEqual(best("in", "Settings in the inbox", "Inbox")[0], "Inbox");
});

test("a long text costs no more than a moment", () => {
  const before = performance.now();
  match("a".repeat(50), "a ".repeat(5_000));
  assert.ok(performance.now() - before < 500);
});

test("headings are those of the renderer: not in code, HTML comments or front matter", () => {
  const text = [
    "---", "title: x", "# no heading", "---", "# One", "", "```md", "# in code", "```", "~~~", "```", "# still", "~~~", "## Two ##", "<!--", "# hidden", "-->", "    # indented",
    "#no space", "- ```", "  # in a list", "  ```", "- item", "> ~~~", "> # in a quotation", "### Three #4", "", "Under", "lined", "---", "Other", "===", "- a", "---", "",
  ].join("\n");
  assert.deepEqual(headingsOf(text).map(({ level, words }) => [level, words]), [[1, "One"], [2, "Two"], [3, "Three #4"], [2, "Under lined"], [1, "Other"]]);
});

test("a heading says its words, and where its line begins", () => {
  const text = "Hi.\n\n## The **big** `ledger_db` and [its log](https://x.y)[^1]\n";
  assert.deepEqual(headingsOf(text), [{ level: 2, words: "The big ledger_db and its log", at: 5 }]);
});

test("a fence ends with its list, and lines of a megabyte are read at once", () => {
  assert.deepEqual(headingsOf("- ```\n  code\n\n# After\n").map(({ words }) => words), ["After"]);
  const before = performance.now();
  headingsOf(`# ${" #".repeat(250_000)}x\n${"> ".repeat(250_000)}\n${" ".repeat(500_000)}x`);
  assert.ok(performance.now() - before < 1_000);
});

const item = (group: Item["group"], label: string, more: Partial<Item> = {}): Item => ({ id: label, group, label, icon: "x", run: () => undefined, ...more });

const ITEMS = [
  item("Go to", "Inbox"),
  item("Here", "Merge"),
  item("Here", "Sign out", { also: "log out" }),
  item("Designs", "Ledger", { before: "D-12" }),
  item("Headings", "Merging"),
  item("People", "Mercy Merrill", { detail: "mercy@example.org" }),
];

/** What is shown: a line a group. */
function shown(typed: string, recent: string[] = [], items: readonly Item[] = ITEMS): string[] {
  return rank(items, typed, recent).map(({ group, found }) => `${group}: ${found.map(({ item }) => item.label).join(", ")}`);
}

test("with nothing typed, what was chosen last comes first, and each thing once", () => {
  assert.deepEqual(shown("", ["Inbox", "gone"]), ["Recent: Inbox", "Here: Merge, Sign out", "Designs: Ledger"]);
});

test("the kind with the best answer comes first", () => {
  assert.deepEqual(shown("merge"), ["Here: Merge"]);
  assert.deepEqual(shown("mer"), ["Here: Merge", "Headings: Merging", "People: Mercy Merrill"]);
  assert.deepEqual(shown("12"), ["Designs: Ledger"]);
});

test("what was chosen lately comes before what is as good", () => {
  assert.deepEqual(shown("mer", ["Mercy Merrill"])[0], "People: Mercy Merrill");
});

test("other words find too, but mark nothing that is not seen", () => {
  assert.deepEqual(shown("log out"), ["Here: Sign out"]);
  assert.deepEqual(rank(ITEMS, "mercy@ex", [])[0]!.found[0]!.marks.every(([, to]) => to <= "Mercy Merrill".length), true);
});

test("a sign keeps to one kind, and shows all of it", () => {
  assert.deepEqual(question("# mer"), { only: "Headings", words: "mer" });
  assert.deepEqual(shown("#"), ["Headings: Merging"]);
  assert.deepEqual(shown("@mer"), ["People: Mercy Merrill"]);
  assert.deepEqual(shown(">inbox"), []);
});

test("what the server found stays, below what says so itself", () => {
  const found = item("Designs", "Retries", { passage: [{ text: "merge", marked: true }] });
  assert.deepEqual(shown("merge", [], [found, ...ITEMS]), ["Here: Merge", "Designs: Retries"]);
});
