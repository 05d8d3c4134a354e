/* Asks the index in chi-muc/ (docs/tim-kiem.md). Words are read as plugins/search/syllables.py reads them. */
{
const [field, section, year] = document.querySelectorAll(".search [name]"), {form} = field;
const [status, note, strict, list, sample, before, after, ways] = document.querySelectorAll("[data-part]"), texts = form.dataset, title = document.title;
const WORD = /\p{Nd}+|[\p{L}\p{N}]+/gu, QUOTES = /["“”]/, PAGE_SIZE = 10, DAY = 65536, END = 46022, WORDS = 1e9;

/* -- words ----------------------------------------------------------------- */

const TONES = "\u0300\u0309\u0303\u0301\u0323", MARKS = {"\u0302": 2, "\u0306": 4, "o\u031b": 8, "u\u031b": 16};

function read(text) {
  let folded = "", marks = 0;
  for (const char of text.toLowerCase().normalize("NFD")) {
    const tone = TONES.indexOf(char) + 1;
    if (char === "đ") folded += "d", marks |= 1;
    else if (tone) marks = marks & 31 | tone << 5;
    else if (/\p{M}/u.test(char)) marks |= MARKS[char] || MARKS[folded.slice(-1) + char];
    else folded += char;
  }
  return {text, folded: folded.replace(/([^aeou])y$/, "$1i"), marks};
}

const wordsOf = (text) => text.match(WORD) || [], readAll = (text) => wordsOf(text).map(read);

/* What Telex or VNI would have made of the keys. */
const typed = (keys) => keys.replace(/\d/g, "").replace("dd", "d").replace(/([aeo])\1/, "$1").replace(/([aou])w/g, "$1")
  .replace("w", "u").replace(/([aeiouy][a-z]*?)[sfrxj](?=[a-z]{0,3}$)/, "$1");

/* How another word may have been meant: 4 by these keys, 3 by this beginning, 2 with two letters swapped, 1 with one wrong, missing or too many. */
function likeness(word, other) {
  let at = 0, end = 0;
  while (word[at] && word[at] === other[at]) at++;
  while (end < Math.min(word.length, other.length) - at && word.at(~end) === other.at(~end)) end++;
  const [a, b] = [word, other].map((text) => text.slice(at, text.length - end));
  return other === typed(word) ? 4 : a ? a[1] || b[1] ? a === b[1] + b[0] && 2 : 1 : 3;
}

/* The words of a question. Those of a phrase in quotes have its number. */
const parse = (question) => question.normalize("NFC").split(QUOTES).flatMap((piece, i, all) =>
  readAll(piece).map((word) => ({...word, phrase: i % 2 && i + 1 < all.length && i}))).slice(0, 16);

/* -- the index ------------------------------------------------------------- */

let files = {}, cache, root;

const load = (name, stamp) => files[name] ??= (async () => {
  const answer = await fetch(texts.index + name + ".bin?" + stamp, {cache}), data = await answer.arrayBuffer();
  if (!answer.ok || stamp && new Uint32Array(data, 0, 1)[0] !== stamp) throw name; // of another release than the root
  return data;
})();

const loadJson = async (name, stamp) => JSON.parse(new TextDecoder().decode(new Uint8Array(await load(name, stamp), 4)));

/* The lists of a term: [marks, bytes] for each way to write it, the longest first. */
async function lists(term) {
  let sum = -1, at, end;
  for (const byte of new TextEncoder().encode(term)) { // CRC-32
    sum ^= byte;
    for (let bit = 8; bit--;) sum = sum >>> 1 ^ (sum & 1 && 0xEDB88320);
  }
  const shard = (sum = ~sum) >>> 32 - root.bits, data = await load("tu/" + shard.toString(16), root.shards[shard]);
  const bytes = new Uint8Array(data), [count] = new Uint32Array(data, 4, 1), found = [];
  new Uint32Array(data, 8, count).forEach((key) => {
    end = bytes.indexOf(0, at ??= 8 + 4 * count);
    end < 0 && (end = bytes.length);
    if (!((key ^ sum << 8) >>> 8)) found.push([key & 255, bytes.subarray(at, end)]);
    at = end + 1;
  });
  return found.sort((a, b) => b[1].length - a[1].length);
}

/* Calls `each` with every document of a list, newest first, and whether its title has the term. */
function walk(data, each) {
  let at = 0, day = END;
  const next = (shift = 0) => {
    const byte = data[at++];
    return (byte & 127) << shift | (byte > 127 && next(shift + 7));
  };
  while (at < data.length) {
    const value = next() - 1, number = value >> 1 & 3;
    day -= value >> 3;
    each(day * DAY + (number < 3 ? number : next() + 2), value & 1);
  }
}

const cards = (ids) => Promise.all(ids.map(async (id) => {
  const number = id % DAY, day = (id - number) / DAY, days = day >> root.days, group = days + "." + (number >> 2), table = days << root.days >> 6;
  return (await loadJson("bai/" + group, (await loadJson("bang/" + table, root.tables[table]))[group]))[day + "." + number];
}));

/* -- an answer -------------------------------------------------------------- */

const pair = (a, b) => a && b ? lists(a.folded + " " + b.folded) : [];

/* Loads the lists of each word, and of it with the word before it. */
const fill = (asked) => Promise.all(asked.map(async (word, i) => [word.own, word.pair] = await Promise.all([lists(word.folded), pair(asked[i - 1], word)])));

const size = (found) => found.reduce((sum, [, data]) => sum + data.length, 0);

/* Takes another word, or two, for one that no document has, or none beside its neighbours, where one slip makes a likelier one. */
async function correct(asked) {
  for (const [i, {folded, own, pair: [before], phrase}] of asked.entries()) {
    const next = asked[i + 1], guess = (text) => ({text, folded: text, marks: 0, was: 1});
    // of two that never stand side by side the rarer one is wrong
    if (phrase || own[0] && (!asked[1] || before || next && (next.pair[0] || size(next.own) < size(own))) || +folded >= 0) continue;
    const all = await loadJson("tu/tat-ca", root.words);
    const others = [4, 2, 3, 1].flatMap((kind) => all.filter((other) => likeness(folded, other) === kind)).slice(0, 8).map(guess);
    const head = all.find((head) => folded.startsWith(head) && all.includes(folded.slice(head.length)));
    if (head && !own[0] && !others[0]) asked.splice(i, 1, guess(head), guess(folded.slice(head.length)));
    const weigh = async (other) => [other, size(await (i ? pair(asked[i - 1], other) : pair(other, next)))
      - (own[0] ? likeness(folded, other.text) === 2 ? 1 : 3 * size(own) + 3 : 0)];
    for (let most = 0; most < root.count / 100 && others[0];) // each costs the file of its pair
      for (const [other, weight] of await Promise.all(others.splice(0, 3).map(weigh)))
        if (weight > most || !own[0] && !asked[i].was) [asked[i], most] = [other, weight];
    await fill(asked);
  }
}

/* Gives words without marks those that they have where they most often stand side by side. */
const accent = (asked) => asked.forEach((word, i) => {
  const before = asked[i - 1];
  before && !word.phrase && before.own.flatMap(([a, one]) => word.own.map(([b, other]) => [Math.min(one.length, other.length), a, b])).sort((a, b) => b[0] - a[0])
    .some(([, a, b]) => (31 * a + b & 255) === word.pair[0]?.[0] && (before.marks || a) === a && (word.marks || b) === b && [before.marks = a, word.marks = b]);
});

/* Every document that has a word, with its rank: before all by how many of them, then by how many as written. */
function rank(asked) {
  const ranks = new Map();
  const add = (found, marks, isWord) => {
    const isWritten = marks && found.some(([own]) => own === marks), best = new Map();
    for (const [own, data] of found) walk(data, (id, inTitle) => {
      const value = (isWritten && own !== marks ? 1 : 4) * (inTitle ? 3 : 1);
      if (!(best.get(id) >= value)) best.set(id, value);
    });
    const rarity = Math.log(1 + root.count / best.size) * (isWord ? 1 : 2);
    for (const [id, value] of best) ranks.set(id, (ranks.get(id) || 0) + value * rarity + (isWord && WORDS + (value > 3) * 1e6));
    return best;
  };
  for (const {own, marks} of asked) add(own, marks, 1);
  asked.forEach((word, i) => {
    const before = i && asked[i - 1].marks, best = add(word.pair, before || word.marks ? 31 * before + word.marks & 255 : 0, 0);
    if (word.phrase && word.phrase === asked[i - 1]?.phrase) for (const id of ranks.keys()) best.has(id) || ranks.delete(id);
  });
  return [...ranks];
}

/* The words as they were understood, the documents, the best first, and how many of the words each has. */
async function find(query) {
  const asked = parse(query.get("q"));
  await fill(asked);
  await correct(asked);
  accent(asked);
  let ranks = rank(asked);
  for (const {value} of [section, year]) if (value) {
    const ids = new Set();
    for (const [, data] of await lists(":" + value)) walk(data, (id) => ids.add(id));
    ranks = ranks.filter(([id]) => ids.has(id));
  }
  ranks.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  const need = asked.some((word) => word.phrase) ? asked.length : Math.floor(ranks[0]?.[1] / WORDS);
  return [asked, ranks.filter(([, rank]) => rank >= need * WORDS).map(([id]) => id), need];
}

/* Whether a card has the phrases of a question: pairs do not know of three in a row. */
function hasPhrases(card, asked) {
  const marked = asked.some((word) => word.phrase && word.marks), spell = (found) => ` ${found.map(({folded, marks}) => marked ? folded + marks : folded).join(" ")} `;
  const lines = card.join("\n").split("\n").map((line) => spell(readAll(line)));
  return asked.every(({phrase}) => !phrase || lines.some((line) => line.includes(spell(asked.filter((word) => word.phrase === phrase)))));
}

/* -- what is shown ------------------------------------------------------------ */

/* How a word of a text answers the question: 2 as it is written there, 1 with other marks, 0 not at all. */
function meets(asked, text) {
  const weigh = (other) => Math.max(...asked.map(({folded, marks}) => folded === other.folded && (marks && marks !== other.marks ? 1 : 2)));
  return (asked.met ??= {__proto__: null})[text] ??= weigh(read(text));
}

/* The sentence that has most of the words, as they are written; its beginning is cut where they would be far. */
function excerpt(text, asked) {
  let [best] = text.split("\n"), most = 1;
  for (const line of text.split(/\n|(?<=[.!?…;])\s+/)) {
    const value = [...new Set(wordsOf(line.toLowerCase()))].reduce((sum, word) => sum + meets(asked, word), +(line.length > 40));
    if (value > most) most = value, best = line;
  }
  const at = best.indexOf(wordsOf(best).find((word) => meets(asked, word)));
  return at > 140 ? "… " + best.slice(best.indexOf(" ", at - 80) + 1) : best;
}

/* Gives an element a text, the words of the question marked; those written as there alone, where there are some. */
function mark(element, text, asked) {
  const value = (word) => meets(asked, word), most = Math.max(...wordsOf(text).map(value));
  text.replace(WORD, (word) => most && value(word) === most ? `\0${word}\0` : word).replaceAll("\0 \0", " ").split("\0")
    .forEach((piece, i) => (i % 2 ? element.appendChild(document.createElement("mark")) : element).append(piece));
}

function lead(link, query, name, value, isShown) {
  (query = new URLSearchParams(query)).set(name, value);
  link.href = "?" + query;
  link.hidden = !isShown;
}

const say = (element, text, values) => element.textContent = text.replace(/{(\w+)}/g, (_, name) => values[name]);

async function answer(query) {
  root = await loadJson("goc", "");
  let [asked, ids, need] = await find(query), wanted = Math.max(+query.get("trang"), 1), more;
  if (asked.some((word, i) => word.phrase && word.phrase === asked[i + 2]?.phrase)) {
    const some = ids;
    for (ids = []; some[0] && ids.length <= wanted * PAGE_SIZE;) {
      const read = some.splice(0, PAGE_SIZE + 1), all = await cards(read);
      ids.push(...read.filter((_, i) => hasPhrases(all[i], asked)));
    }
    more = some[0];
  }
  const q = query.get("q"), count = ids.length, last = Math.ceil(count / PAGE_SIZE), page = Math.min(wanted, last || 1);
  const shown = await cards(ids.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)), changed = count && asked.some((word) => word.was);
  return () => {
    list.replaceChildren(...shown.map(([name, url, of, about, text]) => {
      const item = sample.content.cloneNode(true), [, kicker, , link, line, meta] = item.querySelectorAll("*");
      kicker.textContent = of;
      link.href = url;
      mark(link, name, asked);
      mark(line, excerpt(text, asked), asked);
      mark(meta, about, asked);
      return item;
    }));
    const written = readAll([...list.querySelectorAll("mark")].map((found) => found.textContent).join().toLowerCase());
    const spelled = asked.map((word) => (written.find(({folded, marks}) => folded === word.folded && marks === (word.marks || marks)) || word).text).join(" ");
    say(status, count ? more ? texts.more : last > 1 ? texts.pages : texts.count : texts.none, {q: q.trim(), page, last, count: count.toLocaleString("vi"), least: page * PAGE_SIZE});
    say(note, count ? changed ? texts.changed : need < asked.length ? texts.partial : "" : section.value || year.value ? texts.widen : texts.help, {spelled});
    lead(strict, query, "q", `"${q.split(QUOTES).join(" ")}"`, changed);
    lead(before, query, "trang", page - 1, page > 1);
    lead(after, query, "trang", page + 1, page < last);
    reveal(count);
  };
}

/* Results stand in place of the other ways to find something. */
const reveal = (count) => list.hidden = !(ways.hidden = count);

function clear(text) {
  status.textContent = text;
  note.textContent = "";
  strict.hidden = before.hidden = after.hidden = true;
  reveal(0);
}

let latest, timer;

async function ask() {
  const query = latest = new URLSearchParams(location.search), q = query.get("q") || "";
  let draw = () => clear(q.trim() && texts.none.replace("{q}", q)), attempt = parse(q)[0] && 3;
  document.title = (q && q + " – ") + title;
  while (query === latest && attempt--) {
    try {
      draw = await answer(query);
      break;
    } catch {
      draw = () => clear(texts.failed);
      files = {}; // everything is asked anew
      cache = "reload"; // what the browser has kept may be of another release
    }
  }
  if (query === latest) draw();
}

function restore() {
  const query = new URLSearchParams(location.search);
  for (const control of [field, section, year]) control.value = query.get(control.name) || "";
  ask();
}

function go(typing) {
  const query = "?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  if (query !== location.search) history[typing ? "replaceState" : "pushState"](0, "", query);
  ask();
}

function wait(event) {
  event.preventDefault();
  clearTimeout(timer);
  timer = setTimeout(go, this === field ? 200 : 0, this === field);
}

field.oninput = form.onsubmit = section.onchange = year.onchange = wait;
strict.onclick = before.onclick = after.onclick = (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(0, "", event.target.href);
  restore();
  status.focus();
};
onpopstate = restore;
restore();
}
