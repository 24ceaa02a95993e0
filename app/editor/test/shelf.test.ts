import assert from "node:assert/strict";
import { test } from "node:test";

import { Shelf, type Release } from "../src/worker/shelf.ts";

const HOST = "https://quorum.example.org";
const release = (name: string): Release => ({
  name,
  shell: "/offline",
  script: `/pkg/frame-${name}AAAAA.js`,
  assets: [`/pkg/frame-${name}AAAAA.js`, "/pkg/shared-BBBBBBBB.js"],
  plain: ["/icons.svg"],
});

const path = (request: Request | string): string => new URL(typeof request === "string" ? request : request.url, HOST).pathname;

/** As much of a browser as a worker needs: its stored answers, and a server that has some release. */
class Browser {
  readonly stored = new Map<string, Map<string, Response>>();
  /** What the server has by path; nothing: 404. */
  server = new Map<string, string>();
  asked: string[] = [];
  online = true;
  gateway = 0;
  open: string[] = [];

  deploy(name: string): void {
    const { script, assets, plain } = release(name);
    this.server = new Map([...assets, ...plain].map((path) => [path, `${path} of ${name}`]));
    this.server.set("/offline", `<script src="${script}"></script>`);
    this.server.set("/", `the inbox of ${name}`);
  }

  shelf(name: string): Shelf {
    return new Shelf(release(name), { caches: this.#caches() as never, fetch: this.#fetch, scriptsInUse: () => Promise.resolve(this.open) });
  }

  readonly #fetch = (request: Request | string): Promise<Response> => {
    if (!this.online) return Promise.reject(new TypeError("no network"));
    this.asked.push(path(request));
    if (this.gateway > 0) return Promise.resolve(new Response("bad gateway", { status: this.gateway }));
    const body = this.server.get(path(request));
    return Promise.resolve(new Response(body ?? "nothing", { status: body === undefined ? 404 : 200, headers: { "x-request-id": "1" } }));
  };

  #cache(name: string) {
    const files = this.stored.get(name) ?? new Map<string, Response>();
    this.stored.set(name, files);
    return {
      match: (request: Request | string) => Promise.resolve(files.get(path(request))?.clone()),
      put: (request: Request | string, response: Response) => Promise.resolve(void files.set(path(request), response)),
      add: async (each: string) => {
        const response = await this.#fetch(each);
        if (!response.ok) throw new TypeError(each);
        files.set(each, response);
      },
    };
  }

  #caches() {
    return {
      open: (name: string) => Promise.resolve(this.#cache(name)),
      keys: () => Promise.resolve([...this.stored.keys()]),
      delete: (name: string) => Promise.resolve(this.stored.delete(name)),
      match: (request: Request | string) => Promise.resolve([...this.stored.values()].map((files) => files.get(path(request))).find((file) => file)?.clone()),
    };
  }
}

const get = (path: string): Request => new Request(HOST + path);
const body = async (answer: Promise<Response>): Promise<string> => (await answer).text();

async function installed(name = "111"): Promise<{ browser: Browser; shelf: Shelf }> {
  const browser = new Browser();
  browser.deploy(name);
  const shelf = browser.shelf(name);
  await shelf.fill();
  return { browser, shelf };
}

test("a page is the network's, and none of it is kept", async () => {
  const { browser, shelf } = await installed();
  assert.equal(await body(shelf.page(get("/"))), "the inbox of 111");
  assert.ok([...browser.stored.values()].every((files) => !files.has("/")));
  // A new release is seen at once.
  browser.deploy("222");
  assert.equal(await body(shelf.page(get("/"))), "the inbox of 222");
  assert.equal(await body(shelf.page(get("/"), Promise.resolve(new Response("asked for already")))), "asked for already");
});

test("without a network one page stands in for all", async () => {
  const { browser, shelf } = await installed();
  browser.online = false;
  assert.match(await body(shelf.page(get("/teams/payments"))), /frame-111/);
  assert.match(await body(shelf.page(get("/teams/payments"), Promise.reject(new TypeError("no network")))), /frame-111/);
  browser.online = true;
  browser.asked = [];
  assert.match(await body(shelf.page(get("/offline"))), /frame-111/);
  assert.deepEqual(browser.asked, [], "asked for by its address, it waits for no network");
  const empty = new Browser();
  empty.online = false;
  await assert.rejects(empty.shelf("111").page(get("/")), "where nothing is kept, the browser says so itself");
});

test("what a gateway says in the server's place is no page, what the server says is", async () => {
  const { browser, shelf } = await installed();
  browser.gateway = 502;
  assert.match(await body(shelf.page(get("/"))), /frame-111/);
  browser.gateway = 0;
  assert.equal((await shelf.page(get("/no/such/page"))).status, 404);
  const busy = new Response("the database is away", { status: 503, headers: { "x-request-id": "1" } });
  assert.equal(await body(shelf.page(get("/"), Promise.resolve(busy))), "the database is away");
});

test("a hashed file is asked for once, a plain one every time there is a network", async () => {
  const { browser, shelf } = await installed();
  browser.server.set("/pkg/later-CCCCCCCC.js", "later");
  browser.asked = [];
  for (let n = 0; n < 2; n++) assert.equal(await body(shelf.asset(get("/pkg/later-CCCCCCCC.js"))), "later");
  assert.equal(await body(shelf.asset(get("/pkg/shared-BBBBBBBB.js"))), "/pkg/shared-BBBBBBBB.js of 111");
  assert.deepEqual(browser.asked, ["/pkg/later-CCCCCCCC.js"]);
  assert.equal((await shelf.asset(get("/pkg/gone-DDDDDDDD.js"))).status, 404);
  browser.server.set("/icons.svg", "new icons");
  assert.equal(await body(shelf.plain(get("/icons.svg"))), "new icons");
  browser.online = false;
  assert.equal(await body(shelf.plain(get("/icons.svg"))), "/icons.svg of 111");
});

test("only names with a hash are answered from what is kept", () => {
  const shelf = new Browser().shelf("111");
  for (const hashed of ["frame-5TXQRDYN.js", "app.1f0b5a4f2c91d7e3.js", "style-7QH3MZPA.css", "InterVariable-HWQKZPLM.woff2"]) {
    assert.equal(shelf.kindOf(`/pkg/${hashed}`), "asset", hashed);
  }
  for (const other of ["/pkg/mermaid-frame.html", "/pkg/offline.html", "/rpc/accounts/me", "/pictures/0123456789abcdef-2x1.png", "/service-worker.js"]) {
    assert.equal(shelf.kindOf(other), null, other);
  }
  for (const plain of ["/icons.svg", "/pkg/app.1f0b5a4f2c91d7e3_bg.wasm", "/pkg/parts.1f0b5a4f2c91d7e3.library.bin"]) {
    assert.equal(shelf.kindOf(plain), "plain", plain);
  }
});

test("pages of the release before go on with their files until the last of them is closed", async () => {
  const { browser } = await installed("111");
  browser.open = ["/pkg/frame-111AAAAA.js"];
  browser.deploy("222");
  const next = browser.shelf("222");
  await next.fill();
  await next.tidy();
  assert.equal(await body(next.asset(get("/pkg/frame-111AAAAA.js"))), "/pkg/frame-111AAAAA.js of 111");
  assert.equal(await body(next.plain(get("/pkg/frame-111AAAAA.js"))), "/pkg/frame-111AAAAA.js of 111", "the server has it no longer");
  browser.open = ["/pkg/frame-222AAAAA.js"];
  // The worker before had answered the first page of this release.
  browser.stored.get("quorum 111")!.set("/pkg/frame-222AAAAA.js", new Response("kept too"));
  await next.tidy();
  assert.deepEqual([...browser.stored.keys()], ["quorum 222"]);
  assert.equal((await next.asset(get("/pkg/frame-111AAAAA.js"))).status, 404);
  browser.online = false;
  assert.match(await body(next.page(get("/"))), /frame-222/);
});

test("a release is not taken while the server serves another, nor one of which a file is missing", async () => {
  const browser = new Browser();
  browser.deploy("111");
  await assert.rejects(browser.shelf("222").fill());
  browser.server.delete("/pkg/shared-BBBBBBBB.js");
  await assert.rejects(browser.shelf("111").fill());
  // What has come is not asked for again.
  browser.server.set("/pkg/shared-BBBBBBBB.js", "shared");
  browser.asked = [];
  await browser.shelf("111").fill();
  assert.deepEqual(browser.asked.filter((path) => path.startsWith("/pkg/")), ["/pkg/shared-BBBBBBBB.js"]);
});
