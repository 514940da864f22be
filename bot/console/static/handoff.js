"use strict";
// One handed over conversation: the newest words in view, Enter sends, `/` finds an answer kept ready.

const reply = document.getElementById("reply");
const text = document.getElementById("text");
const list = document.getElementById("canned");
const kept = Array.from(document.querySelectorAll("[data-can]"), (one) => ({
  shortcut: one.dataset.can,
  words: one.parentElement.querySelector("span").textContent,
}));
let picked = 0;

function toEnd() {
  const talk = document.getElementById("talk");
  if (talk) talk.scrollTop = talk.scrollHeight;
}

function found() {
  const sought = /^[/／](\S*)$/.exec(text.value);
  if (!sought) return [];
  const word = sought[1].toLowerCase();
  const first = kept.filter((one) => one.shortcut.startsWith(word));
  return [...first, ...kept.filter((one) => !first.includes(one) && (one.shortcut + one.words).includes(word))].slice(0, 8);
}

function offer() {
  const some = found();
  picked = Math.min(picked, Math.max(some.length - 1, 0));
  list.hidden = !some.length;
  list.replaceChildren(...some.map((one, at) => {
    const row = document.createElement("li");
    row.id = `canned-${at}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(at === picked));
    row.textContent = `/${one.shortcut}　${one.words}`;
    row.addEventListener("mousedown", (event) => { event.preventDefault(); take(one); });
    return row;
  }));
  if (some.length) text.setAttribute("aria-activedescendant", `canned-${picked}`);
  else text.removeAttribute("aria-activedescendant");
}

function take(one) {
  text.value = one.words;
  offer();
  text.focus();
}

function move(event, some) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return false;
  event.preventDefault();
  picked = (picked + step + some.length) % some.length;
  offer();
  return true;
}

if (reply) {
  text.addEventListener("input", () => { picked = 0; offer(); });
  text.addEventListener("blur", () => { list.hidden = true; });
  text.addEventListener("keydown", (event) => {
    const some = list.hidden ? [] : found();
    if (some.length && move(event, some)) return;
    if (event.key === "Escape") list.hidden = true;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (some.length) take(some[picked]);
    else if (text.value.trim()) reply.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const can = event.target.closest("[data-can]");
    if (can) take(kept.find((one) => one.shortcut === can.dataset.can));
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || !text || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  text.value = "/";
  text.focus();
  offer();
});

// what was sent is gone from its box; what was refused stays there, with the reason told
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (requestConfig?.verb !== "post" || xhr.status < 400) return;
  event.detail.shouldSwap = false;
  const part = new DOMParser().parseFromString(xhr.responseText, "text/html");
  tell(part.body.textContent.trim().replace(/\s+/g, " "));
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.requestConfig?.verb === "post" && event.detail.successful) event.target.closest("form").reset();
});
document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target?.id === "talk" || event.target.id === "talk") toEnd(); });
toEnd();
