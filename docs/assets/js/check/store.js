// Keeps the answers in this browser. It is the only module that keeps anything; what goes wrong comes back as a plain sentence.

import { parsed, whyNotReadable, FORMAT_VERSION } from "./file.js";
import { asTable, readSheet, rowsOf } from "./reading.js";

/**
 * @typedef {import("./questions.js").Check} Check
 * @typedef {import("./answers.js").AnswerSheet} AnswerSheet
 * @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Shelf
 * @typedef {{text: string | null | undefined}} Seen what was last read or written here; undefined before that
 *
 * @typedef {object} Store
 * @property {() => {sheet?: AnswerSheet, told?: string[], problem?: string}} load nothing if nothing was kept
 * @property {(sheet: AnswerSheet) => string | undefined} save returns the problem, if there is one
 * @property {() => string | undefined} clear
 */

const BLOCKED = "This browser keeps nothing for this page, so your answers are gone when you leave it: download them as a file.";
const FULL = "This browser has no room left for your answers, so the latest are not kept: download them as a file.";
const UNREADABLE = "The answers that this browser kept cannot be read, so the page starts without them.";
const NEWER = "The answers that this browser kept were saved by a newer version of the playbook, so the page starts without them.";
const CHANGED =
  "Your answers were changed elsewhere in this browser, perhaps in another tab, so what you change here is not kept. Load this page again to go on with those, or download these as a file.";
const ASIDE = " They were put aside in this browser, not deleted.";
const LOST = " They will be written over, because there is no room to put them aside.";
const SET_ASIDE = " (set aside)";

/**
 * The key under which the answers to one playbook are kept. All versions of a playbook share it; playbooks on one host do not.
 * @param {Check} check
 * @param {string} [pageAddress] where the page is, for a playbook that does not say its own address
 */
export const storeKey = (check, pageAddress = "") => {
  const { address, page, title } = check.playbook;
  const here = address || pageAddress.replace(/[?#].*$/s, "").replace(page, "");
  const folder = here.replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/\/(?:latest|\d+(?:\.\d+)*)\/$/, "/");
  return `playbook-health-check ${folder || "/"}${address ? "" : ` ${title}`}`;
};

/**
 * A place for one sheet. Browsers may refuse even to name their storage, so it may be given as a function.
 * @param {Shelf | null | undefined | (() => Shelf | null | undefined)} storage
 * @param {string} key
 * @returns {Store}
 */
export const openStore = (storage, key) => {
  const shelf = () => {
    const found = typeof storage === "function" ? storage() : storage;
    if (!found) throw new Error(BLOCKED);
    return found;
  };
  /** @type {Seen} */
  const seen = { text: undefined };
  return { load: () => load(shelf, key, seen), save: (sheet) => save(shelf, key, seen, sheet), clear: () => clear(shelf, key, seen) };
};

/**
 * @param {() => Shelf} shelf
 * @param {string} key
 * @param {Seen} seen
 * @returns {ReturnType<Store["load"]>}
 */
const load = (shelf, key, seen) => {
  /** @type {string | null} */
  let text;
  try {
    text = shelf().getItem(key);
  } catch {
    return { problem: BLOCKED };
  }
  seen.text = text;
  if (text === null) return {};
  const from = asTable(parsed(text));
  const isNewer = typeof from.format_version === "number" && from.format_version > FORMAT_VERSION;
  if (whyNotReadable(from.format_version) || !Array.isArray(from.answers)) {
    return { problem: `${isNewer ? NEWER : UNREADABLE}${isSetAside(shelf, key, text) ? ASIDE : LOST}` };
  }
  return readSheet(from);
};

/**
 * Keeps what cannot be read under another key, before it is written over. Returns whether there was room.
 * @param {() => Shelf} shelf
 * @param {string} key
 * @param {string} text
 */
const isSetAside = (shelf, key, text) => {
  try {
    shelf().setItem(key + SET_ASIDE, text);
    return true;
  } catch {
    return false;
  }
};

/**
 * Keeps a sheet, unless another tab has kept something since: that must not be written over.
 * @param {() => Shelf} shelf
 * @param {string} key
 * @param {Seen} seen
 * @param {AnswerSheet} sheet
 */
const save = (shelf, key, seen, sheet) => {
  try {
    const kept = shelf().getItem(key);
    if (seen.text !== undefined && kept !== null && kept !== seen.text) return CHANGED;
    const { project, date, form } = sheet;
    const text = JSON.stringify({ format_version: FORMAT_VERSION, project, date, form, answers: rowsOf(sheet, []) });
    shelf().setItem(key, text);
    seen.text = text;
    return undefined;
  } catch (error) {
    return isFull(error) ? FULL : BLOCKED;
  }
};

/**
 * @param {() => Shelf} shelf
 * @param {string} key
 * @param {Seen} seen
 */
const clear = (shelf, key, seen) => {
  try {
    shelf().removeItem(key);
    seen.text = null;
    return undefined;
  } catch {
    return BLOCKED;
  }
};

/** @param {unknown} error */
const isFull = (error) => error instanceof Error && /quota/i.test(error.name);
