/**
 * Opens the editor of a page that came from the server at once, while the application that the page belongs to is still loading. The application
 * takes it over as it is, with what it has said so far.
 */
import type { EditorHandle, Status } from "./contract.ts";
import type { OnEvent } from "./deferred.ts";

/** Nobody waits for an editor longer than this, in ms. */
const PATIENCE = 400;

type Mount = (element: HTMLElement, options: string, onEvent: OnEvent) => EditorHandle;

/** An editor that nobody has asked for yet. */
export class Early {
  /** Resolves when its text is there, or it takes long. */
  readonly opened: Promise<void>;
  readonly #element: HTMLElement;
  readonly #options: string;
  readonly #handle: EditorHandle;
  #said: string[] = [];
  #hear: OnEvent | null = null;

  private constructor(element: HTMLElement, options: string, mount: Mount) {
    this.#element = element;
    this.#options = options;
    let open: () => void = () => undefined;
    this.opened = new Promise((resolve) => (open = resolve));
    setTimeout(open, PATIENCE);
    this.#handle = mount(element, options, (json) => {
      if (hasText(json)) open();
      if (this.#hear) this.#hear(json);
      else this.#said.push(json);
    });
  }

  /** Where the page has a place for one, and says what it is to be mounted with. */
  static find(page: ParentNode, mount: Mount): Early | null {
    const place = page.querySelector<HTMLElement>(".editor-place[data-options]");
    return place && new Early(place, place.dataset["options"]!, mount);
  }

  /** Hands it to whoever wants it as it is; any other is in their way. */
  take(element: HTMLElement, options: string, onEvent: OnEvent): EditorHandle | null {
    if (element !== this.#element || options !== this.#options) {
      this.#handle.destroy();
      return null;
    }
    // Not within the call: whoever asks has no handle yet.
    queueMicrotask(() => {
      for (let json; (json = this.#said.shift()) !== undefined; ) onEvent(json);
      this.#hear = onEvent;
    });
    return this.#handle;
  }
}

/** Whether an editor that says this has left "connecting" behind. */
function hasText(json: string): boolean {
  const { status } = JSON.parse(json) as { status?: { status: Status } };
  return status !== undefined && status.status !== "connecting";
}
