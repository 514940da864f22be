"use strict";
// The residents' page: sends what is typed or tapped, shows the reply with its clauses as links into the notice.
// The talk is kept for this tab only (sessionStorage), so that coming back from a notice finds it again.

const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const box = document.getElementById("text");
const region = document.getElementById("region");
const send = form.querySelector("button");

const REGION = "canbao-region";
const TALK = "canbao-talk";
const KEPT_TURNS = 30;
const PATIENCE = 20000; // milliseconds
const NEWS = 3000; // milliseconds between looks for a person's answer

const TAKEN = "工作人员已经接手，正在看您的问题，请不要关掉这一页。";
const OVER = "人工答复结束了。还有别的要问，接着说就行。";
const NO_NETWORK = "网络不通，请稍后再试。您打的字还在下面。";
const TOO_SLOW = "等了太久没有回音，请再试一次。您打的字还在下面。";
const FAILED = "这次没答上来，请再试一次，或打医保热线。您打的字还在下面。";

let kept = { conversation: newConversation(), turns: [] };

function newConversation() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => (byte % 36).toString(36)).join("");
}

function remember(storage, key, value) {
  try { storage.setItem(key, value); } catch { /* a private window remembers nothing */ }
}

function remembered(storage, key) {
  try { return storage.getItem(key); } catch { return null; }
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
  made.scrollIntoView({ block: "end" });
  return made;
}

// a reply is read from its first line, however long it is
function bringIntoView(article) {
  const tall = article.offsetHeight > talk.clientHeight - 24;
  article.scrollIntoView({ block: tall ? "start" : "end" });
}

function showReply(into, reply) {
  into.className = "bot";
  into.replaceChildren();
  const listed = new Set(reply.choices.map((one, at) => `${at + 1}. ${one}`));
  const lines = reply.reply.split("\n").filter((line) => !listed.has(line));
  const code = codeOf(lines);
  lines.forEach((line, at) => {
    into.append(element("p", kindOf(line, at), line));
  });
  if (reply.citations.length) into.append(clauses(reply.citations));
  if (reply.choices.length) into.append(choices(reply.choices));
  if (code) into.append(receipt(code));
}

// the code under an answer is shown small, with a way to say that the answer is wrong
function codeOf(lines) {
  const found = /^答复编号：(\w+)$/.exec(lines[lines.length - 1]);
  if (found) lines.pop();
  return found ? found[1] : null;
}

function receipt(code) {
  const row = element("div", "receipt", `答复编号 ${code}`);
  const button = element("button", "", "答得不对？");
  button.type = "button";
  button.dataset.wrong = code;
  row.append(button);
  return row;
}

async function markWrong(button) {
  button.disabled = true;
  try {
    const answer = await fetch("/page/wrong", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code: button.dataset.wrong, conversation: kept.conversation }),
    });
    const body = await answer.json();
    button.replaceWith(element("span", "", body.said || body.error || FAILED));
  } catch {
    button.disabled = false;
  }
}

// while a conversation is with a person, the page looks for what that person writes
let looking = null;

function lookForNews() {
  if (!looking) looking = setInterval(fetchNews, NEWS);
}

async function fetchNews() {
  const { conversation } = kept;
  try {
    const answer = await fetch(`/page/news?conversation=${conversation}`);
    if (!answer.ok) return;
    const { lines, open, claimed } = await answer.json();
    if (conversation !== kept.conversation) return;
    if (claimed && !kept.claimed) add({ note: TAKEN });
    for (const line of lines) add({ text: null, answer: { reply: line.text, citations: [], choices: [], author: line.author } });
    if (!open && (kept.claimed || lines.length)) add({ note: OVER });
    kept.claimed = claimed;
    kept.handed = open;
    if (open) lookForNews();
    else stopLooking();
    remember(sessionStorage, TALK, JSON.stringify(kept));
  } catch { /* the next look may succeed */ }
}

function stopLooking() {
  clearInterval(looking);
  looking = null;
  kept.handed = false;
}

// what comes without being asked for at that moment
function add(turn) {
  kept.turns = [...kept.turns, turn].slice(-KEPT_TURNS);
  bringIntoView(showTurn(turn));
}

function showTurn(turn) {
  if (turn.note !== undefined) return bubble("told", turn.note);
  const made = bubble("bot person");
  showPerson(made, turn.answer);
  return made;
}

function showPerson(into, said) {
  into.append(element("p", "basis", `工作人员${said.author ? ` ${said.author}` : ""}：`), element("p", "", said.reply));
}

// of several answers in one reply each begins with its own number
function kindOf(line, at) {
  if (at === 0 || /^[①-⑥] /.test(line)) return "first";
  return line.startsWith("依据：") ? "basis" : "";
}

function clauses(citations) {
  const row = element("div", "clauses");
  for (const cite of citations) {
    const link = element("a", "", `看原文 ${cite.clause}`);
    link.href = `/notices/${encodeURIComponent(cite.notice)}#${encodeURIComponent(cite.clause)}`;
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

// only the last reply's choices are open; the first greeting's examples are questions and stay
function closeEarlierChoices() {
  talk.querySelectorAll("article:not(:first-child) button[data-say]").forEach((button) => { button.disabled = true; });
}

async function reply(text) {
  const answer = await fetch("/page/messages", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text, region: region.value || null, conversation: kept.conversation }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok || body.reply === undefined) throw new Error(body.error || FAILED);
  return body;
}

function apology(error) {
  if (error.name === "TimeoutError") return TOO_SLOW;
  return error instanceof TypeError ? NO_NETWORK : error.message || FAILED;
}

async function ask(text) {
  closeEarlierChoices();
  bubble("me", text);
  const waiting = bubble("bot waiting", "正在查文件…");
  send.disabled = true;
  try {
    const answer = await reply(text);
    if (answer.reply) showReply(waiting, answer);
    else waiting.remove(); // a person answers; the bot keeps quiet
    adoptRegion(text);
    kept.turns = [...kept.turns, { text, answer }].slice(-KEPT_TURNS);
    remember(sessionStorage, TALK, JSON.stringify(kept));
    fetchNews(); // the question may have gone to a person: asked for, not understood twice, a complaint
  } catch (error) {
    waiting.className = "bot error";
    waiting.setAttribute("role", "alert");
    waiting.textContent = apology(error);
    if (!box.value) box.value = text;
  } finally {
    send.disabled = false;
    fit();
    bringIntoView(waiting.isConnected ? waiting : talk.lastElementChild);
  }
}

// a county tapped or typed as an answer shows above as the one picked
function adoptRegion(text) {
  const option = Array.from(region.options).find((one) => one.value && one.textContent === text);
  if (!option || region.value) return;
  region.value = option.value;
  remember(localStorage, REGION, region.value);
}

function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function startAgain() {
  stopLooking();
  kept = { conversation: newConversation(), turns: [] };
  remember(sessionStorage, TALK, JSON.stringify(kept));
  talk.querySelectorAll("article:not(:first-child)").forEach((one) => one.remove());
  talk.scrollTop = 0;
}

function restore() {
  region.value = remembered(localStorage, REGION) || "";
  if (region.selectedIndex < 0) region.value = "";
  try {
    const found = JSON.parse(remembered(sessionStorage, TALK));
    if (!found || !Array.isArray(found.turns)) return;
    kept = found;
    for (const turn of kept.turns) {
      if (turn.note !== undefined || turn.answer.author !== undefined) showTurn(turn);
      else {
        bubble("me", turn.text);
        if (turn.answer.reply) showReply(bubble("bot"), turn.answer);
      }
    }
    if (kept.handed) lookForNews();
    talk.querySelectorAll("article:not(:first-child):not(:last-child) button[data-say]").forEach((one) => { one.disabled = true; });
    if (kept.turns.length) bringIntoView(talk.lastElementChild);
  } catch { /* what is kept is of another version */ }
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
  const wrong = event.target.closest("button[data-wrong]");
  if (wrong) markWrong(wrong);
});

region.addEventListener("change", () => {
  remember(localStorage, REGION, region.value);
  startAgain();
});

document.getElementById("again").addEventListener("click", () => {
  startAgain();
  box.focus();
});

restore();
