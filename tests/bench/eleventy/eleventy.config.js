// What the starters of Eleventy have: a layout for every page, a collection for each folder, pages after and before, and files that are copied.
export default function (config) {
  config.addPassthroughCopy("docs/assets");
  config.addGlobalData("layout", "base.njk");
  config.addCollection("lists", (all) => all.getAll().filter((page) => page.url.split("/").length === 3));
  config.addCollection("entries", (all) => all.getAll().filter((page) => page.url.split("/").length === 4));
  return { dir: { input: "docs", output: "site", includes: "_includes" }, markdownTemplateEngine: "njk", htmlTemplateEngine: "njk" };
}
