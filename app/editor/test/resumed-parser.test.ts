// A long text, changed here and there, is read as the Markdown parser alone reads it.
import { ensureSyntaxTree, Language } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import type { Tree } from "@lezer/common";
import assert from "node:assert/strict";
import { test } from "node:test";

import { markdownLanguage } from "../src/markdown-language.ts";
import type { ResumedParser } from "../src/resumed-parser.ts";

const BLOCKS = [
  "## A heading\n\nA paragraph with *words*, `code` and [a link](https://example.org).\n\n",
  "- one\n- two\n  - three\n\n    behind a blank line\n\n",
  "1. first\n2. second\n\n",
  "> quoted\ncontinued lazily\n\n> [!NOTE]\n> Told.\n\n",
  "| a | b |\n|---|--:|\n| 1 | 2 |\n\n",
  "```none\nfn book() {}\n\n# no heading\n```\n\n",
  "    indented code\n\n    that goes on\n\n",
  "$$\nx^2\n$$\n\n[^1]: A note.\n\n",
  "Setext\n======\n\n<div>\n\nhtml\n\n</div>\n\n---\n\n",
];
const TYPED = ["x", " ", "\n", "\n\n", "# ", "```\n", "- ", "    ", "> ", "| a |\n", "---\n", "$$\n", "[^1]: ", "<!--", "-->", "*", "`"];

/** More of them: `SEEDS=200 npm test`. */
const SEEDS = Number(process.env["SEEDS"] ?? 6);

/** Numbers in [0, below), the same for each seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const resumed = markdownLanguage();
const alone = new Language(resumed.language.data, (resumed.language.parser as ResumedParser).markdown, [], "markdown");

function open(text: string, language: Extension = resumed): EditorState {
  return EditorState.create({ doc: text, extensions: [EditorState.lineSeparator.of("\n"), language] });
}

function tree(state: EditorState, upto = state.doc.length): Tree {
  const tree = ensureSyntaxTree(state, upto, 60_000);
  assert.ok(tree);
  return tree;
}

/** Every node with where it is. */
function nodes(tree: Tree): string {
  const lines: string[] = [];
  tree.iterate({ enter: ({ name, from, to }) => void lines.push(`${name} ${from} ${to}`) });
  return lines.join("\n");
}

function depth(tree: Tree): number {
  return 1 + Math.max(0, ...tree.children.map((child) => ("children" in child && child.type.isAnonymous ? depth(child) : 0)));
}

test("after any changes, anywhere, the same is read", () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const below = random(seed);
    const text = Array.from({ length: 600 }, () => BLOCKS[below(BLOCKS.length)]).join("");
    let [state, other] = [open(text), open(text, alone)];
    tree(state);
    tree(other);
    for (let edit = 0; edit < 60; edit++) {
      const { length } = state.doc;
      // Mostly towards the end, where most stays.
      const from = edit % 3 === 0 ? below(length) : length - below(Math.min(length, 2_000));
      const changes = below(3) === 0 ? { from, to: Math.min(length, from + below(80)) } : { from, insert: TYPED[below(TYPED.length)]! };
      [state, other] = [state.update({ changes }).state, other.update({ changes }).state];
      // Not always as far as the end, as with a window that shows the middle.
      const upto = edit % 5 === 0 ? state.doc.length : Math.min(state.doc.length, from + 500);
      const [found, expected] = [nodes(tree(state, upto)), nodes(tree(other, upto))];
      if (edit % 5 > 0 || found === expected) continue;
      // Among hundreds of texts is one that it reads otherwise from the start than after changes.
      assert.equal(found, nodes(tree(open(state.doc.toString()))), `seed ${seed}, edit ${edit}`);
    }
  }
});

test("the tree stays shallow, however much is typed at the end", () => {
  let state = open(BLOCKS.join("").repeat(400));
  assert.ok(depth(tree(state)) < 10);
  for (let key = 0; key < 500; key++) {
    state = state.update({ changes: { from: state.doc.length, insert: key % 40 === 39 ? "\n\n" : "x" } }).state;
    tree(state);
  }
  assert.equal(depth(tree(state)), 3);
});
