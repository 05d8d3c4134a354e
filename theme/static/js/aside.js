// Fill the box beside a page from one small file, when it comes near: what is new there changes no other page.
// Its sheet comes with it. Where the file does not come, readers get what stands there for those without script.
{
  const box = document.querySelector("[data-blocks]");
  const near = new IntersectionObserver(async ([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    near.disconnect();
    const answer = await fetch(box.dataset.blocks).catch(() => ({}));
    const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const sheet = page && page.getElementById("_column");
    if (sheet) await new Promise(styled => {
      sheet.onload = sheet.onerror = styled;
      document.head.append(sheet);
    });
    box.innerHTML = page ? page.querySelector("main").innerHTML : box.textContent;
    const reserved = box.offsetHeight;
    box.classList.add("filled", "short");
    box.classList.toggle("short", box.offsetHeight < .8 * reserved);
    // a column that is taller than the window stays with its end in sight
    const rest = () => box.parentNode.style.setProperty("--top", `${Math.min(16, innerHeight - box.offsetHeight - 16)}px`);
    new ResizeObserver(rest).observe(box);
    addEventListener("resize", rest);
  }, { rootMargin: "800px" });
  near.observe(box);
}
