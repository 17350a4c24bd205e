// Builds elements. All text is put in as text, never as HTML.

/**
 * An element with attributes, listeners (`onclick`) and children; a child that is a text stays text.
 * @param {string} name
 * @param {Record<string, any>} [attributes] false, null and undefined leave an attribute out, true writes it without a value
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

/**
 * What `build` gives, which is built when it is first asked for, and never again.
 * @template T
 * @param {() => T} build
 * @returns {() => T}
 */
export const once = (build) => {
  /** @type {{built: T} | undefined} */
  let kept;
  return () => (kept ??= { built: build() }).built;
};

/** Lets the browser draw and answer its reader before the work goes on. */
export const pause = () => new Promise((resolve) => setTimeout(resolve));

/**
 * A button with words on it.
 * @param {string} words
 * @param {(event: Event) => void} onclick
 * @param {Record<string, any>} [attributes]
 */
export const button = (words, onclick, attributes = {}) => make("button", { type: "button", class: "check-button", onclick, ...attributes }, words);

/**
 * A field under its label; what the reader types goes to `onchange` with each key.
 * @param {string} label
 * @param {Record<string, any>} attributes
 * @param {(value: string) => void} onchange
 */
export const field = (label, { tag = "input", ...attributes }, onchange) =>
  make(
    "label",
    { class: "check-field" },
    make("span", { class: "check-field__name" }, label),
    make(tag, { ...attributes, autocomplete: "off", oninput: (/** @type {any} */ event) => onchange(event.target.value) }),
  );

/**
 * A button that lets the reader choose files.
 * @param {string} words
 * @param {{multiple?: boolean, className?: string}} options
 * @param {(files: File[]) => void} onchosen
 */
export const fileButton = (words, { multiple = false, className = "check-button" }, onchosen) => {
  const chooser = make("input", {
    type: "file",
    multiple,
    accept: ".json,application/json",
    hidden: true,
    "aria-label": words,
    onchange: () => {
      const files = [...chooser.files];
      chooser.value = "";
      if (files.length) onchosen(files);
    },
  });
  return make("span", {}, button(words, () => chooser.click(), { class: className }), chooser);
};

/**
 * Asks before something is lost, in a dialog that keeps the focus; true if the reader agrees.
 * @param {{title: string, text: string, yes: string, no: string}} words
 * @returns {Promise<boolean>}
 */
export const ask = ({ title, text, yes, no }) =>
  new Promise((resolve) => {
    const dialog = make(
      "dialog",
      { class: "check-dialog md-typeset", "aria-labelledby": "check-dialog-title" },
      make("h2", { id: "check-dialog-title" }, title),
      make("p", {}, text),
      make("div", { class: "check-buttons" }, button(yes, () => dialog.close("yes")), button(no, () => dialog.close(), { autofocus: true })),
    );
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
