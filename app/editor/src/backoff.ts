/** How long to wait before connecting again: exponential with full jitter, so that a restart is not followed by a stampede. */

/** The first wait is somewhere below this, in ms. */
const BASE = 500;
/** No wait is longer: a person who looks at "Offline" should not wait a minute after the network is back. In ms. */
const CEILING = 30_000;

/** The wait in ms before attempt `attempt` (0 is the first after a failure). `random` is in [0, 1). */
export function backoff(attempt: number, random: number): number {
  return Math.round(random * Math.min(CEILING, BASE * 2 ** Math.min(attempt + 1, 16)));
}
