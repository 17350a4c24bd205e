// The theme asks for two files as soon as a page is open that most readers never need. The whole search index: hold that one request back
// until the search field is used. The list of all pages: it only serves to switch between languages, so it is asked for where there are some.
(() => {
  const send = XMLHttpRequest.prototype.send;
  const open = XMLHttpRequest.prototype.open;
  const isIndex = new WeakSet();
  const isOfNoUse = new WeakSet();
  let wanted = false;
  const held = [];

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (String(url).endsWith("/search_index.json")) isIndex.add(this);
    if (String(url).endsWith("/sitemap.xml") && !document.querySelector("link[rel=alternate][hreflang]")) isOfNoUse.add(this);
    return open.call(this, method, url, ...rest);
  };

  XMLHttpRequest.prototype.send = function (...body) {
    if (isOfNoUse.has(this)) return undefined;
    if (wanted || !isIndex.has(this)) return send.apply(this, body);
    held.push(() => send.apply(this, body));
  };

  const release = () => {
    wanted = true;
    held.splice(0).forEach((go) => go());
  };
  document.addEventListener("focusin", (event) => event.target.closest?.(".md-search") && release());
  document.addEventListener("change", (event) => event.target.id === "__search" && release());
})();
