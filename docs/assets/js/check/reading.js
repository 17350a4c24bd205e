// Reads answers that come from outside: a file, a link, or what a browser kept. Whatever they hold, nothing is thrown, and what cannot be
// used is told in a plain sentence.

import { ANSWERS, WRITTEN, isBlank, tableOf } from "./answers.js";
import { count, isDate, quoted } from "./words.js";

/**
 * @typedef {import("./answers.js").AnswerSheet} AnswerSheet
 * @typedef {import("./answers.js").Answered} Answered
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {{sheet: AnswerSheet, told: string[]}} Read a sheet, and what could not be used
 * @typedef {{problem: string}} Refused one plain sentence on why there is no sheet
 */

/** What ids of entries look like. */
const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const LONGEST_ID = 60;
const MOST_TOLD = 20;

/**
 * A sheet from an object of unknown content. Each answer is a row: `{question: "id", answer: "yes", note: "", …}`.
 * @param {unknown} raw
 * @returns {Read}
 */
export const readSheet = (raw) => {
  const from = asTable(raw);
  /** @type {string[]} */
  const told = [];
  const rows = Array.isArray(from.answers) ? from.answers : [];
  if (!Array.isArray(from.answers)) told.push("It has no list of answers.");
  /** @type {Map<string, Answered>} */
  const answers = new Map();
  rows.forEach((/** @type {unknown} */ row, /** @type {number} */ place) => {
    const { id, answered, faults } = readRow(row, place + 1);
    told.push(...faults);
    if (!id || isBlank(answered)) return;
    if (answers.has(id)) told.push(`The question ${quoted(id)} has two answers: the first one counts.`);
    else answers.set(id, answered);
  });
  if (from.date && !isDate(from.date)) told.push("Its date is not a day of the calendar, so it was left out.");
  if (from.project !== undefined && typeof from.project !== "string") told.push("The name of its project is not text, so it was left out.");
  return {
    sheet: {
      project: asText(from.project),
      date: isDate(from.date) ? from.date : "",
      form: from.form === "quick" ? "quick" : "all",
      answers: tableOf([...answers]),
    },
    told: shortened(told),
  };
};

/**
 * What is told, cut to a length that someone can read.
 * @param {string[]} told
 */
const shortened = (told) => {
  const rest = told.length - MOST_TOLD;
  return rest > 0 ? [...told.slice(0, MOST_TOLD), `There ${rest === 1 ? "was" : "were"} ${count(rest, "more fault")} like these.`] : told;
};

/**
 * @param {unknown} row
 * @param {number} place
 * @returns {{id: string, answered: Answered, faults: string[]}}
 */
const readRow = (row, place) => {
  const from = asTable(row);
  const id = typeof from.question === "string" && ID.test(from.question) && from.question.length <= LONGEST_ID ? from.question : "";
  /** @type {Answered} */
  const answered = { answer: "", note: "", action: "", who: "", by: "", wording: asText(from.wording), text: asText(from.text) };
  if (!id) return { id, answered, faults: [`Answer ${place} does not say which question it is to, so it was left out.`] };
  const faults = [];
  const named = quoted(answered.text || id);
  if (isAnswer(from.answer)) answered.answer = from.answer;
  else if (from.answer !== undefined) faults.push(`The answer to ${named} is none of yes, partly, no and not sure, so the question was left open.`);
  for (const name of WRITTEN) {
    answered[name] = asText(from[name]);
    if (from[name] !== undefined && typeof from[name] !== "string")
      faults.push(`What stands under “${name}” beside ${named} is not text, so it was left out.`);
  }
  return { id, answered, faults };
};

/**
 * Whether something is an answer, or the word for none.
 * @param {unknown} found
 * @returns {found is Answer}
 */
export const isAnswer = (found) => found === "" || ANSWERS.some((each) => each === found);

/**
 * An object to look things up in; an empty one for anything else.
 * @param {unknown} found
 * @returns {Record<string, unknown>}
 */
export const asTable = (found) =>
  typeof found === "object" && found !== null && !Array.isArray(found) ? Object.assign(Object.create(null), found) : Object.create(null);

const CONTROLS = /[\p{Cc}\p{Surrogate}]/gu; // and halves of characters, which no address can carry
const KEPT = "\t\n";

/**
 * A text without invisible control characters; nothing for what is no text.
 * @param {unknown} found
 * @returns {string}
 */
export const asText = (found) =>
  typeof found === "string" ? found.replace(/\r\n?/g, "\n").replace(CONTROLS, (each) => (KEPT.includes(each) ? each : "")) : "";

/**
 * The rows that a sheet is written as, in the order of the questions; answers to others follow.
 * @param {AnswerSheet} sheet
 * @param {{id: string, text: string}[]} questions
 * @returns {({question: string} & Answered)[]}
 */
export const rowsOf = (sheet, questions) => {
  const places = new Map(questions.map((each, place) => [each.id, place]));
  const place = (/** @type {string} */ id) => places.get(id) ?? questions.length;
  const rows = Object.entries(sheet.answers).filter(([, each]) => !isBlank(each));
  return rows
    .sort(([one], [other]) => place(one) - place(other) || (one < other ? -1 : 1))
    .map(([id, each]) => ({ question: id, ...each, text: each.text || questions[place(id)]?.text || "" }));
};
