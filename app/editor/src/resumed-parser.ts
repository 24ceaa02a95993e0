/**
 * Parses a long Markdown document again from the last block before a change to the first heading behind it. The Markdown parser itself would look at
 * every block before and behind, one by one, at each key; here they stay as they are, as whole subtrees.
 */
import { NodeProp, NodeType, Parser, Tree, type Input, type PartialParse, type TreeFragment } from "@lezer/common";
import type { MarkdownParser } from "@lezer/markdown";

/** Less than this is parsed as a whole, in UTF-16 units. */
const WORTHWHILE = 10_000;

/** A heading further behind the change than this is not looked for, in UTF-16 units. */
const FAR = 50_000;

/** So many blocks are a subtree, and so many of those subtrees one again. */
const FAN = 32;

/** What comes behind blank lines may still belong to one of these. */
const OPEN_ENDED = new Set(["CodeBlock", "ListItem", "BulletList", "OrderedList"]);

/** Of subtrees made here: 1 of blocks, 2 of such subtrees. Always the same two, so that a tree does not grow deeper with each key. */
const levels = new WeakMap<Tree, number>();

/** A block, or a subtree made here, and where it begins in the document. */
interface Item {
  tree: Tree;
  at: number;
}

/** What stays of a document: its start, and its end. */
interface Kept {
  before: Item[];
  /** Where the line behind those begins: what is parsed again begins here … */
  from: number;
  /** … and ends here. */
  to: number;
  behind: Item[];
}

/** A parser that reads what the Markdown parser reads. */
export class ResumedParser extends Parser {
  constructor(readonly markdown: MarkdownParser) {
    super();
  }

  createParse(input: Input, fragments: readonly TreeFragment[], ranges: readonly { from: number; to: number }[]): PartialParse {
    const [range] = ranges;
    const parse = (from: number, to: number) => this.markdown.createParse(input, fragments, [{ from, to }]);
    if (ranges.length !== 1 || range!.from !== 0 || range!.to < WORTHWHILE) return this.markdown.createParse(input, fragments, ranges);
    return new Resumed(input, keep(fragments, range!.to, input), range!.to, parse);
  }
}

class Resumed implements PartialParse {
  #part: PartialParse;
  #stop: number | null = null;

  constructor(
    private readonly input: Input,
    private readonly kept: Kept,
    private readonly length: number,
    private readonly parse: (from: number, to: number) => PartialParse,
  ) {
    this.#part = parse(kept.from, kept.to);
  }

  advance(): Tree | null {
    const part = this.#part.advance();
    if (part === null) return null;
    const { kept } = this;
    if (kept.behind.length === 0 || endsBlank(part, kept, this.input)) return joined(kept, part, this.length);
    // What was changed reaches over the heading: a fence was opened, for one.
    kept.behind = [];
    this.#part = this.parse(kept.from, this.length);
    if (this.#stop !== null) this.#part.stopAt(this.#stop);
    return null;
  }

  get parsedPos(): number {
    return this.#part.parsedPos;
  }

  get stoppedAt(): number | null {
    return this.kept.behind.length === 0 ? this.#part.stoppedAt : null;
  }

  /** Up to a heading it is little: that is done as a whole. */
  stopAt(position: number): void {
    this.#stop = position;
    if (this.kept.behind.length === 0) this.#part.stopAt(position);
  }
}

function keep(fragments: readonly TreeFragment[], length: number, input: Input): Kept {
  const [first, last] = [fragments[0], fragments.at(-1)];
  const { before, from } = (first && start(first, input)) ?? { before: [], from: 0 };
  const kept: Kept = { before, from: Math.min(from, length), to: length, behind: [] };
  if (fragments.length <= 2 && last && last.from > 0 && last.to === length) keepEnd(last, kept, input);
  return kept;
}

/** What of a fragment at the document's start can stay: the same as the Markdown parser would take block by block. */
function start({ from, to, offset, openEnd, tree }: TreeFragment, input: Input): Pick<Kept, "before" | "from"> | null {
  if (from !== 0 || offset !== 0 || !tree.type.isTop) return null;
  const before: Item[] = [];
  take(tree, 0, 0, startOfLine(input, to) - (openEnd ? 2 : 1), before);
  closeEnd(before);
  const last = before.at(-1);
  return last ? { before, from: last.at + last.tree.length + 1 } : null;
}

/** What of a fragment at the document's end can stay: from a heading behind a blank line on, where lists and quotations are over too. */
function keepEnd({ from, offset, tree }: TreeFragment, kept: Kept, input: Input): void {
  for (let node = tree.topNode.childAfter(from + offset); node && node.from - offset < from + FAR; node = node.nextSibling) {
    const at = node.from - offset;
    const isStart = at > from && node.name.startsWith("ATXHeading") && input.read(at - 2, at) === "\n\n";
    if (!isStart || at <= kept.from) continue;
    kept.to = at;
    take(tree, -offset, at, Infinity, kept.behind);
    return;
  }
}

/** Where the line of a position begins. */
function startOfLine(input: Input, position: number): number {
  let at = position;
  while (at > 0 && input.read(at - 1, at) !== "\n") at--;
  return at;
}

/** Takes what of a subtree begins and ends within a range, as few pieces as there are. Returns whether there may be more. */
function take(parent: Tree, start: number, from: number, to: number, items: Item[]): boolean {
  for (const [n, tree] of parent.children.entries()) {
    const at = start + parent.positions[n]!;
    if (at + tree.length < from) continue;
    if (!(tree instanceof Tree)) return false;
    if (at < from && !tree.type.isAnonymous) continue;
    const isWhole = at >= from && at + tree.length <= to;
    if (!tree.type.isAnonymous && !isWhole) return false;
    if (!tree.type.isAnonymous || (levels.has(tree) && isWhole)) items.push({ tree, at });
    else if (!take(tree, at, from, to, items)) return false;
  }
  return true;
}

/** Drops from the end what is not over with its last line. */
function closeEnd(items: Item[]): void {
  for (let last = items.pop(); last; last = items.pop()) {
    if (last.tree.type.isAnonymous) take(last.tree, last.at, 0, Infinity, items);
    else if (last.tree.type.is("Block") && !OPEN_ENDED.has(last.tree.type.name)) return void items.push(last);
  }
}

/** Whether what was parsed is over before it ends: an unclosed block would reach to the end. */
function endsBlank(part: Tree, { from, to }: Kept, input: Input): boolean {
  const end = from + (part.topNode.lastChild?.to ?? 0);
  return part.topNode.lastChild === null || /^\s*\n\s*\n$/.test(input.read(end, to));
}

function joined({ before, from, behind }: Kept, part: Tree, whole: number): Tree {
  const items = [...before];
  take(part, from, 0, Infinity, items);
  items.push(...behind);
  const props = part.propValues.filter(([prop]) => prop === NodeProp.contextHash);
  const children = grouped(grouped(items, 1, props), 2, props);
  const length = behind.length > 0 ? whole : from + part.length;
  return new Tree(part.type, children.map(({ tree }) => tree), children.map(({ at }) => at), length, part.propValues);
}

/** Puts those of the level below into subtrees of a level. */
function grouped(items: readonly Item[], level: number, props: Tree["propValues"]): Item[] {
  const groups: Item[] = [];
  let run: Item[] = [];
  const close = (): void => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return;
    const positions = run.map(({ at }) => at - first.at);
    const tree = new Tree(NodeType.none, run.map((item) => item.tree), positions, last.at + last.tree.length - first.at, props);
    levels.set(tree, level);
    groups.push({ tree, at: first.at });
    run = [];
  };
  for (const item of items) {
    if ((levels.get(item.tree) ?? 0) < level) {
      run.push(item);
      if (run.length === FAN) close();
    } else {
      close();
      groups.push(item);
    }
  }
  close();
  return groups;
}
