import { CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { designsMenu } from "../src/aids/designs-menu.ts";
import { peopleMenu, ranked } from "../src/aids/people-menu.ts";
import { markdownLanguage } from "../src/markdown-language.ts";
import { initials, type Member } from "../src/members.ts";
import { Cards } from "../src/naming/cards.ts";
import { designOf, isPerson, mentionOf } from "../src/naming/names.ts";
import cases from "./named.json";

const ID = "018f2b6e-0000-7000-8000-000000000001";

/** The questions that were asked of the server, and what it answers. */
const asked: string[] = [];
let answer: (name: string, body: string) => unknown = () => [];

beforeEach(() => {
  asked.length = 0;
  Object.assign(globalThis, {
    location: new URL("https://quorum.example/teams/payments/designs/1/proposals/1/write"),
    fetch: (path: string, { body }: { body: string }) => {
      asked.push(`${path.replace("/rpc/", "")} ${decodeURIComponent(String(body))}`);
      return Promise.resolve(Response.json(answer(path, String(body))));
    },
  });
});

/** A text with its tree. */
function read(text: string): EditorState {
  const state = EditorState.create({ doc: text, extensions: markdownLanguage() });
  ensureSyntaxTree(state, text.length, 5000);
  return state;
}

/** The names of designs that the editor's parser finds. */
function named(text: string): string[] {
  const state = read(text);
  const found: string[] = [];
  syntaxTree(state).iterate({ enter: ({ name, from, to }) => void (name === "DesignName" && found.push(state.sliceDoc(from, to))) });
  return found;
}

test("designs are named by numbers that stand alone, as the server reads them", () => {
  for (const { text, named: expected } of cases) assert.deepEqual(named(text), expected, text);
});

test("names are read in headings, lists, tables and emphasis, and not in code, addresses and formulas", () => {
  assert.deepEqual(named("# D-1\n\n- **D-2** _D-3_\n\n> D-4\n\n| a |\n|---|\n| D-5 |\n"), ["D-1", "D-2", "D-3", "D-4", "D-5"]);
  for (const text of ["`D-1`", "```\nD-1\n```", "    D-1", "$D-1$", "<https://a.example/D-1>", "https://a.example/D-1", "[a](D-1)", "---\nd: D-1\n---\n"]) {
    assert.deepEqual(named(text), [], text);
  }
});

test("a mention is a link that reads as the name, whatever is in the name", () => {
  assert.equal(mentionOf("payments", ID, "Ada Lovelace"), `[@Ada Lovelace](/teams/payments/people#person-${ID})`);
  assert.equal(mentionOf("payments", ID, "A [b](c) *d*"), `[@A \\[b\\](c) \\*d\\*](/teams/payments/people#person-${ID})`);
  assert.ok(isPerson(`/teams/payments/people#person-${ID}`));
  for (const other of ["/teams/payments/people", `/teams/a/b/people#person-${ID}`, `//x/teams/payments/people#person-${ID}`]) assert.ok(!isPerson(other), other);
});

test("a design's page is known by its address, on this host only", () => {
  assert.deepEqual(designOf(new URL("/teams/payments/designs/12", location.href)), { team: "payments", number: 12 });
  for (const other of ["https://elsewhere.example/teams/payments/designs/12", "/teams/payments/designs/12/history", "/teams/payments/designs/new", "/teams/payments/designs/12#s"]) {
    assert.equal(designOf(new URL(other, location.href)), null, other);
  }
});

const member = (name: string): Member => ({ account: ID, name, email: "", role: "editor" });

test("people are ranked by how well their name fits, else by name", () => {
  const people = ["Zoë Zimmer", "Ada Lovelace", "Adam Ries", "Grace Hopper"].map(member);
  const names = (typed: string) => ranked(people, typed).map(({ name }) => name);
  assert.deepEqual(names(""), ["Ada Lovelace", "Adam Ries", "Grace Hopper", "Zoë Zimmer"]);
  assert.deepEqual(names("ada"), ["Adam Ries", "Ada Lovelace"]);
  assert.deepEqual(names("ada lo"), ["Ada Lovelace"]);
  assert.deepEqual(names("zoe"), ["Zoë Zimmer"]);
  assert.deepEqual(names("nobody"), []);
  assert.deepEqual([initials("Ada Byron King"), initials("émile"), initials("  ")], ["AK", "É", ""]);
});

const offered = async (source: (context: CompletionContext) => Promise<CompletionResult | null>, text: string) =>
  (await source(new CompletionContext(read(text), text.length, false)))?.options.map(({ label, detail }) => `${label} (${detail})`) ?? null;

test("behind an at sign people are offered, and nobody in an address, a number or code", async () => {
  answer = () => ({ items: [member("Ada Lovelace"), member("Bo")], next: null });
  assert.deepEqual(await offered(peopleMenu, "@"), ["Ada Lovelace (editor)", "Bo (editor)"]);
  assert.deepEqual(await offered(peopleMenu, "ask (@ada"), ["Ada Lovelace (editor)"]);
  for (const text of ["ada@", "`@", "```\n@", "@ ", "@ada is great", "a/@b", "@zz"]) assert.equal(await offered(peopleMenu, text), null, text);
  assert.deepEqual(asked, ["teams/members team=payments"], "asked once");
});

test("behind D- designs are offered with their state, by number and by words", async () => {
  const card = { number: 12, title: "Ledger", state: "accepted", proposal: null, owner: { name: "Ada" }, archived: false };
  answer = (_, body) => (body.includes("zz") ? [] : [card, { ...card, number: 120, title: "Cache", proposal: [3, "in_review"] }]);
  assert.deepEqual(await offered(designsMenu, "see D-12"), ["D-12 Ledger (Accepted)", "D-120 Cache (In review)"]);
  assert.deepEqual(await offered(designsMenu, "(D-ledger of"), ["D-12 Ledger (Accepted)", "D-120 Cache (In review)"]);
  for (const text of ["AD-1", "`D-", "D-1 ", "D- 1", "d-1", "D-zz"]) assert.equal(await offered(designsMenu, text), null, text);
  assert.deepEqual(asked, ["designs/find team=payments&like=12", "designs/find team=payments&like=ledger+of", "designs/find team=payments&like=zz"]);
});

test("names that come up together are asked for together, once", async () => {
  const card = { number: 1, title: "Ledger", state: "accepted", proposal: null, owner: { name: "Ada" }, archived: false };
  answer = () => [card];
  const cards = Cards.of("payments");
  const found = await Promise.all([cards.get(1), cards.get(2), cards.get(1)]);
  assert.deepEqual(found, [card, null, card]);
  assert.deepEqual(await cards.get(2), null);
  assert.deepEqual(asked, ['designs/cards {"team":"payments","numbers":[1,2]}']);
});
