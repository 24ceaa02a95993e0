/** Where proposals are, as `app/src/pages/links.rs` spells it. */
import type { CopyLabel } from "../contract.ts";

const TABS = ["write", "read", "review", "history"];

/** The tab Write of a proposal. */
export function addressOf({ team, design, number }: CopyLabel): string {
  return `/teams/${team}/designs/${design}/proposals/${number}/write`;
}

/** Whether an address is that of a proposal, whichever of its tabs. */
export function leadsTo(path: string, label: CopyLabel): boolean {
  const proposal = addressOf(label).replace(/\/write$/, "");
  return [proposal, ...TABS.map((tab) => `${proposal}/${tab}`)].includes(path.replace(/\/$/, ""));
}
