// A sheet of answers: what one person, or one team, answered on one day. A sheet is never changed; each change makes a new one.

import { own } from "./questions.js";

/**
 * @typedef {import("./questions.js").Question} Question
 * @typedef {import("./questions.js").Form} Form
 * @typedef {"yes" | "partly" | "no" | "not sure" | ""} Answer nothing stands for “not answered”
 *
 * @typedef {object} Answered what stands beside one question
 * @property {Answer} answer
 * @property {string} note
 * @property {string} action what to do next
 * @property {string} who who does it
 * @property {string} by when it is to be done
 * @property {string} wording the hash of the question's text at the time of the answer
 * @property {string} text that text, or nothing if it is not known
 *
 * @typedef {{project: string, date: string, form: Form, answers: Record<string, Answered>}} AnswerSheet
 */

/** The answers that can be given, the best first. @type {Exclude<Answer, "">[]} */
export const ANSWERS = ["yes", "partly", "no", "not sure"];

/** What can be written beside an answer. @type {("note" | "action" | "who" | "by")[]} */
export const WRITTEN = ["note", "action", "who", "by"];

/** @type {Readonly<Answered>} */
const BLANK = Object.freeze({ answer: "", note: "", action: "", who: "", by: "", wording: "", text: "" });

/**
 * A sheet without an answer.
 * @param {Form} form
 * @param {string} date the day, as `2026-11-27`
 * @returns {AnswerSheet}
 */
export const emptySheet = (form, date) => ({ project: "", date, form, answers: {} });

/**
 * What stands beside a question; blank if nothing does.
 * @param {AnswerSheet} sheet
 * @param {string} id
 * @returns {Readonly<Answered>}
 */
export const answerTo = (sheet, id) => own(sheet.answers, id) ?? BLANK;

/**
 * The sheet with changes to what stands beside one question. A new answer is to the question as it is worded now, so giving the
 * same answer again confirms it after the question was reworded.
 * @param {AnswerSheet} sheet
 * @param {Question} question
 * @param {Partial<Answered>} changes
 * @returns {AnswerSheet}
 */
export const withAnswer = (sheet, question, changes) => {
  const before = answerTo(sheet, question.id);
  const isNew = "answer" in changes || !before.wording;
  const now = { ...before, ...changes, ...(isNew ? { wording: question.wording, text: question.text } : {}) };
  if (isBlank(now)) return withoutAnswer(sheet, question.id);
  return { ...sheet, answers: tableOf([...Object.entries(sheet.answers).filter(([id]) => id !== question.id), [question.id, now]]) };
};

/**
 * The sheet without what stands beside one question.
 * @param {AnswerSheet} sheet
 * @param {string} id
 * @returns {AnswerSheet}
 */
export const withoutAnswer = (sheet, id) => ({ ...sheet, answers: tableOf(Object.entries(sheet.answers).filter(([each]) => each !== id)) });

/**
 * How many of the questions have an answer.
 * @param {AnswerSheet} sheet
 * @param {Question[]} questions
 * @returns {{done: number, of: number}}
 */
export const answered = (sheet, questions) => ({
  done: questions.filter((each) => answerTo(sheet, each.id).answer).length,
  of: questions.length,
});

/**
 * Whether nothing would be lost with the sheet.
 * @param {AnswerSheet} sheet
 */
export const isEmpty = (sheet) => !sheet.project && Object.values(sheet.answers).every(isBlank);

/**
 * Whether neither an answer nor a word stands there.
 * @param {Readonly<Answered>} each
 */
export const isBlank = (each) => !each.answer && WRITTEN.every((name) => !each[name]);

/**
 * A table of answers by their ids. It is made in one step because an id can be a name that objects have already.
 * @param {[string, Answered][]} rows
 * @returns {Record<string, Answered>}
 */
export const tableOf = (rows) => Object.fromEntries(rows);
