"use strict";
// The page on which staff ask: keyboard, choices, the lit clause in view, an answer copied as a message.

const question = document.getElementById("question");
const text = document.getElementById("text");

function say(words) {
  text.value = words;
  question.requestSubmit();
}

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (text.value.trim()) question.requestSubmit();
  } else if (event.key === "Escape") {
    text.value = "";
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  text.focus();
});

document.addEventListener("click", async (event) => {
  const spoken = event.target.closest("[data-say]");
  if (spoken) {
    event.preventDefault();
    say(spoken.dataset.say);
  }
  const copied = event.target.closest("[data-copy]");
  if (copied) await copy(copied);
});

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    tell("已复制，可以粘贴到群里。");
  } catch {
    tell("浏览器不让复制，请用鼠标选中答复再复制。");
  }
}

function showLit() {
  const pane = document.querySelector("#answers > article .pane");
  const lit = pane && pane.querySelector(".lit");
  if (lit) pane.scrollTop = lit.offsetTop - pane.offsetTop - 40;
}

// a fresh answer stands on top: the question's box is empty for the next one, the pane shows the lit clause
document.addEventListener("htmx:afterSwap", (event) => {
  const article = document.querySelector("#answers > article");
  if (!article) return;
  showLit();
  // the place and year that were said last are the ones picked above
  document.getElementById("region").value = article.dataset.region;
  document.getElementById("year").value = article.dataset.year;
  article.querySelectorAll("[data-without-script]").forEach((one) => { one.hidden = true; });
  if (event.detail.requestConfig?.elt === question) {
    text.value = "";
    document.querySelectorAll("#question .examples").forEach((one) => one.remove());
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "nearest" });
    if (article.offsetHeight > innerHeight / 2 && innerWidth < 700) article.scrollIntoView({ block: "start" });
  }
});

// without an answer all stays as it is, the words in their box too; the fault is told
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.requestConfig?.verb !== "post") return;
  if (event.detail.xhr.status < 400) {
    // of what was asked before only the answer stays; its controls carry the names that the fresh ones have
    if (event.detail.requestConfig.elt === question) {
      document.querySelectorAll("#answers .what-if, #answers .choices, #answers .days, #answers .pane").forEach((one) => one.remove());
    }
    return;
  }
  event.detail.shouldSwap = false;
  const part = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  tell(part.body.textContent.trim().replace(/\s+/g, " ") || "没问成，请再试一次。");
});

document.addEventListener("change", (event) => {
  if (event.target.matches("#region, #year")) text.focus();
});
showLit();
