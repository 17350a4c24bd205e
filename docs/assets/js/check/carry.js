// Brings answers to the questions as they are now. Answers to questions that were renamed or reworded are carried over; those to questions
// that were withdrawn or merged, or that this version does not know, are set apart with the reason. None is dropped: what is set apart stays in
// the sheet, where it counts for nothing, until someone removes it.

import { answerTo, isBlank, tableOf } from "./answers.js";
import { own } from "./questions.js";
import { listed, quoted } from "./words.js";

/**
 * @typedef {import("./questions.js").Check} Check
 * @typedef {import("./answers.js").AnswerSheet} AnswerSheet
 * @typedef {import("./answers.js").Answered} Answered
 *
 * @typedef {object} Carried
 * @property {AnswerSheet} sheet
 * @property {{from: string, to: string}[]} carried answers whose question has another id now
 * @property {{id: string, was: string, now: string}[]} reworded answers that were given to another wording, until they are given again; `was` is empty if that wording is not known
 * @property {({id: string, why: string} & Answered)[]} apart answers that count for nothing, with the reason
 */

/**
 * The sheet with each answer at the question that it belongs to now, and what was done.
 * @param {Check} check
 * @param {AnswerSheet} sheet
 * @returns {Carried}
 */
export const carryOver = (check, sheet) => {
  const carried = renamedIn(check, sheet);
  const left = new Map(carried.map(({ from, to }) => [from, to]));
  const answers = tableOf(
    Object.entries(sheet.answers).map(([id, each]) => [left.get(id) ?? id, { ...each, text: each.text || knownText(check, id, each.wording) }]),
  );
  const moved = { ...sheet, answers };
  const unknown = Object.entries(answers).filter(([id, each]) => !check.byId.has(id) && !isBlank(each));
  return {
    sheet: moved,
    carried,
    reworded: rewordedIn(check, moved),
    apart: unknown.map(([id, each]) => ({ id, ...each, text: each.text || id, why: whyApart(check, id) })),
  };
};

/**
 * From each id that a question had before to the one that it has now, unless that one has an answer of its own.
 * @param {Check} check
 * @param {AnswerSheet} sheet
 */
const renamedIn = (check, sheet) => {
  /** @type {Map<string, string>} */
  const from = new Map();
  for (const [id, each] of Object.entries(sheet.answers)) {
    const to = check.byId.has(id) || isBlank(each) ? undefined : check.byFormerId.get(id)?.id;
    if (to !== undefined && isBlank(answerTo(sheet, to)) && !from.has(to)) from.set(to, id);
  }
  return [...from].map(([to, old]) => ({ from: old, to }));
};

/**
 * @param {Check} check
 * @param {AnswerSheet} sheet
 */
const rewordedIn = (check, sheet) =>
  check.questions
    .map((question) => ({ question, each: answerTo(sheet, question.id) }))
    .filter(({ question, each }) => each.answer && each.wording && each.wording !== question.wording)
    .map(({ question, each }) => ({ id: question.id, was: each.text === question.text ? "" : each.text, now: question.text }));

/**
 * The text of a question by the hash of its wording, as far as this version knows it.
 * @param {Check} check
 * @param {string} id
 * @param {string} wording
 */
const knownText = (check, id, wording) => {
  const question = check.byId.get(id) ?? check.byFormerId.get(id);
  if (question && question.wording === wording) return question.text;
  return own(check.former_wordings, wording) ?? (question ? "" : (own(check.gone, id)?.text ?? ""));
};

/**
 * @param {Check} check
 * @param {string} id
 */
const whyApart = (check, id) => {
  const renamed = check.byFormerId.get(id);
  if (renamed) return `The question is now ${quoted(renamed.text)}, which has an answer of its own.`;
  const gone = own(check.gone, id);
  if (!gone) return "This version of the playbook has no such question: it may come from a newer one.";
  const instead = gone.replaced_by.map((each) => check.byId.get(each)?.text ?? own(check.entries, each)?.title ?? each);
  const reason = gone.reason ? ` The reason given: ${gone.reason.replace(/\.$/, "")}.` : "";
  return `The question was ${instead.length ? "merged into another" : "withdrawn"}.${reason}${instead.length ? ` See instead: ${listed(instead.map(quoted))}.` : ""}`;
};
