/* Asks the index in chi-muc/ (docs/tim-kiem.md). Words are read as plugins/search/syllables.py reads them. */
(() => {
const box = document.querySelector(".search"), form = box.querySelector("form"), [field, section, year] = form.querySelectorAll("[name]");
const [status, note, list, pager] = box.querySelectorAll("[data-part]"), texts = box.dataset, title = document.title;
const WORD = /[\p{L}\p{N}]+/gu, QUOTES = /["“”]/, PER_PAGE = 10, DAY = 65536, END = 46022;

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

const readAll = (text) => (text.match(WORD) || []).map(read);

/* What Telex or VNI would have made of the keys. */
const typed = (keys) => keys.replace(/\d/g, "").replace("dd", "d").replace(/([aeo])\1/, "$1").replace(/([aou])w/g, "$1")
  .replace("w", "u").replace(/([aeiouy][a-z]*?)[sfrxj](?=[a-z]{0,3}$)/, "$1");

/* Whether one slip makes one word of the other: a letter too many, missing, wrong, or two of them swapped. */
function isNear(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const [x, y] = [a, b].map((text) => text.slice(i)), [x1, y1] = [x, y].map((text) => text.slice(1));
  return x1 === y1 || x1 === y || x === y1 || x.slice(2) === y.slice(2) && x[0] === y[1] && x[1] === y[0];
}

/* The words of a question. Those of a phrase in quotes have its number; the first of it begins it. */
const parse = (question) => question.normalize("NFC").split(QUOTES).flatMap((piece, i, all) =>
  readAll(piece).map((word, at) => ({...word, phrase: i % 2 && i + 1 < all.length && i, begins: !at}))).slice(0, 16);

/* -- the index ------------------------------------------------------------- */

const STALE = Error(); // a file of another release than the root: everything is asked anew
let files, cache, root;

const numberAt = (data, at) => new DataView(data.buffer, data.byteOffset).getUint32(at, true);

const load = (name, stamp) => files[name] ??= (async () => {
  const answer = await fetch(texts.index + name + ".bin?" + stamp, {cache}), data = new Uint8Array(await answer.arrayBuffer());
  if (!answer.ok || stamp && numberAt(data, 0) !== +stamp) throw STALE;
  return data.subarray(4);
})();

const loadText = async (name, stamp) => new TextDecoder().decode(await load(name, stamp));
const loadJson = async (name, stamp) => JSON.parse(await loadText(name, stamp));

/* The lists of a term: [marks, bytes] for each way to write it. */
async function lists(term) {
  let sum = -1, at, end;
  for (const byte of new TextEncoder().encode(term)) { // CRC-32
    sum ^= byte;
    for (let bit = 8; bit--;) sum = sum >>> 1 ^ (sum & 1 && 0xEDB88320);
  }
  const shard = (sum = ~sum) >>> 32 - root.bits, data = await load("tu/" + shard.toString(16), parseInt(root.shards.substr(8 * shard, 8), 16)), count = numberAt(data, 0), found = [];
  for (let i = 1; i <= count; i++, at = end + 1) {
    end = data.indexOf(0, at ??= 4 + 4 * count);
    if (end < 0) end = data.length;
    const key = numberAt(data, 4 * i);
    if (!((key ^ sum << 8) >>> 8)) found.push([key & 255, data.subarray(at, end)]);
  }
  return found;
}

/* Calls `each` with every document of a list, newest first, and whether its title has the term. */
function walk(data, each) {
  let at = 0, day = END;
  const next = () => {
    let number = 0, shift = 0, byte;
    do number |= ((byte = data[at++]) & 127) << shift, shift += 7; while (byte > 127);
    return number;
  };
  while (at < data.length) {
    const value = next() - 1, number = value >> 1 & 3;
    day -= value >> 3;
    each(day * DAY + (number < 3 ? number : next() + 2), value & 1);
  }
}

const cards = (ids) => Promise.all(ids.map(async (id) => {
  const number = id % DAY, day = (id - number) / DAY, days = day >> root.days, group = days + "." + (number >> 3), table = days << root.days >> 7;
  return (await loadJson("bai/" + group, (await loadJson("bang/" + table, root.tables[table]))[group]))[day + "." + number];
}));

/* -- an answer -------------------------------------------------------------- */

const pair = (a, b) => a && b ? lists(a.folded + " " + b.folded) : [];
const size = (found) => found.reduce((sum, [, data]) => sum + data.length, 0);

/* Takes another word for one that no document has, or none beside its neighbours, where one slip makes a likelier one. */
async function correct(asked, unis, pairs, matches, isTyping) {
  for (const [i, word] of asked.entries()) {
    const isKnown = unis[i][0], {folded} = word;
    if (word.phrase || isKnown && (!asked[1] || pairs[i][0] || pairs[i + 1][0]) || /^\d+$/.test(folded)) continue;
    const all = (await loadText("tu/tat-ca", root.words)).split(/\s/), guess = typed(folded);
    let most = isKnown ? 3 * matches + 3 : -1;
    for (const near of guess !== folded && all.includes(guess) ? [guess] : [
      ...all.filter((other) => isTyping && !asked[i + 1] && other.startsWith(folded)).slice(0, 4),
      ...all.filter((other) => isNear(folded, other)).slice(0, 12)]) {
      const other = {text: near, folded: near, marks: 0, was: 1}, beside = await Promise.all([pair(asked[i - 1], other), pair(other, asked[i + 1])]);
      if (size(beside.flat()) > most) most = size(beside.flat()), asked[i] = other, [pairs[i], pairs[i + 1]] = beside;
    }
    unis[i] = await lists(asked[i].folded);
  }
}

/* Every document that has a word: how many of them, how many as written, and its score. */
function score(asked, unis, pairs) {
  const rows = new Map();
  const add = (found, marks, isWord) => {
    const isWritten = marks && found.some(([own]) => own === marks), best = new Map();
    for (const [own, data] of found) walk(data, (id, inTitle) => {
      const value = (isWritten && own !== marks ? 1 : 4) * (inTitle ? 3 : 1);
      if (!(best.get(id) >= value)) best.set(id, value);
    });
    for (const [id, value] of best) {
      const row = rows.get(id) || [0, 0, 0];
      rows.set(id, row);
      if (isWord) row[0]++, row[1] += value > 3;
      row[2] += value * Math.log(1 + root.count / best.size) * (isWord ? 1 : 2);
    }
    return best;
  };
  asked.forEach((word, i) => add(unis[i], word.marks, true));
  asked.forEach((word, i) => {
    const before = i && asked[i - 1].marks, best = add(pairs[i], before || word.marks ? 31 * before + word.marks & 255 : 0);
    if (word.phrase && !word.begins) for (const id of rows.keys()) best.has(id) || rows.delete(id);
  });
  return rows;
}

/* The words as they were understood, the documents, the best first, and how many of the words each has. */
async function find(query, isTyping) {
  const asked = parse(query.get("q")), from = query.get("muc"), of_year = query.get("nam"), ids = new Set();
  const [unis, pairs, own] = await Promise.all([Promise.all(asked.map((word) => lists(word.folded))),
    Promise.all([...asked, 0].map((word, i) => pair(asked[i - 1], word))), from ? lists(":" + from) : []]);
  let rows = score(asked, unis, pairs), need = unis.filter((found) => found[0]).length;
  await correct(asked, unis, pairs, [...rows.values()].filter((row) => row[0] === need).length, isTyping);
  if (asked.some((word) => word.was)) rows = score(asked, unis, pairs);
  own.forEach(([, data]) => walk(data, (id) => ids.add(id)));
  const [start, end] = [0, 1].map((more) => (Date.UTC(+of_year + more, 0) / 864e5 - 1825) * DAY);
  rows = [...rows].filter(([id]) => (!from || ids.has(id)) && (!of_year || id >= start && id < end))
    .sort(([a, x], [b, y]) => y[0] - x[0] || y[1] - x[1] || y[2] - x[2] || b - a);
  need = asked.some((word) => word.phrase) ? asked.length : rows[0]?.[1][0];
  return [asked, rows.filter(([, row]) => row[0] === need).map(([id]) => id), need];
}

/* Whether a card has the phrases of a question: pairs do not know of three in a row. */
function hasPhrases(card, asked) {
  const spell = (found) => " " + found.map(({folded, marks}) => asked.some((word) => word.folded === folded && word.marks) ? folded + marks : folded).join(" ") + " ";
  const lines = [card[0], card[4], ...card[5].split("\n")].map((line) => spell(readAll(line)));
  return asked.every(({phrase, begins}) => !phrase || !begins || lines.some((line) => line.includes(spell(asked.filter((word) => word.phrase === phrase)))));
}

/* -- what is shown ------------------------------------------------------------ */

function make(name, className, ...children) {
  const element = Object.assign(document.createElement(name), {className});
  element.append(...children);
  return element;
}

/* The words of a text: where they are, which of the question, and whether written as there. */
const matches = (text, asked) => [...text.matchAll(WORD)].map(({0: match, index}) => {
  const {folded, marks} = read(match), same = (word) => word.folded === folded;
  const exact = asked.findIndex((word) => same(word) && (!word.marks || word.marks === marks));
  return {index, end: index + match.length, isExact: exact >= 0, of: exact < 0 ? asked.findIndex(same) : exact};
});

/* The sentence that has most of the words, as they are written and side by side, cut to some lines. */
function excerpt(text, asked) {
  let [best] = text.split("\n"), most = 0, at = 0;
  for (const line of text.split(/\n|(?<=[.!?…;])\s+/)) {
    const seen = {}, found = matches(line, asked);
    let value = line.length > 40 ? 6 : 0;
    found.forEach(({of, isExact}, i) => {
      if (of < 0) return;
      if (!seen[of]) value += isExact ? 4 : 2;
      if (of && found[i - 1]?.of === of - 1) value++;
      seen[of] = 1;
    });
    if (0 in Object.keys(seen) && value > most) most = value, best = line, at = found.find((word) => word.of >= 0).index;
  }
  const start = at > 140 ? best.indexOf(" ", at - 80) + 1 : 0, end = best.length > start + 240 ? best.lastIndexOf(" ", start + 240) : best.length;
  return (start ? "… " : "") + best.slice(start, end) + (end < best.length ? " …" : "");
}

function marked(element, text, asked) {
  const found = matches(text, asked), isExact = found.some((word) => word.isExact);
  let at = 0, last;
  for (const word of found) {
    if (word.of < 0 || isExact && !word.isExact) continue;
    const before = text.slice(at, word.index), match = text.slice(word.index, at = word.end);
    if (last && before === " ") last.append(" " + match);
    else element.append(before, last = make("mark", "", match));
  }
  element.append(text.slice(at));
  return element;
}

function link(query, changes, text, className, rel) {
  const to = new URLSearchParams(query);
  for (const name in changes) to.set(name, changes[name]);
  return Object.assign(make("a", className, text), {href: "?" + to, rel});
}

const say = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

async function answer(query, isTyping) {
  root ??= await loadJson("goc", "");
  let [asked, ids, need] = await find(query, isTyping), shown = [];
  if (asked.some((word) => word.phrase)) {
    const all = await cards(ids.slice(0, 200));
    ids = ids.filter((_, i) => all[i] && hasPhrases(all[i], asked));
  }
  const q = query.get("q").trim(), count = ids.length, last = Math.ceil(count / PER_PAGE), page = Math.min(+query.get("trang") || 1, last || 1);
  shown = await cards(ids.slice((page - 1) * PER_PAGE, page * PER_PAGE));
  return () => {
    list.replaceChildren(...shown.map(([name, href, of, day, reference, text]) => make("li", "result",
      make("p", "kicker", section.querySelector(`[value=${of}]`).text), make("h2", "", Object.assign(marked(make("a"), name, asked), {href})),
      marked(make("p", "excerpt"), excerpt(text, asked), asked),
      marked(make("p", "meta"), [day.split("-").reverse().join("/").replace(/\b0/g, ""), reference].filter(Boolean).join(" · "), asked))));
    status.textContent = say(count ? last > 1 ? texts.pages : texts.count : texts.none, {q, page, last, count: count.toLocaleString("vi")});
    const written = [...list.querySelectorAll("mark")].flatMap((mark) => readAll(mark.textContent.toLowerCase()));
    const spelled = asked.map((word) => word.was ? (written.find(({folded}) => folded === word.folded) || word).text : word.text).join(" ");
    note.replaceChildren(...!count ? [section.value || year.value ? texts.widen : texts.help] : !asked.some((word) => word.was)
      ? [need < asked.length ? texts.partial : ""] : [say(texts.changed, {spelled}), " ", link(query, {q: `"${q.split(QUOTES).join(" ")}"`}, say(texts.exactly, {q}))]);
    pager.replaceChildren(...page > 1 ? [link(query, {trang: page - 1}, texts.prev, "button", "prev")] : [],
      ...page < last ? [link(query, {trang: page + 1}, texts.next, "button", "next")] : []);
    reveal(count);
  };
}

/* Results stand in place of the other ways to find something. */
function reveal(count) {
  list.hidden = !count;
  document.querySelectorAll("main > .block").forEach((other) => other.hidden = count);
}

let latest, timer;

async function ask(isTyping) {
  const query = latest = new URLSearchParams(location.search), q = query.get("q")?.trim() || "";
  let draw = () => [status, note, list, pager].forEach((part) => part.replaceChildren(), reveal(0)), attempt = parse(q)[0] ? 3 : 0;
  document.title = q ? q + " – " + title : title;
  while (attempt--) {
    try {
      files ??= {};
      draw = await answer(query, isTyping);
      break;
    } catch (fault) {
      draw = () => { status.textContent = texts.failed; note.textContent = ""; reveal(0); };
      files = root = null;
      cache = "reload"; // what the browser has kept may be of another release
      if (fault !== STALE) break;
    }
  }
  if (query === latest) draw();
}

function restore() {
  const query = new URLSearchParams(location.search);
  for (const control of [field, section, year]) control.value = query.get(control.name) || "";
  ask();
}

function go(isTyping) {
  const query = "?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  clearTimeout(timer);
  if (query !== location.search) history[isTyping ? "replaceState" : "pushState"](0, "", query);
  ask(isTyping);
}

field.oninput = () => { clearTimeout(timer); timer = setTimeout(go, 200, true); };
form.onsubmit = (event) => { event.preventDefault(); go(); };
section.onchange = year.onchange = () => go();
box.onclick = (event) => {
  const href = event.target.getAttribute("href");
  if (href?.[0] !== "?" || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(0, "", href);
  restore();
  scrollTo(0, 0);
  status.focus();
};
onpopstate = restore;
form.querySelector(".filters").hidden = false;
restore();
})();
