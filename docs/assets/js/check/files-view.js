// What is done with answers: saved, loaded, shared, printed, and compared with those of another date.
import { carryOver } from "./carry.js";
import { COMPARE_RULE, compareSheets } from "./compare.js";
import { button, fileButton, make } from "./dom.js";
import { toCsv, toMarkdown } from "./export.js";
import { fileToSheet, sheetToFile } from "./file.js";
import { questionLink } from "./result-view.js";
import { toFragment } from "./share.js";
import { quoted, sayDate } from "./words.js";

/** Bytes of a file that are read at most; what is larger is refused by its length alone. */
const MOST_READ = 4_000_000;

/**
 * Saves a text as a file.
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
const download = (name, text, type) => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

const fileName = (/** @type {any} */ sheet, /** @type {string} */ ending) => {
  const project = sheet.project.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40);
  return ["health-check", project, sheet.date].filter(Boolean).join("-") + ending;
};

/**
 * Reads a file of answers; what is wrong with it is told, and answers to another playbook are taken only if the reader wants them.
 * @param {any} context
 * @param {File} file
 * @returns {Promise<import("./answers.js").AnswerSheet | null>}
 */
export const sheetIn = async (context, file) => {
  const text = file.size > MOST_READ ? " ".repeat(MOST_READ) : await file.text().catch(() => "");
  const read = fileToSheet(context.check, text);
  const taken = "problem" in read ? await anyway(context, read) : read;
  if (!taken && "problem" in read) {
    context.tell(`${quoted(file.name)} was not loaded. ${read.problem} Your answers on this page are as they were.`, { isProblem: true, isAnswer: true });
  }
  taken?.told.forEach((each) => context.tell(`${quoted(file.name)}: ${each}`, { isProblem: true, isAnswer: true }));
  return taken?.sheet ?? null;
};

/** Answers to another playbook, if the reader wants them all the same. */
const anyway = async (/** @type {any} */ context, /** @type {{problem: string, anyway?: import("./reading.js").Read}} */ { problem, anyway: read }) => {
  const text = `${problem} Answers to questions with the same id can be read all the same.`;
  const title = "Read answers to another health check?";
  return read && (await context.ask({ title, text, yes: "Read them all the same", no: "Leave them out" })) ? read : null;
};

/**
 * The button that loads a file of answers in place of those on the page.
 * @param {any} context
 * @param {string} [className]
 */
export const loadButton = (context, className = "check-button") =>
  fileButton("Load saved answers", { className }, async ([file]) => {
    const sheet = await sheetIn(context, file);
    if (sheet) await context.replace(sheet, `Answers loaded from ${quoted(file.name)}.`);
  });

const shareLink = async (/** @type {any} */ context, /** @type {HTMLElement} */ place) => {
  const { fragment, told, problem } = toFragment(context.sheet);
  if (problem) return place.replaceChildren(make("p", {}, problem));
  const address = `${location.href.replace(/#.*/s, "")}${fragment}`;
  const copied = await navigator.clipboard.writeText(address).then(() => true, () => false);
  const box = make("input", { type: "text", readonly: true, value: address, "aria-label": "Link with your answers" });
  place.replaceChildren(
    make("p", {}, copied ? "The link is copied." : "Copy this link.", " Whoever has it can read the answers and the project’s name; nothing is sent to anyone until you pass it on. ", ...told.map((/** @type {string} */ each) => `${each} `)),
    box,
  );
  if (!copied) box.select();
};

/**
 * The part of the result that saves and shares.
 * @param {any} context
 */
export const saveView = (context) => {
  const link = make("div", { class: "check-link", role: "status" });
  const save = (/** @type {string} */ ending, /** @type {(check: any, sheet: any) => string} */ write, /** @type {string} */ type) => () => download(fileName(context.sheet, ending), write(context.check, context.sheet), type);
  const element = make(
    "section",
    { class: "check-save", "aria-labelledby": "check-save-title" },
    make("h3", { id: "check-save-title" }, "Keep or share the answers"),
    make("p", {}, "Your answers stay in this browser and nothing is sent. To open them elsewhere, or to compare them with a later date, download the file of answers."),
    make(
      "div",
      { class: "check-buttons" },
      button("Download the answers (JSON)", save(".json", sheetToFile, "application/json")),
      button("Download a table (CSV)", save(".csv", toCsv, "text/csv;charset=utf-8")),
      button("Download the result as text (Markdown)", save(".md", toMarkdown, "text/markdown;charset=utf-8")),
      button("Copy a link with the answers", () => shareLink(context, link)),
      button("Print", () => window.print()),
      loadButton(context),
    ),
    link,
  );
  return { element, refresh: () => link.replaceChildren() };
};

const CHANGES = /** @type {Record<string, string>} */ ({ better: "Better", worse: "Worse", same: "The same", new: "New", gone: "No longer answered" });

/**
 * A table of questions that scrolls by itself where it is too wide.
 * @param {string} name
 * @param {string[]} heads
 * @param {(Node | string)[][]} rows each begins with its head
 */
export const questionTable = (name, heads, rows) =>
  make(
    "div",
    { class: "check-table", tabindex: "0", role: "region", "aria-label": name },
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, ...rows.map(([first, ...rest]) => make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((cell) => make("td", {}, cell))))),
    ),
  );

const asked = (/** @type {any} */ question, /** @type {string[]} */ reworded) =>
  make("span", {}, questionLink(question), reworded.includes(question.id) && make("span", { class: "check-hint" }, " Worded differently before."));

/**
 * The part of the result that compares it with the answers of another date.
 * @param {any} context
 */
export const compareView = (context) => {
  /** @type {any} */
  let other = null;
  const said = make("p", { class: "check-result__sentence", role: "status" });
  const place = make("div", {});
  const refresh = () => {
    element.classList.toggle("check-screen", !other);
    said.textContent = "";
    if (!other) return place.replaceChildren();
    const [older, newer] = other.date <= context.sheet.date ? [other, context.sheet] : [context.sheet, other];
    const { sentence, rows, reworded } = compareSheets(context.check, older, newer);
    const shown = (/** @type {string} */ answer) => answer || "–";
    said.textContent = sentence;
    place.replaceChildren(
      questionTable(
        "Comparison, question by question",
        ["Question", sayDate(older.date) || "Before", sayDate(newer.date) || "After", "Change"],
        rows.map((/** @type {any} */ { question, was, now, change }) => [asked(question, reworded), shown(was), shown(now), CHANGES[change]]),
      ),
      make("p", { class: "check-hint" }, COMPARE_RULE),
      button("Close the comparison", () => {
        other = null;
        refresh();
      }),
    );
  };
  const choose = fileButton("Choose the file of another date", {}, async ([file]) => {
    const sheet = await sheetIn(context, file);
    if (!sheet) return;
    other = carryOver(context.check, sheet).sheet;
    refresh();
  });
  const element = make(
    "section",
    { "aria-labelledby": "check-compare-title" },
    make("h3", { id: "check-compare-title" }, "Compare with another date"),
    make("p", { class: "check-screen" }, "Load answers that you saved before, or later, and see question by question what changed."),
    make("div", { class: "check-buttons" }, choose),
    said,
    place,
  );
  return { element, refresh };
};
