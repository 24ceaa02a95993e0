/**
 * Opens the editor of a page that came from the server at once, while the application that the page belongs to is still loading. The application
 * takes it over as it is, with what it has said so far.
 */
import type { EditorHandle } from "./contract.ts";
import type { OnEvent } from "./deferred.ts";

type Mount = (element: HTMLElement, options: string, onEvent: OnEvent) => EditorHandle;

/** An editor that nobody has asked for yet. */
export class Early {
  readonly #element: HTMLElement;
  readonly #options: string;
  readonly #handle: EditorHandle;
  #said: string[] = [];
  #hear: OnEvent | null = null;

  private constructor(element: HTMLElement, options: string, mount: Mount) {
    this.#element = element;
    this.#options = options;
    this.#handle = mount(element, options, (json) => (this.#hear ? this.#hear(json) : void this.#said.push(json)));
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
