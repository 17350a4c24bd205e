// The team’s view: the answers of several people side by side, without names and without a server. They stay in memory alone: a reload forgets
// them, and the files remain with those who made them.
import { isEmpty } from "./answers.js";
import { button, fileButton, make } from "./dom.js";
import { questionTable, sheetIn } from "./files-view.js";
import { questionLink } from "./result-view.js";
import { fromFragment } from "./share.js";
import { TEAM_RULE, compareTeams, teamView } from "./team.js";
import { count } from "./words.js";

const ANSWERS = /** @type {const} */ ({ yes: "Yes", partly: "Partly", no: "No", "not sure": "Not sure", "": "No answer" });
const MOVES = /** @type {Record<string, string>} */ ({ closer: "Closer together", "further apart": "Further apart", same: "As before", new: "New", gone: "No longer answered" });

const countRow = (/** @type {any} */ { question, counts }) => [questionLink(question), ...Object.keys(ANSWERS).map((answer) => String(counts[answer] || "–"))];
const countTable = (/** @type {string} */ name, /** @type {any[]} */ rows) => questionTable(name, ["Question", ...Object.values(ANSWERS)], rows.map(countRow));

/** "2 yes, 1 no" */
const countsInWords = (/** @type {any} */ { counts }) =>
  Object.entries(ANSWERS).filter(([answer]) => answer && counts[answer]).map(([answer]) => `${counts[answer]} ${answer}`).join(", ") || "–";

const part = (/** @type {string} */ heading, /** @type {string} */ text, /** @type {any[]} */ rows) =>
  rows.length ? [make("h3", {}, heading), make("p", {}, text), countTable(heading, rows)] : [];

const folded = (/** @type {string} */ heading, /** @type {any[]} */ rows) =>
  rows.length ? [make("details", { class: "check-more" }, make("summary", {}, `${heading} (${rows.length})`), countTable(heading, rows))] : [];

/**
 * One group of people, whose answers are loaded from files, from pasted links or from this page.
 * @param {any} context
 * @param {{name: string, own: boolean, onchange: () => void}} options
 */
const loader = (context, { name, own, onchange }) => {
  /** @type {any[]} */
  const sheets = [];
  const state = make("p", { role: "status", class: "check-team__state" });
  const links = make("textarea", { rows: 3, autocomplete: "off", spellcheck: "false" });
  const fresh = () => {
    state.textContent = sheets.length ? `${count(sheets.length, "person", "people")} loaded.` : "No answers are loaded yet.";
    clear.hidden = !sheets.length;
    onchange();
  };
  const add = (/** @type {any[]} */ found) => {
    sheets.push(...found);
    fresh();
  };
  const files = fileButton("Choose files", { multiple: true }, async (chosen) => {
    const found = [];
    for (const file of chosen) found.push(await sheetIn(context, file));
    add(found.filter(Boolean));
  });
  const paste = button("Add the links", () => {
    const lines = links.value.split(/\s+/).filter(Boolean);
    /** @type {string[]} */
    const left = [];
    const found = lines.flatMap((/** @type {string} */ line) => {
      const read = fromFragment(context.check, line);
      if (!("problem" in read)) return [read.sheet];
      left.push(line);
      context.tell(`${read.problem} It is still in the field.`, { isProblem: true, isAnswer: true });
      return [];
    });
    links.value = left.join("\n");
    if (!found.length) links.focus();
    add(found);
  });
  const mine = own && button("Add the answers on this page", () => (isEmpty(context.sheet) ? context.tell("There are no answers on this page yet.", { isAnswer: true }) : add([context.sheet])));
  const clear = button("Take them all out", () => {
    sheets.length = 0;
    fresh();
  });
  state.textContent = "No answers are loaded yet.";
  clear.hidden = true;
  const element = make(
    "fieldset",
    { class: "check-load" },
    make("legend", {}, name),
    make("div", { class: "check-buttons" }, files, mine, clear),
    make("label", { class: "check-field" }, make("span", { class: "check-field__name" }, "Or paste links, one on each line"), links),
    make("div", { class: "check-buttons" }, paste),
    state,
  );
  return { element, sheets };
};

/**
 * @param {any} context
 */
export const teamSection = (context) => {
  const said = make("p", { class: "check-result__sentence", role: "status" });
  const place = make("div", {});
  const refresh = () => {
    const { sentence, differ, weak, agreed, few, told } = teamView(context.check, now.sheets);
    const moves = before.sheets.length ? compareTeams(context.check, before.sheets, now.sheets) : null;
    const parts = [
      ...told.map((/** @type {string} */ each) => make("p", {}, each)),
      ...part("Where you differ", "Talk about these first. The most different answers come first.", differ),
      ...part("Where you agree that something is missing", "Nobody said yes here.", weak),
      ...folded("Where everyone said yes", agreed),
      ...(now.sheets.length > 1 ? folded("Questions that fewer than two people answered", few) : []),
      ...(moves ? movesOf(moves) : []),
      now.sheets.length > 1 && make("details", { class: "check-more check-rule" }, make("summary", {}, "How this order is worked out"), make("ul", {}, ...TEAM_RULE.map((each) => make("li", {}, each)))),
    ];
    said.textContent = now.sheets.length ? sentence : "";
    place.replaceChildren(...(now.sheets.length ? parts.filter(Boolean) : []));
  };
  const now = loader(context, { name: "Answers of the team", own: true, onchange: refresh });
  const before = loader(context, { name: "Answers of the team at an earlier time", own: false, onchange: refresh });
  const title = make("h2", { id: "check-team-title", tabindex: "-1" }, "Compare a team’s answers");
  const element = make(
    "section",
    { class: "check-team", id: "check-team", "aria-labelledby": "check-team-title" },
    title,
    make("p", {}, "Each person answers alone and passes on the file or the link. Load them here to see where you differ. The files are read in this browser and sent to no one, no names are shown, and the answers are gone from here when you leave the page."),
    now.element,
    said,
    place,
    make("details", { class: "check-more check-screen" }, make("summary", {}, "Compare with an earlier time"), before.element),
  );
  return { element, refresh, title };
};

const movesOf = (/** @type {any} */ { sentence, rows }) => [
  make("h3", {}, "Since the earlier time"),
  make("p", { class: "check-result__sentence" }, sentence),
  questionTable(
    "Since the earlier time, question by question",
    ["Question", "Before", "Now", "Change"],
    rows.map((/** @type {any} */ { question, was, now, change }) => [questionLink(question), countsInWords(was), countsInWords(now), MOVES[change]]),
  ),
];
