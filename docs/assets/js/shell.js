// What every page has: the colours that the reader chose, and the menu of a narrow screen. It runs before the page is drawn, so that
// nothing flashes. Without scripts the colours follow the system, and the menu opens and closes all the same.
(() => {
  const root = document.documentElement;
  const key = "colours";
  const system = matchMedia("(prefers-color-scheme: dark)");

  const kept = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // a browser may keep nothing
    }
  };

  // The choice counts as long as the system says the other; one who goes back to the system's colours follows it again.
  const isDark = () => (kept() ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => {
    root.dataset.mdColorScheme = isDark() ? "slate" : "default";
  };
  show();
  root.classList.add("js");

  const choose = (dark) => {
    try {
      if (dark === system.matches) localStorage.removeItem(key);
      else localStorage.setItem(key, dark ? "dark" : "light");
    } catch {
      root.dataset.mdColorScheme = dark ? "slate" : "default"; // for this page alone
      return;
    }
    show();
  };

  const withColours = (button) => {
    const [toDark, toLight] = [button.getAttribute("aria-label"), button.dataset.other];
    const name = () => {
      const said = root.dataset.mdColorScheme === "slate" ? toLight : toDark;
      button.setAttribute("aria-label", said);
      button.title = said;
    };
    button.addEventListener("click", () => {
      choose(root.dataset.mdColorScheme !== "slate");
      name();
    });
    const follow = () => {
      show();
      name();
    };
    system.addEventListener("change", follow);
    addEventListener("storage", follow); // chosen in another window
    addEventListener("pageshow", follow); // or on another page, before the reader went back
    name();
  };

  // What opens from the bar at the top closes by Esc, by a click elsewhere, and when the focus moves on.
  const withClosing = (details) => {
    const summary = details.firstElementChild;
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      summary.focus();
    });
    details.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !details.contains(relatedTarget)) details.open = false;
    });
    document.addEventListener("click", ({ target }) => {
      if (!details.contains(target)) details.open = false;
    });
  };

  // What scrolls sideways is reached by the keyboard too.
  const withScrolling = (element) => {
    const measure = () => {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
      else element.removeAttribute("tabindex");
    };
    new ResizeObserver(measure).observe(element);
  };

  // A page that is opened as a file: no server answers for a folder with the page in it, and what does not work from files says so.
  const withFiles = () => {
    for (const note of document.querySelectorAll("[data-of-files]")) note.hidden = false;
    for (const link of document.querySelectorAll("a[href]")) {
      const to = new URL(link.href, document.baseURI);
      if (to.protocol !== "file:" || !to.pathname.endsWith("/")) continue;
      to.pathname += "index.html";
      link.href = to;
    }
  };

  // Some browsers of phones show what comes up under a pointer, such as the mark beside a heading, only where a page listens for touches.
  document.addEventListener("touchstart", () => {}, { passive: true });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".colours").forEach(withColours);
    document.querySelectorAll(".menu > details, .versions").forEach(withClosing);
    document.querySelectorAll(".md-typeset :is(pre > code, table:not([class]))").forEach(withScrolling);
    if (location.protocol === "file:") withFiles();
  });
})();
