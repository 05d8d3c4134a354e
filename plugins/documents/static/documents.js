// Filters the register while the reader types. The address keeps the choice.
const form = document.querySelector(".finder");
const data = form.dataset;
const body = document.querySelector(".register tbody");
const published = [...body.rows];
let register;

const set = Object.assign;
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
const chosen = () => [...new FormData(form)].filter(([, value]) => value.trim());
const fits = (paper, [name, value]) =>
  name === "q" ? plain(value).split(/\s+/).every((word) => paper.q.includes(word)) : paper[name] === value;
const element = (name, values) => set(document.createElement(name), values);

function download([href, label]) {
  const link = element("a", { href });
  link.append(element("span", { className: "unseen", textContent: `${data.fetch} ` }), label);
  return link;
}

function line(paper) {
  const row = published[0].cloneNode(true);
  const [number, day, name, state, files] = row.cells;
  number.textContent = paper.n;
  set(day.firstChild, { dateTime: paper.d, textContent: paper.s });
  set(name.firstChild, { href: paper.u, text: paper.t });
  name.lastChild.textContent = paper.m;
  set(state.firstChild, { className: `badge ${paper["hieu-luc"]}`, textContent: paper.e });
  files.replaceChildren(...paper.f.map(download));
  return row;
}

async function show() {
  let [shown, words] = [published, ""];
  try {
    if (chosen().length) await (register ??= fetch(data.rows).then((it) => it.json()));
    const choice = chosen();
    history.replaceState(null, "", choice.length ? `?${new URLSearchParams(choice)}` : location.pathname);
    document.querySelector(".pager")?.toggleAttribute("hidden", choice.length);
    if (choice.length) {
      const matches = (await register).filter((paper) => choice.every((condition) => fits(paper, condition)));
      shown = matches.slice(0, 100).map(line);
      words = matches.length ? data.count.replace("{}", matches.length) : data.none;
    }
  } catch {
    register = undefined;
    words = data.failed;
  }
  body.replaceChildren(...shown);
  form.querySelector("output").value = words;
}

new URLSearchParams(location.search).forEach((value, name) => form[name] && (form[name].value = value));
form.oninput = show;
form.onsubmit = () => false;
show();
