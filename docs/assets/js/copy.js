// Only for pages with `data-copy`.
// Beside each `[data-copy]`, a button that copies its text. It is made when the part of the page that holds it is opened.
// Without scripts, or where a browser forbids it, people copy the text by hand.
(() => {
  const offer = (part) => {
    for (const text of part.querySelectorAll("[data-copy]:not(:has(~ .copy), details:not([open]) *)")) {
      const button = document.createElement("button");
      const said = document.createElement("span");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.setAttribute("aria-label", `Copy: ${text.dataset.copy}`);
      said.setAttribute("role", "status");
      button.onclick = async () => {
        said.textContent = "";
        try {
          await navigator.clipboard.writeText(text.textContent);
          said.textContent = "Copied";
        } catch {
          getSelection().selectAllChildren(text);
          said.textContent = "Marked for you to copy";
        }
      };
      text.after(button, said);
    }
  };
  addEventListener("toggle", (event) => offer(event.target), true);
  offer(document);
})();
