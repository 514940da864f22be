"use strict";
// The residents' page: sends what is typed or tapped, shows the reply with its clauses as links into the notice.

const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const box = document.getElementById("text");
const region = document.getElementById("region");
const send = form.querySelector("button");

const REMEMBERED = "canbao-region";
let conversation = newConversation();

function newConversation() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => (byte % 36).toString(36)).join("");
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function bubble(className, text) {
  const made = element("article", className, text);
  talk.append(made);
  talk.scrollTop = talk.scrollHeight;
  return made;
}

function showReply(into, reply) {
  into.className = "bot";
  into.replaceChildren();
  const lines = reply.reply.split("\n").filter((line) => !reply.choices.some((one, at) => line === `${at + 1}. ${one}`));
  lines.forEach((line, at) => {
    into.append(element("p", at === 0 ? "first" : line.startsWith("依据：") ? "basis" : "", line));
  });
  if (reply.citations.length) into.append(clauses(reply.citations));
  if (reply.choices.length) into.append(choices(reply.choices));
  into.scrollIntoView({ block: "nearest" });
}

function clauses(citations) {
  const row = element("div", "clauses");
  for (const cite of citations) {
    const link = element("a", "", `看原文 ${cite.clause}`);
    link.href = `/notices/${encodeURIComponent(cite.notice)}#${encodeURIComponent(cite.clause)}`;
    link.target = "_blank";
    link.rel = "noopener";
    row.append(link);
  }
  return row;
}

function choices(labels) {
  const row = element("div", "choices");
  for (const label of labels) {
    const button = element("button", "", label);
    button.type = "button";
    button.dataset.say = label;
    row.append(button);
  }
  return row;
}

async function ask(text) {
  bubble("me", text);
  const waiting = bubble("bot waiting", "正在查文件…");
  send.disabled = true;
  try {
    const answer = await fetch("/page/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, region: region.value || null, conversation }),
    });
    const reply = await answer.json();
    if (!answer.ok) throw new Error(reply.error);
    showReply(waiting, reply);
  } catch (error) {
    waiting.className = "bot error";
    waiting.textContent = error instanceof TypeError ? "网络不通，请稍后再试。您打的字还在下面。" : error.message || "出了点问题，请再试一次。";
    box.value = text;
  } finally {
    send.disabled = false;
    fit();
  }
}

function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text || send.disabled) return;
  box.value = "";
  fit();
  ask(text);
});

box.addEventListener("input", fit);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

talk.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-say]");
  if (button && !send.disabled) ask(button.dataset.say);
});

region.addEventListener("change", () => {
  try { localStorage.setItem(REMEMBERED, region.value); } catch { /* a private window remembers nothing */ }
  conversation = newConversation();
});

try { region.value = localStorage.getItem(REMEMBERED) || ""; } catch { /* nothing remembered */ }
