// What a browser keeps: full, blocked or damaged storage is told, and nothing that was kept is thrown away.

import assert from "node:assert/strict";
import test from "node:test";

import { readCheck } from "../../docs/assets/js/check/questions.js";
import { openStore, storeKey } from "../../docs/assets/js/check/store.js";
import { CHECK, DATA, anything, numbersFrom, sheetOf, someSheet } from "./sample.mjs";

const shelfWith = (content = {}, room = Infinity) => {
  const kept = new Map(Object.entries(content));
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => kept.delete(key),
    setItem: (key, text) => {
      if (text.length > room) throw new DOMException("Setting the value exceeded the quota.", "QuotaExceededError");
      kept.set(key, text);
    },
  };
};
const blocked = () => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};
const BLOCKED = "This browser keeps nothing for this page, so your answers are gone when you leave it: download them as a file.";

test("any sheet that was kept comes back, and nothing comes from an empty place", () => {
  const next = numbersFrom(9);
  const store = openStore(shelfWith(), "key");
  assert.deepEqual(store.load(), {});
  for (let round = 0; round < 100; round++) {
    const sheet = someSheet(next);
    assert.equal(store.save(sheet), undefined);
    assert.deepEqual(store.load(), { sheet, told: [] });
  }
  assert.equal(store.clear(), undefined);
  assert.deepEqual(store.load(), {});
});

test("a browser that keeps nothing is told", () => {
  for (const storage of [null, undefined, blocked, () => null, { getItem: blocked, setItem: blocked, removeItem: blocked }]) {
    const store = openStore(storage, "key");
    assert.deepEqual([store.load().problem, store.save(sheetOf({})), store.clear()], [BLOCKED, BLOCKED, BLOCKED]);
  }
});

test("storage that is full is told, and what it held stays", () => {
  const shelf = shelfWith({}, 300);
  const store = openStore(shelf, "key");
  store.save(sheetOf({ mandate: "no" }));
  assert.equal(
    store.save(sheetOf({ mandate: { answer: "no", note: "x".repeat(300) } })),
    "This browser has no room left for your answers, so the latest are not kept: download them as a file.",
  );
  assert.equal(store.load().sheet.answers.mandate.answer, "no");
});

test("what cannot be read is told and put aside", () => {
  for (const text of ["", "{", "null", "[]", '"x"', '{"format_version": 1}', '{"format_version": 0, "answers": []}']) {
    const shelf = shelfWith({ key: text });
    assert.equal(
      openStore(shelf, "key").load().problem,
      "The answers that this browser kept cannot be read, so the page starts without them. They were put aside in this browser, not deleted.",
    );
    assert.deepEqual(
      [...shelf.kept],
      [
        ["key", text],
        ["key (set aside)", text],
      ],
    );
  }
  assert.equal(
    openStore(shelfWith({ key: "{" }, 0), "key").load().problem,
    "The answers that this browser kept cannot be read, so the page starts without them. They will be written over, because there is no room to put them aside.",
  );
});

test("answers that a newer version kept are put aside too", () => {
  const shelf = shelfWith({ key: '{"format_version": 2, "answers": {}}' });
  assert.equal(
    openStore(shelf, "key").load().problem,
    "The answers that this browser kept were saved by a newer version of the playbook, so the page starts without them. They were put aside in this browser, not deleted.",
  );
  openStore(shelf, "key").save(sheetOf({ mandate: "no" }));
  assert.equal(shelf.kept.get("key (set aside)"), '{"format_version": 2, "answers": {}}');
});

test("what another tab has kept since is not written over", () => {
  const shelf = shelfWith();
  const [one, other] = [openStore(shelf, "key"), openStore(shelf, "key")];
  for (const store of [one, other]) store.load();
  assert.equal(one.save(sheetOf({ mandate: "no" })), undefined);
  assert.equal(one.save(sheetOf({ mandate: "yes" })), undefined);
  assert.equal(
    other.save(sheetOf({ goal: "no" })),
    "Your answers were changed elsewhere in this browser, perhaps in another tab, so what you change here is not kept. Load this page again to go on with those, or download these as a file.",
  );
  assert.deepEqual(one.load().sheet, sheetOf({ mandate: "yes" }));
  assert.equal(other.load().sheet.answers.mandate.answer, "yes");
  assert.equal(other.save(sheetOf({ goal: "no" })), undefined);
  assert.equal(other.clear(), undefined);
  assert.equal(one.save(sheetOf({ mandate: "no" })), undefined);
});

test("whatever a browser kept, nothing is thrown", () => {
  const next = numbersFrom(10);
  for (let round = 0; round < 1000; round++) {
    const found = openStore(
      shelfWith({ key: JSON.stringify({ format_version: 1, answers: anything(next, 4), date: anything(next), form: anything(next) }) }),
      "key",
    ).load();
    assert.ok(found.problem ?? found.sheet);
  }
});

test("versions of one playbook share a key, and playbooks on one host do not", () => {
  const keyAt = (canonical) => storeKey(readCheck(DATA, canonical));
  assert.equal(keyAt("https://lab.example/playbook/latest/health-check/"), "playbook-health-check /playbook/");
  assert.equal(keyAt("https://lab.example/playbook/1.0/health-check/"), keyAt("https://lab.example/playbook/latest/health-check/"));
  assert.notEqual(keyAt("https://lab.example/playbook/health-check/"), keyAt("https://lab.example/other/health-check/"));
  assert.equal(keyAt("https://lab.example/health-check/"), "playbook-health-check /");
});

test("without an address, the place of the page and the title make the key", () => {
  const check = readCheck(DATA);
  assert.equal(storeKey(check, "http://localhost:8000/health-check/?q#goal"), "playbook-health-check / Sample playbook");
  assert.equal(storeKey(check, "http://localhost:8000/sub/1.0/health-check/"), "playbook-health-check /sub/ Sample playbook");
  assert.notEqual(storeKey(CHECK), storeKey(check));
});
