// Open the Isso thread under a story. Nothing is asked of the Isso server before the reader presses the button;
// without this script, and where the server does not answer, approved comments and the e-mail link are there.
for (const box of document.querySelectorAll(".comments[data-server]")) {
  const button = box.querySelector("button"), status = box.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    status.textContent = status.dataset.loading;

    const thread = document.createElement("div");
    thread.id = "isso-thread";
    thread.dataset.issoId = box.dataset.thread;
    thread.dataset.title = box.dataset.title;
    box.append(thread);

    const fail = () => { status.textContent = status.dataset.failed; };
    const timer = setTimeout(fail, 8000);
    const arrived = new MutationObserver(() => {
      const heading = thread.querySelector(".isso-thread-heading"), text = thread.querySelector(".isso-textarea");
      if (!heading?.textContent || !text) return; // it is written when the server has told of all comments
      arrived.disconnect();
      clearTimeout(timer);
      heading.ariaLevel = 3;
      text.ariaLabel = text.placeholder;
      status.textContent = "";
      button.hidden = true;
      box.querySelector(".approved").hidden = true; // the thread shows them too
      text.focus();
    });
    arrived.observe(thread, { childList: true, subtree: true });

    const isso = document.createElement("script");
    const settings = { "": box.dataset.server, Lang: "vi", Css: "false", Avatar: "false", Vote: "false" };
    for (const name in settings) isso.dataset[`isso${name}`] = settings[name];
    isso.dataset.issoCommentAnonymousTextVi = box.dataset.anonymous;
    isso.dataset.issoPostboxAuthorPlaceholderTextVi = " "; // Isso's own is English
    isso.src = `${box.dataset.server}/js/embed.min.js`;
    isso.onerror = fail;
    box.append(isso);
  }, { once: true });
}
