// The theme asks for the list of all pages as soon as a page is open. It only serves to switch between languages, so it is asked for where there are some.
(() => {
  const send = XMLHttpRequest.prototype.send;
  const open = XMLHttpRequest.prototype.open;
  const isOfNoUse = new WeakSet();

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (String(url).endsWith("/sitemap.xml") && !document.querySelector("link[rel=alternate][hreflang]")) isOfNoUse.add(this);
    return open.call(this, method, url, ...rest);
  };

  XMLHttpRequest.prototype.send = function (...body) {
    return isOfNoUse.has(this) ? undefined : send.apply(this, body);
  };
})();
