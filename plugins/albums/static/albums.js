// Look through an album on the page itself. Without this script, and with a modifier key held,
// a photograph is a link to its largest size. <dialog> keeps the focus and closes on Escape.
const box = document.querySelector(".lightbox");
const links = [...document.querySelectorAll(".photos figure > a")];
let current = 0;

function show(place) {
  current = (place + links.length) % links.length;
  const photo = links[current].firstElementChild.cloneNode(true);
  for (const part of photo.children) part.sizes = "100vw";
  photo.lastElementChild.loading = "eager";
  box.querySelector("div").replaceChildren(photo);
  box.querySelector("b").textContent = box.dataset.position.replace("{number}", current + 1).replace("{count}", links.length);
  box.querySelector("span").textContent = links[current].parentElement.querySelector("figcaption")?.textContent ?? "";
}

links.forEach((link, place) =>
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    box.showModal();
    show(place);
  }),
);

box.addEventListener("click", (event) => {
  if (event.target === box) box.close();
  const step = Number(event.target.closest("button")?.value);
  if (step) show(current + step);
});

box.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step) show(current + step);
});

box.addEventListener("close", () => links[current].focus());
