// Finds pages by words in the index that the build writes beside the page `search/`. It knows nothing of how results are shown: see search-view.js.
// What is fetched: `index.json`, then the files of words in which the typed words would stand, then the files of those pages that are shown.

const TOKEN = /[\p{L}\p{N}\p{Mn}]+(?:['’‐‑-][\p{L}\p{N}\p{Mn}]+)*/gu;
const SHORTEST_BEGINNING = 2;
const MOST_FILES_FOR_A_BEGINNING = 3;
const MOST_FILES_AHEAD = 12; // files of words that are fetched before anything is typed
const NAMED = 16; // the least weight at which its title has a word, or readers call it so
const COUNTED_WHOLE = 8; // the least weight at which a page is taken to be about a word, and does not only mention it
const OF_A_BEGINNING = 0.5; // a word that only begins as typed counts so much
const OF_OTHER_PAGES = 0.9; // a page that is no entry's, beside those that are
const OF_OTHER_MENTIONS = 0.5; // and one that only mentions some of the words, or stands beside entries of a kind that is asked for
const OF_A_LIKE_WORD = 0.5; // a word that is like a misspelt one
const OF_A_LIGHT_WORD = 0.3; // a word that says little beside others
const OF_ALL_WORDS = 1.5; // how steeply a page counts less that lacks some of the words, each by how rare it is
const OF_WORDS_ALIKE = 3; // and how steeply by all words alike, so that one rare word does not outweigh the others
const OF_NO_WORD = 0.2; // what a page keeps of that share that is about none of them
const OF_A_PAIR = 0.5; // and two words that stand together count so much more
const OF_AN_ASKED_KIND = 1.6; // a page of the kind that the words ask for, as "what is" does for terms
const LAST_OF_THE_FIRST = 2; // the place in results by which the list of that kind stands, if none of its pages is about the words
const NEAR = 5; // words that are offered where nothing was found

const IN_CAPITALS = new Map([["IT", "technology"]]); // the same as in macros/text/search_words.py
const unaccented = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "");
const bare = (part) => part.replace(/['’]s$/, "").replace(/['’]/g, "");
const partsOf = (token) => {
  const plain = unaccented(token);
  return (IN_CAPITALS.get(plain) || plain.toLowerCase()).split(/[‐‑-]/).map(bare).filter(Boolean);
};

// How many letters have to be put in, left out, replaced or exchanged with the next to make one word of the other; more than `most` is not counted.
const distance = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const exchanged = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (exchanged) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[other.length];
};

// The longer a word, the more slips it may hold: one in five letters, and one more where only the vowels of a long word differ. Short words have too many neighbours.
const LONG = 8;
const consonants = (word) => word.replace(/[aeiouy]/g, "");
const mostSlips = (one, other) => Math.floor(Math.max(one.length, other.length) / 5) + (one.length >= LONG && consonants(one) === consonants(other) ? 1 : 0);
const SHORTEST_MISSPELT = 5;

class Index {
  constructor(folder, head) {
    this.folder = folder;
    this.head = head;
    this.stopWords = new Set(head.stopWords);
    this.lightWords = new Set(head.lightWords);
    this.actorWords = new Set(head.actorWords);
    const phrases = (head.phrases ?? []).flatMap(([plain, some]) => some.split(",").map((phrase) => [phrase.split(" "), plain.split(" ").filter(Boolean)]));
    this.phrases = phrases.sort(([one], [other]) => other.length - one.length);
    this.fetched = new Map();
    this.stems = new Map();
  }

  file(name) {
    if (!this.fetched.has(name)) {
      const answer = fetchJson(new URL(`${this.head.folder}/${name}`, this.folder));
      answer.catch(() => this.fetched.delete(name));
      this.fetched.set(name, answer);
    }
    return this.fetched.get(name);
  }

  // The same as `stem_of` in macros/text/search_words.py, by the same tables.
  stem(word) {
    if (this.stopWords.has(word)) return "";
    if (!this.stems.has(word)) {
      let left = word;
      for (const endings of this.head.endings) {
        const fits = endings.find(([ending, , letters]) => left.endsWith(ending) && left.length - ending.length >= letters);
        if (fits) left = left.slice(0, left.length - fits[0].length) + fits[1];
      }
      this.stems.set(word, left);
    }
    return this.stems.get(word);
  }

  // The number of the file of words in which a stem stands, if it stands in any.
  fileOf(stem) {
    let number = 0;
    while (number + 1 < this.head.words.length && this.head.words[number + 1] <= stem) number++;
    return number;
  }

  wordFiles(from, to) {
    const numbers = Array.from({ length: to - from + 1 }, (_, step) => from + step);
    return Promise.all(numbers.map((number) => this.file(`words-${number}.json`)));
  }

  // Fetches the words while the reader still types, if they are few; a failure shows when they are needed.
  async prepare() {
    const last = this.head.words.length - 1;
    if (last < MOST_FILES_AHEAD) await this.wordFiles(0, last).catch(() => {});
  }

  async rowOf(stem) {
    const [words] = this.head.words.length ? await this.wordFiles(this.fileOf(stem), this.fileOf(stem)) : [{}];
    return Object.prototype.hasOwnProperty.call(words, stem) ? words[stem] : undefined;
  }

  async rowsBeginning(written) {
    if (written.length < SHORTEST_BEGINNING || !this.head.words.length) return [];
    const first = this.fileOf(written);
    const last = Math.min(this.fileOf(`${written}\uffff`), first + MOST_FILES_FOR_A_BEGINNING - 1);
    const files = await this.wordFiles(first, last);
    return files.flatMap((words) => Object.keys(words).filter((stem) => stem.startsWith(written) && !stem.includes(" ")).map((stem) => words[stem]));
  }

  // What one typed word leads to: the weight of each page that has it, by the page's number, and how to know the word in a text.
  async term(written, isBeginning) {
    const stem = this.stem(written);
    const row = await this.rowOf(stem);
    const weights = weightsOf(row ? [row] : [], 1, new Map());
    const begun = isBeginning || !row ? await this.rowsBeginning(written) : [];
    weightsOf(begun, OF_A_BEGINNING, weights);
    if (weights.size) return { written, weights, matches: (word) => this.stem(word) === stem || (begun.length > 0 && word.startsWith(written)) };
    return this.likeTerm(written, stem);
  }

  // The same for a word that no page has: by the words that are most like it, unless it is a right word that means something else.
  async likeTerm(written, stem) {
    const [words, others] = written.length < SHORTEST_MISSPELT ? [[], []] : await this.file("spelling.json");
    let nearest = Infinity;
    let like = [];
    for (const word of others.includes(written) ? [] : words) {
      if (word[0] !== written[0]) continue; // few slips are in the first letter
      const within = Math.min(nearest, mostSlips(written, word));
      const apart = Math.min(distance(written, word, within), distance(stem, this.stem(word), within - 0.5) + 0.5);
      if (apart > within) continue;
      if (apart < nearest) [nearest, like] = [apart, []];
      if (like.length < 3 && !like.some((other) => this.stem(other) === this.stem(word))) like.push(word);
    }
    const stems = like.map((word) => this.stem(word));
    const rows = (await Promise.all(stems.map((other) => this.rowOf(other)))).filter(Boolean);
    return { written, like, weights: weightsOf(rows, OF_A_LIKE_WORD, new Map()), matches: (word) => stems.includes(this.stem(word)) };
  }

  // Words of the playbook that begin as the given ones do, those first that share most letters: an offer where nothing was found.
  async near(terms) {
    const [words] = await this.file("spelling.json");
    const shared = (one, other) => [...one].findIndex((letter, at) => letter !== other[at]);
    const least = (word) => Math.max(3, Math.ceil(word.length / 2));
    const found = terms.flatMap(({ written }) =>
      words.map((word) => [shared(`${word}\0`, written), word]).filter(([letters]) => letters >= least(written)));
    const best = found.sort(([one], [other]) => other - one).map(([, word]) => word);
    return best.filter((word, at) => best.findIndex((other) => this.stem(other) === this.stem(word)) === at).slice(0, NEAR);
  }

  // A word with hyphens is looked for as a whole, and if no page has that, by its parts.
  async termsOf(token, isBeginning) {
    const parts = partsOf(token);
    const whole = parts.join("");
    if (parts.length > 1 && (await this.rowOf(this.stem(whole)))) return [await this.term(whole, isBeginning)];
    const counted = parts.filter((part) => !this.stopWords.has(part));
    return Promise.all(counted.map((part, at) => this.term(part, isBeginning && at === counted.length - 1)));
  }

  // "buy in" is "buy-in" to those who do not write the hyphen: a word with the stop word after it, where pages write the two as one.
  async withTails(tokens) {
    const isStop = (token) => token !== undefined && !IN_CAPITALS.has(token) && this.stopWords.has(token.toLowerCase());
    const joined = tokens.map((token, at) => (!isStop(token) && isStop(tokens[at + 1]) ? `${token}-${tokens[at + 1]}` : ""));
    const known = await Promise.all(joined.map((token) => token && this.rowOf(this.stem(partsOf(token).join("")))));
    return tokens.flatMap((token, at) => (known[at - 1] ? [] : [known[at] ? joined[at] : token]));
  }

  // Returns `{terms, pages, whole}`: what was looked for, the numbers of the pages, the best first, and how many of them have all words.
  // `kind` is the folder of a kind, or empty for all; while somebody is still typing, the last word may be the beginning of one.
  async find(query, { kind = "", isTyping = false } = {}) {
    const { asked, left } = this.askedFor(query.match(TOKEN) || []);
    const { tokens: plain, phrases } = this.inPlainWords(left);
    const tokens = await this.withTails(plain);
    const isOpen = isTyping && /[\p{L}\p{N}]$/u.test(query) && tokens.at(-1) === left.at(-1);
    const terms = (await Promise.all(tokens.map((token, at) => this.termsOf(token, isOpen && at === tokens.length - 1)))).flat();
    await this.addPairs(terms);
    await this.addPhrases(terms, phrases);
    return { terms, ...this.ranked(terms, await this.pairsOf(terms), this.range(kind), asked) };
  }

  // The words with plain ones in the place of phrases, as "approve" in that of "sign off". What says nothing is left out at the beginning alone.
  // Gives `{tokens, phrases}`: for each plain word the pairs of words for which it stands.
  inPlainWords(tokens) {
    const plain = tokens.map((token) => partsOf(token).join(""));
    const isSame = (word, other) => word === other || (word !== undefined && this.stem(word) !== "" && this.stem(word) === this.stem(other));
    const isAt = (at, words) => words.every((word, step) => isSame(plain[at + step], word));
    const found = [];
    const phrases = new Map();
    for (let at = 0; at < tokens.length; at++) {
      const [words, said] = this.phrases.find(([some, others]) => (others.length || !found.length) && isAt(at, some)) ?? [[], []];
      const stems = words.map((word) => this.stem(word)).filter(Boolean);
      for (const word of said) phrases.set(word, stems.slice(1).map((stem, before) => `${stems[before]} ${stem}`));
      found.push(...(words.length ? said : [tokens[at]]));
      at += Math.max(0, words.length - 1);
    }
    const says = found.some((token) => partsOf(token).some((part) => !this.stopWords.has(part)));
    return says ? { tokens: found, phrases } : { tokens, phrases: new Map() };
  }

  // The kind that some words ask for, as "examples of" does for cases, and the words without these, if others are left.
  askedFor(tokens) {
    const plain = tokens.map((token) => partsOf(token).join(""));
    for (const [folder, list, phrases] of this.head.asked) {
      for (const phrase of phrases) {
        const words = phrase.split(" ");
        const at = plain.findIndex((_, start) => words.every((word, step) => plain[start + step] === word));
        if (at < 0) continue;
        const left = tokens.filter((_, place) => place < at || place >= at + words.length);
        const says = left.flatMap(partsOf).filter((part) => !this.stopWords.has(part));
        if (says.length && says.every((part) => this.lightWords.has(this.stem(part)))) continue; // "what is new" asks for no term
        return { asked: { folder, list }, left: says.length ? left : tokens };
      }
    }
    return { left: tokens };
  }

  // A page that says the phrase itself has the plain words for it too.
  async addPhrases(terms, phrases) {
    for (const { written, weights } of terms) {
      const rows = await Promise.all((phrases.get(written) ?? []).map((pair) => this.rowOf(pair)));
      weightsOf(rows.filter(Boolean), 1, weights);
    }
  }

  // Two words that some pages write as one: "hand over" finds "handover".
  async addPairs(terms) {
    const pairs = terms.slice(1).map((after, at) => [terms[at], after]);
    const rows = await Promise.all(pairs.map(([before, after]) => this.rowOf(this.stem(before.written + after.written))));
    pairs.forEach((pair, at) => {
      const stem = this.stem(pair[0].written + pair[1].written);
      for (const term of rows[at] ? pair : []) {
        const { matches } = term;
        weightsOf([rows[at]], 1, term.weights);
        term.matches = (word) => matches(word) || this.stem(word) === stem;
      }
    });
  }

  // Two words that follow each other, by the pages where they do so in a title, in a summary, or among the words that readers use.
  async pairsOf(terms) {
    const stems = terms.map(({ written, like }) => this.stem(like?.[0] ?? written));
    const rows = await Promise.all(stems.slice(1).map((stem, at) => this.rowOf(`${stems[at]} ${stem}`)));
    return rows.filter(Boolean).map((row) => weightsOf([row], OF_A_PAIR, new Map()));
  }

  // A page's score is the sum of the weights of its words, each times how rare the word is; the smaller the share of the words that it has,
  // the less the sum counts. So pages with all words come first, but for one that only mentions them all beside one that is about the rare word.
  // The share is taken twice: once with each word by how rare it is here, and once with all words alike but for light ones. What is rare in a
  // playbook can be an everyday word, which says least of what a reader wants.
  ranked(terms, pairs, [first, end], asked) {
    const scores = new Float64Array(this.head.pages);
    const shares = new Float64Array(this.head.pages);
    const evenShares = new Float64Array(this.head.pages);
    const matched = new Uint8Array(this.head.pages);
    let all = 0;
    let evenAll = 0;
    const rarity = ({ size }) => Math.log(1 + (this.head.pages - size + 0.5) / (size + 0.5));
    for (const weights of pairs) weights.forEach((weight, page) => (scores[page] += rarity(weights) * weight));
    for (const { written, weights } of terms) {
      const stem = this.stem(written);
      const even = this.lightWords.has(stem) || this.actorWords.has(stem) ? OF_A_LIGHT_WORD : 1;
      const rare = rarity(weights) * even;
      all += rare;
      evenAll += even;
      weights.forEach((weight, page) => {
        scores[page] += rare * weight;
        shares[page] += rare * Math.min(1, weight / COUNTED_WHOLE);
        evenShares[page] += even * Math.min(1, weight / this.head.heaviest) ** 2;
        matched[page] += 1;
      });
    }
    for (let page = 0; page < scores.length; page++) {
      scores[page] *= (shares[page] / all) ** OF_ALL_WORDS * (evenShares[page] / evenAll + OF_NO_WORD) ** OF_WORDS_ALIKE;
    }
    const isAbout = (page) => terms.every(({ weights }) => weights.get(page) >= COUNTED_WHOLE);
    const [firstOther, endOther] = this.range("pages");
    for (let page = firstOther; page < endOther; page++) scores[page] *= isAbout(page) && !asked ? OF_OTHER_PAGES : OF_OTHER_MENTIONS;
    const [firstAsked, endAsked] = asked ? this.range(asked.folder) : [0, 0];
    let hasOne = false;
    for (let page = firstAsked; page < endAsked; page++) {
      scores[page] *= OF_AN_ASKED_KIND;
      hasOne ||= terms.every(({ weights }) => weights.get(page) >= NAMED);
    }
    const pages = Array.from({ length: end - first }, (_, step) => first + step).filter((page) => matched[page]);
    pages.sort((one, other) => scores[other] - scores[one] || one - other);
    if (asked && !hasOne && asked.list >= first && asked.list < end) putByPlace(pages, asked.list, LAST_OF_THE_FIRST);
    const whole = pages.filter((page) => matched[page] === terms.length).length;
    return { pages, whole };
  }

  // The numbers of the first page of a kind, and of the first after it.
  range(kind) {
    if (!kind) return [0, this.head.pages];
    const at = this.head.kinds.findIndex(([folder]) => folder === kind);
    if (at < 0) return [0, 0];
    return [this.head.kinds[at][3], at + 1 < this.head.kinds.length ? this.head.kinds[at + 1][3] : this.head.pages];
  }

  kindOf(number) {
    const [folder, one, many] = this.head.kinds.filter(([, , , first]) => first <= number).pop();
    return { folder, one, many };
  }

  async page(number) {
    const rows = await this.file(`pages-${Math.floor(number / this.head.perFile)}.json`);
    const [url, title, summary, sections] = rows[number % this.head.perFile];
    return { url, title, summary, sections, kind: this.kindOf(number) };
  }
}

// Moves a page forward, or puts it in, so that it stands at a place at the latest.
const putByPlace = (pages, page, place) => {
  const at = pages.indexOf(page);
  if (at >= 0 && at <= place) return;
  if (at >= 0) pages.splice(at, 1);
  pages.splice(place, 0, page);
};

// Adds to `weights` those of the pages in some rows, less by a factor; of two for one page the greater counts.
const weightsOf = (rows, factor, weights) => {
  for (const row of rows) {
    let weight = 0;
    let page = -1;
    for (const value of row) {
      if (value < 0) {
        weight = -value * factor;
        page = -1;
      } else {
        page += value;
        if (!(weights.get(page) >= weight)) weights.set(page, weight);
      }
    }
  }
  return weights;
};

const fetchJson = async (url, options) => {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
};

// The index in the folder at an address; the head is always asked for again, so that it is never older than its files.
export const openIndex = async (folder) => new Index(folder, await fetchJson(new URL("index.json", folder), { cache: "no-cache" }));

// The words of a text, each as `{start, end, parts}`: its place, and its parts as the index has them, the whole last.
export const wordsIn = (text) =>
  [...text.matchAll(TOKEN)].map((found) => {
    const parts = partsOf(found[0]);
    return { start: found.index, end: found.index + found[0].length, parts: parts.length > 1 ? [...parts, parts.join("")] : parts };
  });
