// Play a YouTube film in place of its poster. Nothing is asked of YouTube before the click;
// without this script, and with a modifier key held, the link itself leads there.
for (const link of document.querySelectorAll("a[data-youtube]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = `https://www.youtube-nocookie.com/embed/${link.dataset.youtube}?autoplay=1&hl=vi`;
    frame.title = link.dataset.title;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.className = "player";
    link.replaceWith(frame);
    frame.focus();
  });
}
