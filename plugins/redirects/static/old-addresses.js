// Leads from an address of the imported portal to its new page. scripts/joomla/old_addresses.py reads addresses alike.
(async () => {
  const { table } = document.currentScript.dataset;
  const query = new URLSearchParams(location.search);
  const [option, view, task, id] = ["option", "view", "task", "id"].map((name) => query.get(name) || "");
  const keys = [];
  if (parseInt(id) && (option || view || task)) {
    const list = /category/.test(view + task) ? "c" : "a";
    keys.push((option == "com_k2" ? (view == "item" ? "k" : "kc") : /section/.test(view + task) ? "s" : list) + parseInt(id));
  } else {
    const path = location.pathname
      .slice(table.length - 14)
      .replace(/\/+/g, "/")
      .replace(/^\/index\.php(?![^/])/, "")
      .replace(/\/$/, "")
      .replace(/\.(html?|pdf)$/i, "");
    const [last, before, above] = path.split("/").reverse();
    const number = /^0*(\d+)(?![^:-])/.exec(last);
    keys.push(path, "=" + last);
    if (number) keys.push((before == "item" ? "k" : before == "category" && above == "itemlist" ? "kc" : "a") + number[1]);
  }
  for (const key of keys) {
    let shard = 0;
    for (const char of key) shard = (shard * 31 + char.charCodeAt()) % 64;
    const answer = await fetch(table + shard + ".json");
    const target = answer.ok && (await answer.json())[key];
    if (target) return location.replace(target);
  }
})();
