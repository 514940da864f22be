"use strict";
const talk = document.getElementById("talk"), note = document.getElementById("note"), text = document.getElementById("text");
const menu = document.getElementById("menu"), follow = document.getElementById("follow"), more = document.getElementById("more");
let shown = 0, following = true, bar = "";

async function act(deed, words = "") {
  note.textContent = "";
  const sent = await fetch("/sim/do", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ do: deed, with: words }),
  });
  const answer = await sent.json();
  if (answer.error) note.textContent = answer.error;
  else if (answer.fault) note.textContent = "给开发者：" + answer.fault;
  await refresh();
}

async function refresh() {
  const screen = await (await fetch("/sim/screen")).json();
  for (const line of screen.lines.slice(shown)) {
    const part = document.createElement("p");
    part.className = line.who;
    part.textContent = line.text;
    talk.append(part);
    part.scrollIntoView({ block: "nearest" });
  }
  shown = screen.lines.length;
  following = screen.following;
  follow.textContent = following ? "取消关注" : "关注";
  if (JSON.stringify(screen.menu) !== bar) drawMenu(screen.menu);
}

function button(label, done) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", done);
  return made;
}

function entry(one) {
  return button(one.name, () => (one.type === "view" ? (note.textContent = "打开网页：" + one.url) : act("菜单", one.key)));
}

function drawMenu(buttons) {
  bar = JSON.stringify(buttons);
  menu.replaceChildren(...buttons.map((one) => {
    if (!one.sub_button || !one.sub_button.length) return entry(one);
    const list = document.createElement("details"), name = document.createElement("summary");
    name.textContent = one.name;
    list.append(name, ...one.sub_button.map(entry));
    return list;
  }));
}

document.getElementById("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (!words) return;
  text.value = "";
  act("说", words);
  setTimeout(refresh, 50);
});
follow.addEventListener("click", () => act(following ? "取关" : "关注"));
for (const deed of ["语音", "图片", "位置", "扫码", "订阅"])
  more.append(button(deed, () => act(deed, deed === "语音" || deed === "扫码" ? text.value : "")));
// what was said last stays in view when the list below opens
new ResizeObserver(() => { talk.scrollTop = talk.scrollHeight; }).observe(talk);
refresh();
setInterval(refresh, 1000);
