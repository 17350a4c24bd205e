// The health check with scripts: puts the questions, the result and the team’s view on one page, and says which of them is on screen.
// The views are named in the address (`#check-result`), so that the button that goes back works; `#<question>` still leads to a question.
import { answered, emptySheet, isEmpty, withoutAnswer } from "./answers.js";
import { carryOver } from "./carry.js";
import { ask, button, field, make, once, pause } from "./dom.js";
import { compareView, loadButton, saveView } from "./files-view.js";
import { bindForm } from "./form.js";
import { chosen, readCheck } from "./questions.js";
import { resultOf } from "./result.js";
import { resultView } from "./result-view.js";
import { carriesAnswers, fromFragment } from "./share.js";
import { stageView } from "./stage.js";
import { openStore, storeKey } from "./store.js";
import { teamSection } from "./team-view.js";
import { sayDate } from "./words.js";

const VIEWS = /** @type {Record<string, string>} */ ({ "check-list": "Questions", "check-one": "One at a time", "check-result": "Result", "check-team": "Team" });
const AT_REST = 150; // milliseconds after the last change until the result is built again
const PAUSE = 1200; // and until a screen reader is told

const today = () => {
  const now = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** Puts all that follows the tools, up to the last question, into a list, and the list with the tools into `app`. */
const wrap = (/** @type {HTMLElement} */ tools, /** @type {HTMLElement} */ app, /** @type {HTMLElement} */ list) => {
  const siblings = [...(tools.parentElement?.children ?? [])];
  const last = siblings.findLastIndex((element) => element.matches(".ask, :has(.ask)"));
  const inside = siblings.slice(siblings.indexOf(tools) + 1, last + 1);
  tools.before(app);
  list.append(...inside);
  app.append(tools, list);
};

/** Keeps in mind what is marked before the page listens, and marks it again when it does. */
const earlyMarks = () => {
  const marked = /** @type {Set<HTMLInputElement>} */ (new Set());
  const see = (/** @type {Event} */ { target }) => target instanceof HTMLInputElement && target.matches(".ask [type=radio]") && marked.add(target);
  addEventListener("click", see);
  return () => {
    removeEventListener("click", see);
    marked.forEach((radio) => radio.click());
  };
};

// The start is made in steps, between which the browser can draw: what changes the page comes in the last of them, at once.
const start = async (/** @type {HTMLElement} */ tools) => {
  const markAgain = earlyMarks();
  await pause();
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href;
  const check = readCheck(tools.querySelector("[data-check-data]")?.textContent, canonical);
  const store = openStore(() => localStorage, storeKey(check, location.href));
  tools.querySelector("[data-of-files]")?.remove(); // scripts do run here
  const app = make("div", { class: "check-app", "data-view": "check-list" });
  const list = make("div", { class: "check-list" });
  const kept = store.load();
  const notices = make("div", { class: "check-notices" });
  const said = make("p", { class: "for-readers", role: "status" });
  let saying = 0;
  let waiting = 0;

  const context = {
    check,
    app,
    ask,
    view: "check-list",
    sheet: kept.sheet ?? emptySheet("quick", today()),
    /** @type {any[]} */
    questions: [],
    /** @type {any} */
    result: null,

    /** Takes a new sheet, keeps it, and shows what follows from it. */
    set(/** @type {any} */ sheet) {
      context.sheet = sheet;
      const problem = store.save(sheet);
      if (problem) context.tell(problem, { isProblem: true });
      context.refresh();
    },

    /** Shows the sheet: at once beside the questions, and what is long to build after a moment, or when somebody looks at it. */
    refresh() {
      context.questions = chosen(check, context.sheet.form);
      context.result = resultOf(check, context.sheet);
      app.dataset.form = context.sheet.form;
      app.classList.toggle("check-app--answered", Boolean(context.result.all.done));
      parts.forEach((part) => part.refresh());
      clearTimeout(waiting);
      waiting = setTimeout(refreshLong, AT_REST);
      clearTimeout(saying);
      saying = setTimeout(say, PAUSE);
    },

    /** Puts a sheet in place of the one on the page, which is asked first if something would be lost. */
    async replace(/** @type {any} */ sheet, /** @type {string} */ why) {
      const question = { title: "Replace the answers on this page?", text: "The answers that are here now would be gone. If you want to keep them, download them first.", yes: "Replace them", no: "Keep what is here" };
      if (!isEmpty(context.sheet) && !(await ask(question))) return false;
      context.take(sheet);
      context.tell(why, { isAnswer: true });
      return true;
    },

    /** Takes a sheet from elsewhere, or from an earlier version, and says what became of its answers. */
    take(/** @type {any} */ sheet) {
      const { sheet: brought, carried, reworded, apart } = carryOver(check, sheet);
      context.set({ ...brought, date: brought.date || today() });
      const asked = (/** @type {string} */ id) => check.byId.get(id)?.text ?? id;
      const lines = [
        ...carried.map(({ to }) => `“${asked(to)}” had another name when you answered it. Your answer is carried over.`),
        ...reworded.map(({ now, was }) => `“${now}” was worded differently when you answered it${was ? `: “${was}”` : ""}. See whether your answer still holds, and choose it again if it does.`),
        ...apart.map(({ text, answer, why }) => `“${text}” ${answer ? `(you answered ${answer}) ` : ""}counts no longer. ${why}`),
      ];
      const remove = () => context.set(apart.reduce((left, { id }) => withoutAnswer(left, id), context.sheet));
      const action = apart.length ? { name: "Remove the answers that count no longer", run: remove } : undefined;
      if (lines.length) context.tell("The questions have changed since these answers were given.", { lines, action });
    },

    /** Tells something above the questions until the reader closes it, the same thing once; what answers a step of the reader is brought into sight. */
    tell(/** @type {string} */ text, /** @type {{isProblem?: boolean, isAnswer?: boolean, lines?: string[], action?: {name: string, run: () => void}}} */ { isProblem = false, isAnswer = false, lines = [], action }) {
      const whole = [text, ...lines].join("\n");
      if ([...notices.children].some((each) => each.dataset.text === whole)) return;
      const actAndClose = () => {
        action?.run();
        notice.remove();
      };
      const notice = make(
        "div",
        { class: `check-notice${isProblem ? " check-notice--problem" : ""}`, role: isProblem ? "alert" : "status", "data-text": whole },
        make("p", {}, text),
        lines.length > 0 && make("ul", {}, ...lines.map((line) => make("li", {}, line))),
        action && button(action.name, actAndClose, { class: "check-quiet" }),
        button("Close this note", () => notice.remove(), { class: "check-quiet" }),
      );
      notices.append(notice);
      if (isAnswer) notice.scrollIntoView({ block: "nearest" });
    },

    /** Leads to a view, as a step that the browser can take back. */
    go(/** @type {string} */ view) {
      if (location.hash === `#${view}`) show(view, true);
      else location.hash = view;
    },
  };

  const progress = () => {
    const { done, of } = answered(context.sheet, context.questions);
    return `${done} of ${of} answered`;
  };

  const say = () => {
    const text = `${progress()}. ${context.result.sentence}`;
    if (isEmpty(context.sheet) || said.dataset.text === text) return;
    said.dataset.text = text;
    said.textContent = text;
  };

  // What stands above the questions.
  const views = make("div", { class: "check-views", role: "group", "aria-label": "View" }, ...Object.entries(VIEWS).map(([view, name]) => button(name, () => context.go(view), { class: "check-view", "data-view": view })));
  const project = field("Project", { type: "text", maxlength: 120 }, (value) => context.set({ ...context.sheet, project: value }));
  const date = field("Date", { type: "date" }, (value) => context.set({ ...context.sheet, date: value }));
  const quick = chosen(check, "quick").length;
  const hasTwo = quick < check.questions.length;
  const formChoice = (/** @type {string} */ form, /** @type {string} */ words) =>
    make("label", {}, make("input", { type: "radio", name: "check-form", value: form, onchange: () => context.set({ ...context.sheet, form }) }), make("span", {}, words));
  const forms = make("fieldset", { class: "check-forms" }, make("legend", {}, "Which questions"), formChoice("quick", `Quick check (${quick})`), formChoice("all", `All ${check.questions.length}`));
  forms.hidden = !hasTwo;
  const reset = button(
    "Start again",
    async () => {
      const sure = isEmpty(context.sheet) || (await ask({ title: "Start again?", text: "This removes all answers, notes and actions from this browser. If you want to keep them, download them first.", yes: "Remove them all", no: "Keep them" }));
      if (!sure) return;
      context.set(emptySheet(context.sheet.form, today()));
      const problem = store.clear();
      if (problem) context.tell(problem, { isProblem: true });
      context.go("check-list");
    },
    { class: "check-quiet" },
  );
  const settings = make(
    "details",
    { class: "check-more check-project" },
    make("summary", {}, make("span", {}, "Project and date")),
    make("div", { class: "ask__fields" }, project, date),
  );
  const kit = make(
    "div",
    { class: "check-settings" },
    make("div", { class: "check-settings__row" }, settings, loadButton(context, "check-quiet"), reset),
    make("p", { class: "check-hint" }, "Your answers stay in this browser, and nothing is sent."),
  );
  const paper = (/** @type {string} */ name) => tools.querySelector(`[data-check-paper=${name}]`);
  const head = {
    refresh() {
      const { sheet } = context;
      const [name, day] = [project, date].map((each) => each.querySelector("input"));
      if (name.value !== sheet.project) name.value = sheet.project;
      if (day.value !== sheet.date) day.value = sheet.date;
      forms.querySelectorAll("input").forEach((/** @type {any} */ input) => (input.checked = input.value === sheet.form));
      settings.querySelector("summary span").textContent = [sheet.project || "Name the project", sayDate(sheet.date) || "no date"].join(", ");
      paper("project")?.replaceChildren(sheet.project);
      paper("date")?.replaceChildren(isEmpty(sheet) ? "" : sayDate(sheet.date));
      views.querySelectorAll("button").forEach((/** @type {any} */ each) => each.setAttribute("aria-pressed", String(each.dataset.view === context.view)));
    },
  };

  // Ways to the pillars, and the line that stays on screen below the questions.
  const jump = make("ul", { class: "check-jump bare" });
  const count = make("span", { class: "check-bar__count" });
  const bar = make("div", { class: "check-bar" }, count, button("See the result", () => context.go("check-result"), { class: "check-button check-button--main" }));
  const more = button(`Go on to the other ${check.questions.length - quick} questions`, () => {
    context.set({ ...context.sheet, form: "all" });
    const next = /** @type {HTMLElement | null} */ (list.querySelector(".check-further"));
    next?.setAttribute("tabindex", "-1");
    next?.focus();
  });
  const end = make("div", { class: "check-end check-screen" }, make("p", {}, "That was the last question of the quick check."), make("div", { class: "check-buttons" }, more));
  let further = false;
  const along = {
    refresh() {
      count.textContent = progress();
      end.hidden = !further || context.sheet.form === "all";
      jump.replaceChildren(
        ...context.result.pillars.flatMap((/** @type {any} */ pillar) => {
          const first = context.questions.find((/** @type {any} */ question) => question.pillar === pillar.id);
          const target = document.getElementById(pillar.id) ? pillar.id : first?.id;
          return target ? [make("li", {}, make("a", { href: `#${target}` }, pillar.title), ` ${pillar.done} of ${pillar.of}`)] : [];
        }),
      );
    },
  };

  const stage = stageView(context);

  // What is long is built when it is first looked at: a phone would be busy with it before its reader has answered anything.
  const long = /** @type {{refresh: () => void}[]} */ ([]);
  const result = once(() => {
    const view = resultView(context);
    const [save, compare] = [saveView(context), compareView(context)];
    view.element.append(save.element, compare.element);
    list.before(view.element);
    long.push(view, save, compare);
    return view;
  });
  const team = once(() => {
    const view = teamSection(context);
    app.append(view.element);
    long.push(view);
    return view;
  });
  const refreshLong = () => {
    clearTimeout(waiting);
    if (context.result.all.done) result(); // so that it is there for paper too
    long.forEach((part) => part.refresh());
  };
  await pause();
  wrap(tools, app, list);
  further = markFurther(check, list);
  const parts = [{ refresh: bindForm(context) }, head, along, stage];
  tools.append(views, notices, forms, kit, said);
  list.before(jump, stage.head);
  list.after(stage.foot, end, bar);

  const show = (/** @type {string} */ view, /** @type {boolean} */ byReader) => {
    context.view = view;
    app.dataset.view = view;
    head.refresh();
    const title = view === "check-result" ? result().title : view === "check-team" ? team().title : null;
    refreshLong();
    if (view === "check-one") stage.open();
    else stage.refresh();
    if (byReader && title) {
      title.focus({ preventScroll: true });
      app.scrollIntoView({ block: "start" });
    }
  };

  const follow = (/** @type {boolean} */ byReader) => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (carriesAnswers(location.hash)) return receive();
    if (id in VIEWS) {
      show(id, byReader);
      if (!byReader) app.scrollIntoView({ block: "start" }); // a link from another page led below its title
      return;
    }
    const target = id && document.getElementById(id);
    if (!target || !list.contains(target)) return byReader && !id && show("check-list", false);
    if (target.closest(".check-further-part") && context.sheet.form === "quick") context.set({ ...context.sheet, form: "all" });
    show("check-list", false);
    target.scrollIntoView();
  };

  // A link with answers: they are taken, after a question if that would lose others, and leave the address, where they would grow old.
  const receive = async () => {
    const read = fromFragment(check, location.hash);
    history.replaceState(null, "", location.pathname + location.search);
    if ("problem" in read) return context.tell(read.problem, { isProblem: true });
    read.told.forEach((each) => context.tell(each, { isProblem: true }));
    if (await context.replace(read.sheet, "These answers come from a link.")) show("check-result", true);
  };

  context.refresh();
  if (kept.problem) context.tell(kept.problem, { isProblem: true });
  kept.told?.forEach((each) => context.tell(each, { isProblem: true }));
  if (kept.sheet) context.take(kept.sheet);
  addEventListener("hashchange", () => follow(true));
  addEventListener("beforeprint", refreshLong);
  // The same page in another tab keeps its answers in the same place.
  addEventListener("storage", ({ key }) => {
    const { sheet } = key === storeKey(check, location.href) ? store.load() : {};
    if (!sheet) return;
    context.sheet = sheet;
    context.refresh();
  });
  follow(false);
  markAgain();
};

/** Marks the questions that only the whole check asks, with their headings, so that the quick check can leave them out; the first heading of them. */
const markFurther = (/** @type {any} */ check, /** @type {HTMLElement} */ list) => {
  const only = new Set(check.questions.filter((/** @type {any} */ { quick }) => !quick).map((/** @type {any} */ { id }) => id));
  const asks = (/** @type {Element} */ element) => (element.matches(".ask") ? [element] : [...element.querySelectorAll(".ask")]);
  const part = /** @type {Element[]} */ ([]);
  const isHead = (/** @type {Element} */ element) => element.matches("h2, h3, .ask-group");
  const rows = [...list.querySelectorAll(":scope > *")];
  // A heading goes with the questions below it: it is left out if all of them are.
  rows.forEach((row, at) => {
    const level = row.matches("h2") ? "h2" : "h2, h3";
    const rest = rows.slice(at + 1);
    const end = isHead(row) ? rest.findIndex((other) => other.matches(row.matches(".ask-group") ? ":not(.ask-group)" : level)) : 0;
    const its = isHead(row) && !row.matches(".ask-group") ? rest.slice(0, end < 0 ? undefined : end) : row.matches(".ask-group") ? rest.slice(0, 1) : [row];
    const found = its.flatMap(asks);
    if (found.length && found.every((element) => only.has(element.id))) part.push(row);
  });
  part.forEach((row) => row.classList.add("check-further-part"));
  part.find(isHead)?.classList.add("check-further");
  return part.length > 0;
};

document.querySelectorAll("[data-check]").forEach((tools) => start(/** @type {HTMLElement} */ (tools)));
