// The questions of the health check and what hangs together with them, as the page prints them for its scripts.
// Nothing here knows the page: all of it is data in and data out, so that it runs in node as well.

/**
 * @typedef {object} Question
 * @property {string} id
 * @property {number} number its place on the page, from 1
 * @property {string} pillar the id of its pillar
 * @property {boolean} quick whether the quick check asks it too
 * @property {string} text the question itself, as plain text
 * @property {string} title
 * @property {string} wording a short hash of the text: it changes when the text does
 * @property {string} url the way from the page to the question's own page
 * @property {string} path the same from the top of the site
 * @property {string[]} former ids that it had before
 * @property {string[]} reveals barriers that a weak answer points to
 * @property {string[]} tries insights to try
 *
 * @typedef {{title: string, summary: string, url: string, path: string}} Entry
 * @typedef {{reason: string, replaced_by: string[], text: string}} Gone a question that was withdrawn or merged
 *
 * @typedef {object} Check
 * @property {{title: string, address: string, version: string, released: string | null, page: string}} playbook
 * @property {{id: string, title: string}[]} pillars
 * @property {Question[]} questions in the order of the page
 * @property {Map<string, Question>} byId
 * @property {Map<string, Question>} byFormerId
 * @property {Record<string, Entry>} entries barriers and insights, in the playbook's order
 * @property {Record<string, Gone>} gone
 * @property {Record<string, string>} former_wordings from the hash of a text that a question had in an earlier release to that text
 *
 * @typedef {"quick" | "all"} Form
 */

/**
 * The health check from the data in its page.
 * @param {any} json the data, or their JSON text
 * @param {string} [canonical] the canonical address of the page, which ends with the page's own path
 * @returns {Check}
 */
export const readCheck = (json, canonical = "") => {
  const data = typeof json === "string" ? JSON.parse(json) : json;
  const page = data.playbook.page ?? "";
  const address = data.playbook.address || (page && canonical.endsWith(`/${page}`) ? canonical.slice(0, -page.length) : "");
  /** @type {Question[]} */
  const questions = data.questions.map((/** @type {any} */ each) => ({ path: "", former: [], ...each }));
  return {
    playbook: { ...data.playbook, page, address },
    pillars: data.pillars,
    questions,
    byId: new Map(questions.map((each) => [each.id, each])),
    byFormerId: new Map(questions.flatMap((each) => each.former.map((old) => [old, each]))),
    entries: data.entries,
    gone: data.gone ?? {},
    former_wordings: data.former_wordings ?? {},
  };
};

/**
 * The questions that a form of the check asks; all, if none is marked for the quick check.
 * @param {Check} check
 * @param {Form} form
 * @returns {Question[]}
 */
export const chosen = (check, form) => {
  const quick = form === "quick" ? check.questions.filter((each) => each.quick) : [];
  return quick.length ? quick : check.questions;
};

/**
 * The value of a key that the table has itself: an id may be called `constructor`.
 * @template T
 * @param {Record<string, T>} table
 * @param {string} key
 * @returns {T | undefined}
 */
export const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
