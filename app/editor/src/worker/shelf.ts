/**
 * What the service worker keeps, and what it answers. Only files that are the same for everybody: of pages, which hold somebody's data, none. A
 * navigation goes to the network, so that a new release is seen at once; without a network one page stands in for all.
 */

/** The files of one release. */
export interface Release {
  /** Another whenever any file is. */
  name: string;
  /** The page that stands in for all others. */
  shell: string;
  /** Its script: a shell of another release names another. */
  script: string;
  /** Files with the hash of their content in their names. */
  assets: string[];
  /** Files with plain names. */
  plain: string[];
}

/** What it needs of the browser. */
export interface Surroundings {
  /** The browser's stored answers. */
  caches: Pick<CacheStorage, "open" | "keys" | "delete" | "match">;
  /** The network. */
  fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
  /** The scripts of the pages that are open, whichever release they are of. */
  scriptsInUse: () => Promise<string[]>;
}

const PREFIX = "quorum ";
/** Answers of something on the way that does not reach the server. Ours carry the id of their request. */
const GATEWAY: ReadonlySet<number> = new Set([502, 503, 504]);
const OURS = "x-request-id";
/** A hash in a name, as `server/src/web/assets.rs` reads it. */
const HASHED = /^\/pkg\/[^/]*[-.](?:[A-Z0-9]{8}|[0-9a-f]{10,})[._][^/]*$/;

/** The files of this release, and of those whose pages are still open. */
export class Shelf {
  readonly #release: Release;
  readonly #around: Surroundings;

  constructor(release: Release, around: Surroundings) {
    this.#release = release;
    this.#around = around;
  }

  get #own(): string {
    return PREFIX + this.#release.name;
  }

  /** Fetches the release. Rejects when the server has begun to serve another meanwhile: that one's worker comes with the next visit. */
  async fill(): Promise<void> {
    const { shell, script, assets, plain } = this.#release;
    const cache = await this.#around.caches.open(this.#own);
    const page = await this.#around.fetch(shell, { cache: "no-store", credentials: "omit" });
    if (!page.ok || !(await page.clone().text()).includes(script)) throw new Error("the page that stands in is of another release");
    await cache.put(shell, page);
    // One by one: what has come stays when another fails, and the next attempt has less to do. What another release has is not asked for again.
    await Promise.all([...assets.map((asset) => this.#bring(asset, cache)), ...plain.map((file) => cache.add(file))]);
  }

  async #bring(asset: string, cache: Cache): Promise<void> {
    const kept = await this.#around.caches.match(asset, { ignoreVary: true });
    await (kept ? cache.put(asset, kept) : cache.add(asset));
  }

  /** Takes away the files of releases of which no page is open any more. */
  async tidy(): Promise<void> {
    const { caches, scriptsInUse } = this.#around;
    const [names, scripts] = await Promise.all([caches.keys(), scriptsInUse()]);
    for (const name of names.filter((name) => name.startsWith(PREFIX) && name !== this.#own)) {
      const cache = await caches.open(name);
      // By its own page, because a release may have kept files of the next, which was loaded before its worker came.
      const page = await (await cache.match(this.#release.shell))?.text();
      if (!scripts.some((script) => page?.includes(script))) await caches.delete(name);
    }
  }

  /** How what is at an address is answered; none: the browser asks for it as if there were no worker. */
  kindOf(path: string): "asset" | "plain" | null {
    // Beside the network's answer the browser keeps what it compiled of it, which saves more than the way.
    const isCompiled = /\.(wasm|bin)$/.test(path);
    if (HASHED.test(path)) return isCompiled ? "plain" : "asset";
    return this.#release.plain.includes(path) ? "plain" : null;
  }

  /** A page: the network's; where that cannot be had, the one that stands in. `preloaded`: the browser has begun to ask already. */
  async page(request: Request, preloaded?: Promise<Response | undefined>): Promise<Response> {
    // Asked for by its own address, it does not wait for a network that neither answers nor fails.
    const asked = this.#release.shell === new URL(request.url).pathname ? await this.#shell() : undefined;
    if (asked) return asked;
    try {
      const answer = (await preloaded) ?? (await this.#around.fetch(request));
      const isOurs = !GATEWAY.has(answer.status) || answer.headers.has(OURS);
      return isOurs ? answer : ((await this.#shell()) ?? answer);
    } catch (lost) {
      const shell = await this.#shell();
      if (!shell) throw lost;
      return shell;
    }
  }

  /** A file whose name changes with its content: kept, of whichever release, or else the network's, which is kept then. */
  async asset(request: Request): Promise<Response> {
    const kept = await this.#around.caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    const answer = await this.#around.fetch(request);
    // What the server has not, or a disk that is full, changes nothing for the page.
    if (answer.ok) await this.#keep(request, answer.clone()).catch(() => undefined);
    return answer;
  }

  /** The network's, which may be another than the kept one; that, where there is no network, or the server has it no longer. */
  async plain(request: Request): Promise<Response> {
    const kept = () => this.#around.caches.match(request, { ignoreVary: true });
    try {
      const answer = await this.#around.fetch(request);
      return answer.ok ? answer : ((await kept()) ?? answer);
    } catch (lost) {
      const file = await kept();
      if (!file) throw lost;
      return file;
    }
  }

  async #keep(request: Request, answer: Response): Promise<void> {
    const cache = await this.#around.caches.open(this.#own);
    await cache.put(request, answer);
  }

  async #shell(): Promise<Response | undefined> {
    const cache = await this.#around.caches.open(this.#own);
    return cache.match(this.#release.shell);
  }
}
