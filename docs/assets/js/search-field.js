// Brings each `<form data-search>` to life when somebody is about to use it; before that nothing of the search is loaded. Such a form has a
// field `q`, may have one called `kind` with the folder of a kind, and leads to the page `search/`, which serves without scripts too:
// `search/?q=funding&kind=barriers` is the same search as a link. The form on that page says `data-search="page"`.
(() => {
  const here = document.currentScript.src;
  const key = "search-key";
  let view;

  const load = () => {
    view = view || Promise.all(["search-view.js", "search.js"].map((name) => import(new URL(name, here))));
    view.catch(() => (view = undefined)); // another try may succeed
    return view;
  };

  const tell = (form) => {
    const why = location.protocol === "file:" ? "Pages that are opened as files cannot search. On a web server they can." : "The search could not be loaded. Try again later.";
    if (form.dataset.search === "page") {
      document.querySelector("[data-search-why]").textContent = why; // the form is not shown there, but what leads on without it is
      return;
    }
    const said = form.querySelector("[role=status]") || form.appendChild(document.createElement("p"));
    said.className = "find__panel";
    said.setAttribute("role", "status");
    said.textContent = why;
  };

  for (const form of document.querySelectorAll("form[data-search]")) {
    const start = () => load().then(
      ([{ attach }]) => attach(form),
      () => tell(form),
    );
    if (form.dataset.search === "page") start();
    else form.addEventListener("focusin", start, { once: true });
  }

  // The key can be switched off on the search page, for those who give commands by voice (WCAG 2.2, 2.1.4).
  const isOff = () => {
    try {
      return localStorage.getItem(key) === "off";
    } catch {
      return false; // a browser may keep nothing
    }
  };

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const isTyping = target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping || isOff()) return;
    const fields = [...document.querySelectorAll("form[data-search] [name=q]")].filter((field) => field.getClientRects().length);
    event.preventDefault();
    if (!fields.length) {
      document.querySelector(".find-link")?.click(); // a narrow screen has room for a link alone
      return;
    }
    fields[0].focus();
    fields[0].select();
  });

  for (const box of document.querySelectorAll("[data-search-key]")) {
    box.checked = !isOff();
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(key, box.checked ? "on" : "off");
      } catch {
        box.checked = true; // it could not be kept
      }
    });
  }
})();
