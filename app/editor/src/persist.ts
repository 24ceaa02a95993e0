/** Loading parts of the program over a network that comes and goes. */

/** Waits between attempts to load a chunk, in ms; after the last there is no network to speak of, and the page says so itself. */
const RETRIES = [500, 2_000, 5_000, 15_000] as const;

/** Tries until it is there. Rejects as the last attempt does. */
export async function persist<T>(open: () => Promise<T>): Promise<T> {
  for (const wait of RETRIES) {
    try {
      return await open();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return open();
}
