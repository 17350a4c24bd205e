// A sheet of answers as the part of an address after “#”, which browsers keep to themselves and never send.
//
// It is `#answers=1.` and then parts with full stops between: form, day, project, and one part for each answer, in which id, letter, wording,
// note, action, who and by have tildes between. Only letters, digits, “-”, “_”, “.” and “~” stand in it, because mail programs break addresses at others.

import { WRITTEN } from "./answers.js";
import { FORMAT_VERSION, whyNotReadable } from "./file.js";
import { asText, readSheet, rowsOf } from "./reading.js";

/**
 * @typedef {import("./questions.js").Check} Check
 * @typedef {import("./answers.js").AnswerSheet} AnswerSheet
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./reading.js").Read} Read
 * @typedef {import("./reading.js").Refused} Refused
 */

/** How long a link's fragment may be, in characters: longer ones are cut by some mail and chat programs. */
export const LIMIT = 2000;

const BEGINNING = "answers=";
const LONGEST_READ = 100_000;
/** @type {Record<string, string>} */
const LETTERS = { yes: "y", partly: "p", no: "n", "not sure": "u", "": "" };
/** @type {Map<string, string>} */
const ANSWERS_BY_LETTER = new Map(Object.entries(LETTERS).map(([answer, letter]) => [letter, answer]));

/**
 * The fragment for a sheet, with its “#”. Notes and actions are left out if it would be longer than LIMIT, which is told. If it is too long even so,
 * it is empty and `problem` says what to do instead.
 * @param {AnswerSheet} sheet
 * @returns {{fragment: string, told: string[], problem?: string}}
 */
export const toFragment = (sheet) => {
  const whole = fragmentOf(sheet);
  if (whole.length <= LIMIT) return { fragment: whole, told: [] };
  const short = fragmentOf(withoutWords(sheet));
  if (short.length <= LIMIT)
    return {
      fragment: short,
      told: ["The link leaves out notes and actions, because it would be too long with them: download the answers as a file to pass those on."],
    };
  return { fragment: "", told: [], problem: "These answers are too long for a link: download them as a file instead." };
};

/**
 * The sheet in a fragment, or in a whole address that someone pasted; or one sentence on why there is none.
 * @param {Check} check
 * @param {unknown} text
 * @returns {Read | Refused}
 */
export const fromFragment = (check, text) => {
  if (!carriesAnswers(text)) return { problem: "This link holds no answers." };
  if (text.length > LONGEST_READ) return { problem: "This link is too long to hold answers." };
  const [version, form = "", day = "", project = "", ...parts] = tidied(text.slice(text.indexOf(`#${BEGINNING}`) + BEGINNING.length + 1)).split(".");
  const problem = whyNotReadable(Number(version));
  if (problem) return { problem };
  try {
    const read = readSheet({
      form: form === "q" ? "quick" : "all",
      date: spelt(day),
      project: decoded(project),
      answers: parts.filter(Boolean).map(rowFrom),
    });
    const ids = Object.keys(read.sheet.answers);
    const isForeign = ids.length > 0 && !ids.some((id) => check.byId.has(id) || check.byFormerId.has(id) || Object.hasOwn(check.gone, id));
    return isForeign ? { problem: "None of the answers in this link is to a question of this playbook." } : read;
  } catch {
    return { problem: "This link is damaged: it may have been cut off on its way. Ask for it again, or for the file." };
  }
};

/**
 * Whether a fragment or an address holds answers.
 * @param {unknown} text
 * @returns {text is string}
 */
export const carriesAnswers = (text) => typeof text === "string" && text.includes(`#${BEGINNING}`);

/**
 * A fragment without what stood around the link, such as a bracket; some programs also write “%7E” for each tilde.
 * @param {string} fragment
 */
const tidied = (fragment) => {
  const bare = fragment.replace(/[^\w-]+$/, "");
  return bare.includes("~") ? bare : bare.replace(/%7E/gi, "~");
};

/** @param {AnswerSheet} sheet */
const fragmentOf = (sheet) => {
  const parts = rowsOf(sheet, []).map((row) =>
    [row.question, LETTERS[row.answer], row.wording, ...WRITTEN.map((name) => encoded(row[name]))].join("~").replace(/~+$/, ""),
  );
  const head = [FORMAT_VERSION, sheet.form === "quick" ? "q" : "a", sheet.date.replaceAll("-", ""), encoded(sheet.project)];
  return `#${BEGINNING}${[...head, ...parts].join(".").replace(/\.+$/, "")}`;
};

/**
 * @param {AnswerSheet} sheet
 * @returns {AnswerSheet}
 */
const withoutWords = (sheet) => {
  const rows = Object.entries(sheet.answers).filter(([, each]) => each.answer);
  return { ...sheet, answers: Object.fromEntries(rows.map(([id, each]) => [id, { ...each, note: "", action: "", who: "", by: "" }])) };
};

/** @param {string} part */
const rowFrom = (part) => {
  const [question, letter = "", wording = "", ...words] = part.split("~");
  const written = Object.fromEntries(WRITTEN.map((name, place) => [name, decoded(words[place] ?? "")]));
  return { question, answer: ANSWERS_BY_LETTER.get(letter) ?? letter, wording: decoded(wording), ...written };
};

/**
 * Words with only safe characters: “_” stands for a space.
 * @param {string} words
 */
const encoded = (words) =>
  encodeURIComponent(asText(words)).replace(/[_!'()*.~]|%20/g, (each) =>
    each === "%20" ? "_" : `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * @param {string} words
 * @throws {URIError} if it was cut off in the middle of a character
 */
const decoded = (words) => decodeURIComponent(words.replaceAll("_", " "));

/** @param {string} day */
const spelt = (day) => day.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
