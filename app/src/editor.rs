//! The browser's own abilities, and `window.quorum`, the TypeScript side of the product (`app/editor`): the only `extern "C"`.
//!
//! Everything here panics outside a browser; call it from effects and event handlers only.

use std::time::Duration;

use js_sys::{Array, Function, Promise};
use leptos::prelude::{document, set_timeout};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// A mounted editor or reader. What is not there for one of them must not be called on it.
    #[derive(Clone, Debug)]
    pub type Mounted;

    /// Live text: mounts the editor into an empty element. Options and events are JSON, see `app/editor`.
    #[wasm_bindgen(js_namespace = ["window", "quorum"], js_name = mountEditor)]
    pub fn mount_editor(element: &web_sys::Element, options: &str, on_event: &Function) -> Mounted;

    /// Rendered text: enhances what the server rendered in place.
    #[wasm_bindgen(js_namespace = ["window", "quorum"], js_name = mountReader)]
    pub fn mount_reader(element: &web_sys::Element, options: &str, on_event: &Function) -> Mounted;

    /// Shows these threads: JSON.
    #[wasm_bindgen(method, js_name = setThreads)]
    pub fn set_threads(this: &Mounted, threads: &str);

    /// Marks one thread's passage; none with an empty id.
    #[wasm_bindgen(method, js_name = setActiveThread)]
    pub fn set_active_thread(this: &Mounted, thread: &str);

    /// Brings a thread's passage into view.
    #[wasm_bindgen(method, js_name = scrollToThread)]
    pub fn scroll_to_thread(this: &Mounted, thread: &str);

    /// Editor: what typing does, `reading`, `writing` or `suggesting`.
    #[wasm_bindgen(method, js_name = setMode)]
    pub fn set_mode(this: &Mounted, mode: &str);

    /// Editor: plain source instead of live preview.
    #[wasm_bindgen(method, js_name = setSource)]
    pub fn set_source(this: &Mounted, source: bool);

    /// Editor: shows in an empty element who else is here, from now on.
    #[wasm_bindgen(method, js_name = showPeople)]
    pub fn show_people(this: &Mounted, place: &web_sys::Element);

    /// Editor: puts the caret into it.
    #[wasm_bindgen(method)]
    pub fn focus(this: &Mounted);

    /// Editor: the text as it is on this device.
    #[wasm_bindgen(method)]
    pub fn text(this: &Mounted) -> String;

    #[wasm_bindgen(method, js_name = changes)]
    fn begin_changes(this: &Mounted) -> Promise;

    #[wasm_bindgen(method, js_name = discard)]
    fn begin_discard(this: &Mounted) -> Promise;

    /// Takes everything down again.
    #[wasm_bindgen(method)]
    pub fn destroy(this: &Mounted);

    /// An open ear for hints.
    #[derive(Clone, Debug)]
    pub type Listening;

    /// Hears of changes: one socket per tab; hints are JSON.
    #[wasm_bindgen(js_namespace = ["window", "quorum"])]
    pub fn listen(on_hint: &Function) -> Listening;

    /// Stops hearing.
    #[wasm_bindgen(method)]
    pub fn close(this: &Listening);

    type Blob;

    #[wasm_bindgen(constructor)]
    fn new(parts: &Array) -> Blob;

    #[wasm_bindgen(js_namespace = URL, js_name = createObjectURL)]
    fn object_url(blob: &Blob) -> String;

    #[wasm_bindgen(js_namespace = URL, js_name = revokeObjectURL)]
    fn forget_object_url(url: &str);

    /// `light`, `dark` or `system`: shows it, and keeps it for the next page and the server.
    #[wasm_bindgen(js_namespace = ["window", "quorum"], js_name = setTheme)]
    pub fn set_theme(theme: &str);

    /// Somebody is signed in here: who, and of which teams this device may keep copies. JSON, see `app/editor`.
    #[wasm_bindgen(js_namespace = ["window", "quorum"])]
    pub fn arrive(arrival: &str);

    #[wasm_bindgen(js_namespace = ["window", "quorum"], js_name = showDevice)]
    fn begin_show_device(place: &web_sys::Element, account: &str) -> Promise;

    #[wasm_bindgen(js_namespace = ["window", "quorum"], js_name = whenOpened)]
    fn call_when_opened(act: &JsValue);

    #[wasm_bindgen(js_namespace = ["window", "quorum"], js_name = unsent)]
    fn count_unsent(account: &str) -> Promise;

    #[wasm_bindgen(js_namespace = ["window", "quorum"], js_name = download)]
    fn begin_download(account: &str) -> Promise;

    #[wasm_bindgen(js_namespace = ["window", "quorum"], js_name = wipe)]
    fn begin_wipe(account: &str) -> Promise;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// Puts a text on the clipboard; false when the browser refuses (no permission, or not a secure page).
pub async fn copy(text: &str) -> bool {
    match write_text(text) {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}

/// Once the editor that the page came with has its text, or takes long.
pub fn when_opened(act: fn()) {
    call_when_opened(&Closure::once_into_js(act));
}

/// Of an editor: what the server lacks of its text, as a Yjs update in base64.
pub async fn changes(editor: &Mounted) -> Option<String> {
    JsFuture::from(editor.begin_changes()).await.ok()?.as_string()
}

/// Of an editor: forgets what the server lacks, here and on this device. It is of no use afterwards. What cannot be forgotten is shown again.
pub async fn discard(editor: &Mounted) {
    let _ = JsFuture::from(editor.begin_discard()).await;
}

/// How many changes of an account are only on this device.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of rows: whole, small, never negative")]
pub async fn unsent(account: &str) -> u32 {
    let count = JsFuture::from(count_unsent(account)).await.ok().and_then(|count| count.as_f64());
    count.map_or(0, |count| count as u32)
}

/// Fills an empty element with what of an account is on this device; false when that cannot be loaded.
pub async fn show_device(place: &web_sys::Element, account: &str) -> bool {
    JsFuture::from(begin_show_device(place, account)).await.is_ok()
}

/// Hands the person every text with changes that are only on this device, as files; false when that failed.
pub async fn download_unsent(account: &str) -> bool {
    JsFuture::from(begin_download(account)).await.is_ok()
}

/// Removes an account's copies from this device. Where the browser keeps nothing, there is nothing to remove.
pub async fn wipe(account: &str) {
    let _ = JsFuture::from(begin_wipe(account)).await;
}

/// Hands a text to the person as a file.
pub fn save(name: &str, text: &str) {
    let url = object_url(&Blob::new(&Array::of1(&text.into())));
    if let Some(anchor) = document().create_element("a").ok().and_then(|anchor| anchor.dyn_into::<HtmlElement>().ok()) {
        // Fails only for names that are no attributes' names.
        let _ = anchor.set_attribute("href", &url);
        let _ = anchor.set_attribute("download", name);
        anchor.click();
    }
    // The browser holds the text until told otherwise; a minute is enough for it to have begun.
    set_timeout(move || forget_object_url(&url), Duration::from_mins(1));
}
