// Filters the register while the reader types. The address keeps the choice.
const form = document.querySelector(".finder");
const data = form.dataset;
const body = document.querySelector(".register tbody");
const given = [...body.rows];
let rows;

const set = Object.assign;
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
const chosen = () => [...new FormData(form)].filter(([, value]) => value.trim());
const fits = (one, [name, value]) =>
  name === "q" ? plain(value).split(/\s+/).every((word) => one.q.includes(word)) : one[name] === value;

function line(one) {
  const row = given[0].cloneNode(true);
  const [number, day, name, state, files] = row.cells;
  number.textContent = one.n;
  set(day.firstChild, { dateTime: one.d, textContent: one.s });
  set(name.firstChild, { href: one.u, text: one.t });
  name.lastChild.textContent = one.m;
  set(state.firstChild, { className: `badge ${one["hieu-luc"]}`, textContent: one.e });
  files.replaceChildren(...one.f.map(([href, text]) => set(document.createElement("a"), { href, text })));
  return row;
}

async function show() {
  let [shown, words] = [given, ""];
  try {
    if (chosen().length) await (rows ??= fetch(data.rows).then((it) => it.json()));
    const choice = chosen();
    history.replaceState(null, "", choice.length ? `?${new URLSearchParams(choice)}` : location.pathname);
    document.querySelector(".pager")?.toggleAttribute("hidden", choice.length);
    if (choice.length) {
      const found = (await rows).filter((one) => choice.every((part) => fits(one, part)));
      shown = found.slice(0, 100).map(line);
      words = found.length ? data.count.replace("{}", found.length) : data.none;
    }
  } catch {
    rows = undefined;
    words = data.failed;
  }
  body.replaceChildren(...shown);
  form.querySelector("output").value = words;
}

new URLSearchParams(location.search).forEach((value, name) => form[name] && (form[name].value = value));
form.oninput = show;
form.onsubmit = () => false;
show();
