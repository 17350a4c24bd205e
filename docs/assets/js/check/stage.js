// The facilitator’s view: one question at a time, large, for a room that answers together. It shows the same questions as the list, so
// whatever is marked or written in one is in the other. Page Down and Page Up turn (as the remote of a projector does); while a question has
// the focus, the keys 1 to 4 give its answers.
import { button, make } from "./dom.js";

/**
 * @param {any} context
 */
export const stageView = (context) => {
  let at = 0;
  const place = make("p", { class: "check-stage__place" });
  const back = button("Back", () => turn(-1));
  const on = button("Next", () => turn(1), { class: "check-button check-button--main" });
  const whole = button("Fill the screen", () => (document.fullscreenElement ? document.exitFullscreen() : context.app.requestFullscreen()));
  whole.hidden = !document.fullscreenEnabled;
  const head = make("div", { class: "check-stage" }, place);
  const foot = make(
    "div",
    { class: "check-stage check-stage--foot" },
    make("div", { class: "check-buttons" }, back, on, whole),
    make("p", { class: "check-hint check-keys" }, "Page Down and Page Up turn the page. The keys 1 to 4 answer: yes, partly, no, not sure."),
  );

  const questions = () => context.questions.filter((/** @type {any} */ { id }) => document.getElementById(id));
  const now = () => document.getElementById(questions()[at]?.id);

  const turn = (/** @type {number} */ by) => {
    if (at + by >= questions().length) return context.go("check-result");
    at = Math.max(0, at + by);
    refresh();
    focus();
  };
  const focus = () => {
    const element = now();
    if (!element) return;
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    context.app.scrollTop = 0; // when it fills the screen
    context.app.scrollIntoView({ block: "start" });
  };
  const refresh = () => {
    const all = questions();
    at = Math.min(at, all.length - 1);
    document.querySelectorAll(".ask--now").forEach((element) => element.classList.remove("ask--now"));
    if (context.view !== "check-one" || at < 0) return;
    const question = all[at];
    now()?.classList.add("ask--now");
    const pillar = context.check.pillars.find((/** @type {any} */ { id }) => id === question.pillar);
    place.textContent = `Question ${at + 1} of ${all.length} · ${pillar?.title ?? ""}`;
    back.disabled = at === 0;
    on.textContent = at === all.length - 1 ? "See the result" : "Next";
  };

  document.addEventListener("keydown", (event) => {
    if (context.view !== "check-one" || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.matches("textarea, input:not([type=radio])")) return;
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    const radio = now()?.contains(target) && now()?.querySelectorAll("input[type=radio]")["1234".indexOf(event.key)];
    if (!by && !radio) return;
    event.preventDefault();
    if (by) turn(by);
    else /** @type {HTMLElement} */ (radio).click();
  });

  /** Shows the first question without an answer, or the one called `id`. */
  const open = (/** @type {string} */ id = "") => {
    const all = questions();
    const wanted = all.findIndex((/** @type {any} */ question) => (id ? question.id === id : !context.sheet.answers[question.id]?.answer));
    at = Math.max(0, wanted);
    refresh();
    focus();
  };
  return { head, foot, refresh, open };
};
