// Fill the box beside a page from one small file, when it comes near: what is new there changes no other page.
// Where the file does not come, readers get what stands there for those without script.
{
  const box = document.querySelector("[data-blocks]");
  const near = new IntersectionObserver(async ([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    near.disconnect();
    const answer = await fetch(box.dataset.blocks).catch(() => ({}));
    const blocks = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    box.innerHTML = blocks ? blocks.innerHTML : box.textContent;
    box.classList.add("filled");
    // a column that is taller than the window stays with its end in sight
    const rest = () => box.parentNode.style.setProperty("--top", `${Math.min(16, innerHeight - box.offsetHeight - 16)}px`);
    new ResizeObserver(rest).observe(box);
    addEventListener("resize", rest);
  }, { rootMargin: "800px" });
  near.observe(box);
}
