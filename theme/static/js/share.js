// Pass a story on, copy its address, print it, read it aloud: what this device can. Only voices of the device itself read,
// so that no text leaves it.
{
  const box = document.querySelector(".share"), { share, copy, print, listen } = box.children;
  const { url } = box.dataset, { clipboard } = navigator, speech = window.speechSynthesis;

  share.hidden = !navigator.share;
  share.onclick = () => navigator.share({ title: document.querySelector("h1").innerText, url }).catch(() => {});

  const label = copy.textContent;
  copy.hidden = !clipboard;
  copy.onclick = async () => {
    await clipboard.writeText(url);
    copy.textContent = copy.dataset.done;
    setTimeout(() => { copy.textContent = label; }, 2000);
  };

  print.onclick = () => window.print();

  const words = listen.textContent;
  const voice = () => speech.getVoices().find(({ lang, localService }) => localService && /^vi/.test(lang));
  const offer = () => { listen.hidden = !voice(); };
  let waiting = 0;
  const count = (change) => {
    waiting += change;
    listen.textContent = waiting ? listen.dataset.stop : words;
  };
  listen.onclick = () => {
    if (waiting) return speech.cancel();
    for (const { innerText } of document.querySelectorAll(".story > :is(h1, .sapo), .story > .prose > :not(figure)")) {
      const part = Object.assign(new SpeechSynthesisUtterance(innerText), { voice: voice(), lang: "vi" });
      part.onend = part.onerror = () => count(-1);
      count(1);
      speech.speak(part);
    }
  };
  if (speech) {
    offer();
    speech.onvoiceschanged = offer;
    addEventListener("pagehide", () => speech.cancel());
  }
}
