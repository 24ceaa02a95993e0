/** What kind of keyboard this is. */

/** Whether commands go by the Command key, as on a Mac, or by Control. Not where there is no browser, as in tests. */
export const isMac: boolean = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
