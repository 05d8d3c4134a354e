/* Asks the index in chi-muc/ (docs/tim-kiem.md). Words are read as plugins/search/syllables.py reads them. */
(function () {
const box = document.querySelector(".search"), form = box.querySelector("form"), field = form.q, texts = box.dataset;
const [section, year] = box.querySelectorAll("select"), [status, note, list, pager] = box.querySelectorAll("[data-part]");
const others = document.querySelectorAll("main > .block"), title = document.title;
const PER_PAGE = 10, EPOCH = 720988, END = 46022, DAY = 65536;
const WORD = /[\p{L}\p{N}]+/gu, TONES = "\u0300\u0309\u0303\u0301\u0323";
const MARKS = {"\u0302": 2, "\u0306": 4, "o\u031b": 8, "u\u031b": 16};

/* -- words ----------------------------------------------------------------- */

const known = new Map();
function read(text) {
  if (known.has(text)) return known.get(text);
  let folded = "", marks = 0;
  for (const char of text.toLowerCase().normalize("NFD")) {
    const tone = TONES.indexOf(char) + 1;
    if (char === "đ") folded += "d", marks |= 1;
    else if (tone) marks = marks & 31 | tone << 5;
    else if (/\p{M}/u.test(char)) marks |= MARKS[char] || MARKS[folded.slice(-1) + char] || 0;
    else folded += char;
  }
  folded = folded.replace(/([^aeou])y$/, "$1i");
  const word = {folded, marks};
  known.set(text, word);
  return word;
}

/* What Telex or VNI would have made of the keys. */
const typed = (folded) => folded.replace(/\d/g, "").replace("dd", "d").replace(/([aeo])\1/, "$1").replace(/([aou])w/g, "$1")
  .replace("w", "u").replace(/([aeiouy][a-z]*?)[sfrxj](?=[a-z]{0,3}$)/, "$1");

/* Whether one slip makes one word of the other: a letter too many, missing, wrong, or two of them swapped. */
function isNear(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const x = a.slice(i), y = b.slice(i);
  return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)
    || x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2);
}

function crc(text) {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 8; bit--;) sum = sum >>> 1 ^ (sum & 1 && 0xEDB88320);
  }
  return ~sum >>> 0;
}

/* -- the index ------------------------------------------------------------- */

/* A file of another release than the root: everything is asked anew. */
class Stale extends Error {}

let files = {}, cache = "default";
const decode = (data) => new TextDecoder().decode(data);

async function get(name, stamp) {
  const answer = await fetch(`${texts.index}${name}.bin?${stamp}`, {cache});
  if (!answer.ok) throw answer.status === 404 ? new Stale() : Error(answer.status);
  const data = new Uint8Array(await answer.arrayBuffer());
  if (new DataView(data.buffer).getUint32(0, true) !== stamp) throw new Stale();
  return data.subarray(4);
}

function load(name, stamp) {
  const loading = files[name] ??= get(name, stamp);
  loading.catch(() => delete files[name]);
  return loading;
}

const root = () => files.root ??= fetch(`${texts.index}goc.bin`, {cache: cache === "default" ? "no-cache" : cache})
  .then(async (answer) => {
    if (!answer.ok) throw Error(answer.status);
    const index = JSON.parse(decode((await answer.arrayBuffer()).slice(4)));
    index.stamps = new Uint32Array(Uint8Array.from(atob(index.shards), (char) => char.charCodeAt()).buffer);
    return index;
  });

/* The lists of a term: [marks, bytes] for each way to write it. */
async function lists(term) {
  const {bits, stamps} = await root(), sum = crc(term), number = sum >>> 32 - bits;
  const data = await load(`tu/${number.toString(16)}`, stamps[number]);
  const view = new DataView(data.buffer, data.byteOffset), count = view.getUint32(0, true), found = [];
  for (let i = 0, at = 4 + 4 * count; i < count; i++) {
    const key = view.getUint32(4 + 4 * i, true);
    let end = data.indexOf(0, at);
    if (end < 0) end = data.length;
    if (key >>> 8 === (sum & 0xFFFFFF)) found.push([key & 255, data.subarray(at, end)]);
    at = end + 1;
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

const size = (found) => found.reduce((sum, [, data]) => sum + data.length, 0);

async function cards(ids) {
  const index = await root();
  return Promise.all(ids.map(async (id) => {
    const day = Math.floor(id / DAY), number = id % DAY, group = `${day >> index.days}.${number >> 3}`;
    const table = day >> index.days << index.days >> 7;
    const stamps = JSON.parse(decode(await load(`bang/${table}`, index.tables[table])));
    return JSON.parse(decode(await load(`bai/${group}`, stamps[group])))[`${day}.${number}`];
  }));
}

/* -- a question ------------------------------------------------------------- */

function parse(question) {
  const words = [];
  for (const [piece, phrase] of question.normalize("NFC").matchAll(/["“”]([^"“”]+)["“”]|[^"“”]+/g)) {
    let isFirst = true;
    for (const [text] of (phrase || piece).matchAll(WORD)) {
      words.push({text, ...read(text), isStrict: Boolean(phrase), isJoined: Boolean(phrase) && !isFirst});
      isFirst = false;
    }
  }
  return words.slice(0, 16);
}

/* Words that may have been meant by one, likeliest first. */
async function meant(word, isLast) {
  const lines = decode(await load("tu/tat-ca", (await root()).words)).split(/\s/), guess = typed(word.folded);
  if (guess !== word.folded && lines.includes(guess)) return [guess];
  const near = lines.filter((other) => isNear(word.folded, other));
  return (isLast ? lines.filter((other) => other.startsWith(word.folded)).slice(0, 4) : []).concat(near).slice(0, 8);
}

async function correct(words, unis, pairs, matches, isTyping) {
  for (const [i, word] of words.entries()) {
    const isLone = words.length > 1 && !size(pairs[i]) && !size(pairs[i + 1] || []);
    if (word.isStrict || /^\d+$/.test(word.folded) || unis[i].length && !(isLone && matches < 200)) continue;
    let best, most = unis[i].length ? 20 * matches + 20 : 0;
    for (const folded of await meant(word, isTyping && i === words.length - 1)) {
      const [before, after] = await Promise.all([
        i ? lists(`${words[i - 1].folded} ${folded}`) : [], i + 1 < words.length ? lists(`${folded} ${words[i + 1].folded}`) : []]);
      if (size(before) + size(after) > most) most = size(before) + size(after), best = [folded, before, after];
      else if (!best && !unis[i].length) best = [folded, before, after];
    }
    if (!best) continue;
    words[i] = {text: best[0], folded: best[0], marks: 0, was: word.text};
    unis[i] = await lists(best[0]);
    pairs[i] = best[1];
    if (i + 1 < words.length) pairs[i + 1] = best[2];
  }
}

/* Scores of all documents that have a word: [words, words as written, score]. */
function score(words, unis, pairs, total) {
  const documents = new Map();
  const add = (found, marks, weight, isWord) => {
    const isAsked = marks && found.some(([own]) => own === marks), best = new Map();
    for (const [own, data] of found) {
      const isExact = !isAsked || own === marks;
      walk(data, (id, inTitle) => {
        const value = (isExact ? 4 : 1) * (inTitle ? 3 : 1);
        if (value > (best.get(id) || 0)) best.set(id, value + (isExact ? .5 : 0));
      });
    }
    const rarity = Math.log(1 + total / (1 + best.size)) * weight;
    for (const [id, value] of best) {
      let row = documents.get(id);
      if (!row) documents.set(id, row = [0, 0, 0]);
      if (isWord) row[0]++, row[1] += value % 1 * 2;
      row[2] += value * rarity;
    }
    return best;
  };
  words.forEach((word, i) => add(unis[i], word.marks, 1, true));
  words.forEach((word, i) => {
    if (!i) return;
    const marks = words[i - 1].marks || word.marks ? 31 * words[i - 1].marks + word.marks & 255 : 0;
    const best = add(pairs[i], marks, 2, false);
    if (word.isJoined) for (const id of documents.keys()) if (!best.has(id)) documents.delete(id);
  });
  return documents;
}

async function find({q, muc, nam}, isTyping) {
  const words = parse(q), index = await root();
  const [unis, pairs, own] = await Promise.all([
    Promise.all(words.map((word) => lists(word.folded))),
    Promise.all(words.map((word, i) => i ? lists(`${words[i - 1].folded} ${word.folded}`) : [])),
    muc ? lists(`:${muc}`) : []]);
  let documents = score(words, unis, pairs, index.count);
  const full = () => { let count = 0; for (const [have] of documents.values()) count += have === words.length; return count; };
  await correct(words, unis, pairs, full(), isTyping);
  const changed = words.filter((word) => word.was);
  if (changed.length) documents = score(words, unis, pairs, index.count);
  const ids = new Set(), [first, end] = nam ? [0, 1].map((more) => (Date.UTC(+nam + more, 0) / 864e5 + 719163 - EPOCH) * DAY) : [0, Infinity];
  own.forEach(([, data]) => walk(data, (id) => ids.add(id)));
  const rows = [...documents].filter(([id]) => id >= first && id < end && (!muc || ids.has(id)));
  let need = words.length;
  const have = (least) => rows.filter(([, row]) => row[0] >= least);
  while (need > 1 && !words.some((word) => word.isStrict) && !have(need).length) need--;
  const found = have(need).sort(([a, x], [b, y]) => y[0] - x[0] || y[1] - x[1] || y[2] - x[2] || b - a).map(([id]) => id);
  return {words, changed, found, isPartial: need < words.length};
}

/* -- what is shown ------------------------------------------------------------ */

/* The words of a text with their offsets, each with the word of the question that it is. */
const tokens = (text, words) => Array.from(text.matchAll(WORD), (match) => {
  const word = read(match[0]), i = words.findIndex((other) => other.folded === word.folded && (!other.marks || other.marks === word.marks));
  return {text: match[0], at: match.index, end: match.index + match[0].length, folded: word.folded,
    i: i < 0 ? words.findIndex((other) => other.folded === word.folded) : i, isExact: i >= 0};
});

function hasPhrases(card, words) {
  const lines = [card[0], card[4], ...card[5].split("\n")].map((line) => tokens(line, words));
  return words.every((word, i) => {
    if (!word.isStrict || word.isJoined) return true;
    let length = 1;
    while (words[i + length]?.isJoined) length++;
    return lines.some((line) => line.some((_, at) => words.slice(i, i + length).every((other, step) => {
      const token = line[at + step];
      return token && token.folded === other.folded && (!other.marks || read(token.text).marks === other.marks);
    })));
  });
}

/* The sentence with most of the words: the more are as written and side by side, the better. */
function sentence(text, words) {
  let best = "", most = 0;
  for (const line of text.split(/\n|(?<=[.!?…;])\s+/)) {
    const seen = new Set(), found = tokens(line, words);
    let value = 0;
    found.forEach((token, at) => {
      if (token.i < 0) return;
      if (!seen.has(token.i)) value += token.isExact ? 4 : 2;
      if (at && found[at - 1].i === token.i - 1) value += token.isExact ? 1 : .5;
      seen.add(token.i);
    });
    if (value > most) most = value, best = line;
  }
  return best || text.split("\n")[0];
}

function shorten(text, words) {
  const first = tokens(text, words).find((token) => token.i >= 0)?.at || 0;
  let start = first > 140 ? text.indexOf(" ", first - 80) + 1 : 0, end = start + 240;
  if (end < text.length) end = text.lastIndexOf(" ", end);
  return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
}

function marked(element, text, words) {
  let at = 0;
  const found = tokens(text, words), exact = new Set(found.filter((token) => token.isExact).map((token) => token.i));
  for (const token of found) {
    if (token.i < 0 || !token.isExact && exact.has(token.i)) continue;
    element.append(text.slice(at, token.at), make("mark", "", token.text));
    at = token.end;
  }
  element.append(text.slice(at));
  return element;
}

function make(name, kind = "", text = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.append(text);
  return element;
}

function result([name, url, from, day, reference, text], words) {
  const item = make("li", "result"), heading = make("h2"), link = marked(make("a"), name, words);
  link.href = url;
  heading.append(link);
  const meta = [day.split("-").reverse().map(Number).join("/"), reference].filter((part) => part && part !== "0").join(" · ");
  item.append(make("p", "kicker", [...section.options].find((option) => option.value === from)?.text || ""), heading, marked(make("p", "excerpt"), shorten(sentence(text, words), words), words));
  if (meta) item.append(marked(make("p", "meta"), meta, words));
  return item;
}

const say = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
const address = (asked) => "?" + new URLSearchParams(Object.entries(asked).filter(([, value]) => value && value !== "1"));

function turn(asked, page, text, rel) {
  const link = make("a", "button", text);
  link.href = address({...asked, trang: String(page)});
  link.rel = rel;
  pager.append(link);
}

async function answer(asked, isTyping) {
  const {words, changed, found, isPartial} = await find(asked, isTyping), page = Math.max(1, +asked.trang || 1);
  const from = (page - 1) * PER_PAGE, isStrict = words.some((word) => word.isStrict);
  let ids = found, shown = [], step = 0;
  if (isStrict) { // pairs do not know of three in a row
    for (ids = []; shown.length < from + PER_PAGE && step < found.length && step < 100; step += PER_PAGE) {
      shown.push(...(await cards(found.slice(step, step + PER_PAGE))).filter((card) => hasPhrases(card, words)));
    }
    ids.length = step < found.length ? found.length : shown.length;
    shown = shown.slice(from, from + PER_PAGE);
  } else shown = await cards(found.slice(from, from + PER_PAGE));
  return {words, changed, isPartial, shown, page, count: ids.length};
}

function show(asked, {words, changed, isPartial, shown, page, count}) {
  const last = Math.ceil(count / PER_PAGE), values = {count: count.toLocaleString("vi"), query: asked.q.trim(), page, last};
  list.replaceChildren(...shown.map((card) => result(card, words)));
  list.start = (page - 1) * PER_PAGE + 1;
  status.textContent = say(!count ? texts.none : last > 1 ? texts.pages : texts.count, values);
  note.replaceChildren();
  if (changed.length && count) {
    const spelled = words.map((word) => word.was ? [...list.querySelectorAll("mark")].find((mark) => read(mark.textContent).folded === word.folded)
      ?.textContent.toLowerCase() || word.text : word.text).join(" ");
    const link = make("a", "", say(texts.exactly, values));
    link.href = address({...asked, q: `"${asked.q.replace(/["“”]/g, " ").trim()}"`, trang: ""});
    note.append(say(texts.changed, {spelled}), " ", link);
  } else if (isPartial && count) note.append(texts.partial);
  else if (!count) note.append(asked.muc || asked.nam ? texts.widen : texts.help);
  pager.replaceChildren();
  if (page > 1) turn(asked, page - 1, texts.prev, "prev");
  if (page < last) turn(asked, page + 1, texts.next, "next");
  reveal(count);
}

/* Results in place of the other ways to find something, which stay where there are none. */
function reveal(count) {
  list.hidden = !count;
  others.forEach((other) => other.hidden = count > 0);
}

let latest = 0, timer;

async function ask(isTyping) {
  const turn = ++latest, asked = {q: field.value, muc: section.value, nam: year.value, trang: new URLSearchParams(location.search).get("trang")};
  document.title = asked.q.trim() ? `${asked.q.trim()} – ${title}` : title;
  if (!parse(asked.q).length) {
    [status, note, list, pager].forEach((part) => part.replaceChildren());
    return reveal(0);
  }
  list.setAttribute("aria-busy", "true");
  for (let attempt = 0; attempt < 3 && turn === latest; attempt++) {
    try {
      const result = await answer(asked, isTyping);
      if (turn === latest) show(asked, result);
      break;
    } catch (fault) {
      files = {};
      cache = "reload"; // what the browser holds may be of another release
      if (attempt < 2 && fault instanceof Stale) continue;
      if (turn === latest) status.textContent = texts.failed, note.replaceChildren(), reveal(0);
      break;
    }
  }
  if (turn === latest) list.removeAttribute("aria-busy"), cache = "default";
}

function restore() {
  const query = new URLSearchParams(location.search);
  field.value = query.get("q") || "";
  section.value = query.get("muc") || "";
  year.value = query.get("nam") || "";
  ask();
}

function go(isNew, isTyping, page) {
  clearTimeout(timer);
  const to = address({q: field.value, muc: section.value, nam: year.value, trang: page});
  if (to !== location.search) history[isNew ? "pushState" : "replaceState"](null, "", to === "?" ? location.pathname : to);
  ask(isTyping);
}

field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => go(false, true), 200); });
form.addEventListener("submit", (event) => { event.preventDefault(); go(true); });
[section, year].forEach((choice) => choice.addEventListener("change", () => go(true)));
box.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='?']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  restore();
  scrollTo(0, 0);
  status.focus();
});
addEventListener("popstate", restore);
box.querySelector(".filters").hidden = false;
if (location.search) restore();
})();
