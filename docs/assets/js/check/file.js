// A sheet of answers as a file, and back.

import { asTable, asText, readSheet, rowsOf } from "./reading.js";
import { quoted } from "./words.js";

/**
 * @typedef {import("./questions.js").Check} Check
 * @typedef {import("./answers.js").AnswerSheet} AnswerSheet
 * @typedef {import("./reading.js").Read} Read
 * @typedef {import("./reading.js").Refused} Refused
 */

/** What says that a file holds answers to a health check. */
export const FORMAT = "playbook-health-check";

/** The newest form of the file that this page reads, and the one that it writes. */
export const FORMAT_VERSION = 1;

const MOST_BYTES = 1_000_000;

/**
 * The text of a file with all that a sheet holds. It names the playbook, its version, the date, and each question's id and wording.
 * @param {Check} check
 * @param {AnswerSheet} sheet
 * @returns {string}
 */
export const sheetToFile = (check, sheet) => {
  const { title, address, version } = check.playbook;
  const { project, date, form } = sheet;
  const head = { format: FORMAT, format_version: FORMAT_VERSION, playbook: { title, address }, version, saved: date, project, date, form };
  return `${JSON.stringify({ ...head, answers: rowsOf(sheet, check.questions) }, null, 2)}\n`;
};

/**
 * The sheet in the text of a file; or one sentence on why there is none. Answers to another playbook are refused by its title, and are
 * under `anyway` for those who want them all the same.
 * @param {Check} check
 * @param {unknown} text
 * @returns {Read | (Refused & {anyway?: Read})}
 */
export const fileToSheet = (check, text) => {
  if (typeof text !== "string") return { problem: "This file is not text, so it holds no answers." };
  if (isTooLarge(text)) return { problem: "This file is larger than 1 MB, so it was not read: files of answers are much smaller." };
  const found = parsed(text);
  if (found === undefined) return { problem: "This file is not JSON. Answers that were downloaded as a file end in “.json”." };
  const from = asTable(found);
  if (from.format !== FORMAT) return { problem: "This file holds no answers to a health check." };
  const problem = whyNotReadable(from.format_version);
  if (problem) return { problem };
  if (!Array.isArray(from.answers)) return { problem: "This file has no list of answers: it may have been cut off or edited." };
  const read = readSheet({ ...from, date: from.date ?? from.saved });
  const other = otherPlaybook(check, from.playbook);
  return other
    ? { problem: `These answers are to the health check of ${quoted(other)}, not of ${quoted(check.playbook.title)}.`, anyway: read }
    : read;
};

/**
 * What speaks against reading a form of the file, if anything does.
 * @param {unknown} version
 */
export const whyNotReadable = (version) => {
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1)
    return "These answers do not say which format they are in, so they cannot be read.";
  if (version > FORMAT_VERSION)
    return "These answers were saved by a newer version of the playbook, in a format that this page cannot read: open them there.";
  return "";
};

/** @param {string} text */
const isTooLarge = (text) => text.length > MOST_BYTES || new TextEncoder().encode(text).length > MOST_BYTES;

/**
 * What a text of JSON holds; undefined if it is none.
 * @param {string} text
 * @returns {unknown}
 */
export const parsed = (text) => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
};

/**
 * The title of the playbook that answers are to, if it is another one. It is the same under another title or at another address,
 * but not under both.
 * @param {Check} check
 * @param {unknown} named
 */
const otherPlaybook = (check, named) => {
  const { title, address } = asTable(named);
  const isSame = asText(title) === check.playbook.title || (asText(address) !== "" && asText(address) === check.playbook.address);
  return isSame ? "" : asText(title) || "another playbook";
};
