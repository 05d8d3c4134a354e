// Narrows the register down, over all of its pages, as the reader types or chooses; the choice stays in the address.
const form = document.querySelector(".finder");
const { rows: source, count, most, none, failed, noNumber, noFile } = form.dataset;
const body = document.querySelector(".register tbody");
const pager = document.querySelector(".pager") ?? {};
const said = form.querySelector("output");
const given = [...body.rows];
const MOST = 100;
let rows;

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
const chosen = () => [...new FormData(form)].filter(([, value]) => value.trim());
const fits = (one, [name, value]) =>
  name === "q" ? plain(value).trim().split(/\s+/).every((word) => one.q.includes(word)) : one[name] === value;

function line(one) {
  const row = given[0].cloneNode(true);
  const [number, day, name, state, files] = row.cells;
  number.textContent = one.n || noNumber;
  Object.assign(day.firstChild, { dateTime: one.d, textContent: one.s });
  Object.assign(name.firstChild, { href: one.u, textContent: one.t });
  name.lastChild.textContent = one.m;
  Object.assign(state.firstChild, { className: `force ${one["hieu-luc"]}`, textContent: one.e });
  const links = one.f.map(([href, textContent]) => Object.assign(document.createElement("a"), { href, textContent }));
  files.replaceChildren(...(links.length ? links : [noFile]));
  return row;
}

async function show() {
  try {
    if (chosen().length) await (rows ??= fetch(source).then((answer) => answer.json()));
  } catch {
    rows = undefined;
    said.value = failed;
    return;
  }
  const choice = chosen();
  history.replaceState(null, "", choice.length ? `?${new URLSearchParams(choice)}` : location.pathname);
  pager.hidden = choice.length > 0;
  if (!choice.length) {
    body.replaceChildren(...given);
    said.value = "";
    return;
  }
  const found = (await rows).filter((one) => choice.every((part) => fits(one, part)));
  body.replaceChildren(...found.slice(0, MOST).map(line));
  const words = found.length > MOST ? most : found.length ? count : none;
  said.value = words.replace("{count}", found.length).replace("{most}", MOST);
}

for (const [name, value] of new URLSearchParams(location.search)) if (form.elements[name]) form.elements[name].value = value;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
