/** The copies of one account on this device: what there is, and taking it away. */
import { OfflineStore, type LabelRow } from "../offline-store.ts";

/** What this device has of one proposal. */
export interface Copy {
  /** Which. */
  proposal: string;
  /** What it is; none: only changes are left of it. */
  label: LabelRow | null;
  /** Whether its whole text is here, so that it opens without a network. */
  whole: boolean;
  /** How large it is. */
  bytes: number;
  /** How many changes and suggestions the server has not acknowledged. */
  unsent: number;
}

/** What there is: first what is not on the server, then what was in step with it last. Rejects where the browser allows no storage. */
export async function listCopies(account: string): Promise<Copy[]> {
  return within(account, async (store) => {
    const labels = new Map((await store.labels()).map((label) => [label.proposal, label]));
    const proposals = new Set([...labels.keys(), ...(await store.unsentProposals())]);
    const copies: Copy[] = [];
    for (const proposal of proposals) {
      const label = labels.get(proposal) ?? null;
      const whole = label !== null && label.synced !== null;
      const { bytes, unsent } = await store.measure(proposal);
      if (whole || unsent > 0) copies.push({ proposal, label, whole, bytes, unsent });
    }
    return copies.sort((a, b) => Number(b.unsent > 0) - Number(a.unsent > 0) || (b.label?.synced ?? 0) - (a.label?.synced ?? 0));
  });
}

/** Removes the copies of which the server has everything. */
export async function removeSent(account: string): Promise<void> {
  await within(account, async (store) => {
    for (const { proposal } of await store.labels()) await store.forget(proposal);
  });
}

/** Removes what is not of these teams, by their names in links, as far as the server has everything of it. */
export async function keepOnly(account: string, teams: readonly string[]): Promise<void> {
  await within(account, async (store) => {
    for (const { proposal, team } of await store.labels()) if (!teams.includes(team)) await store.forget(proposal);
  });
}

async function within<T>(account: string, act: (store: OfflineStore) => Promise<T>): Promise<T> {
  const store = await OfflineStore.open(account);
  try {
    return await act(store);
  } finally {
    store.close();
  }
}
