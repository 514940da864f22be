"use strict";
// What every page of the console does in the browser beyond htmx: open sheets close again, faults of the network are told.

const said = document.getElementById("said");
let silence;

function tell(words) {
  said.textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => { said.textContent = ""; }, 8000);
}

function closeSheets(except) {
  document.querySelectorAll("details.account[open], details.more[open]").forEach((one) => {
    if (one !== except) one.removeAttribute("open");
  });
}

document.addEventListener("click", (event) => closeSheets(event.target.closest("details.account, details.more")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.account[open], details.more[open]");
  closeSheets(null);
  if (open) open.querySelector("summary").focus();
});

// a page that asks by itself fails silently; what a person did is answered
const byItself = (event) => Boolean(event.detail.requestConfig?.headers["X-Background"]);
document.addEventListener("htmx:beforeSwap", (event) => {
  if (byItself(event) && event.detail.xhr.status >= 400) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:sendError", (event) => { if (!byItself(event)) tell("网络不通，请稍后再试。填的内容还在。"); });
document.addEventListener("htmx:timeout", (event) => { if (!byItself(event)) tell("等了太久没有回音，请再试一次。"); });
document.addEventListener("htmx:responseError", (event) => {
  if (byItself(event) || event.detail.xhr.status === 401) return;
  tell("程序出了点问题，刚才的没有办成。请再试一次。");
});

// a choice that stands for itself is sent as it is made; without scripts there is a button beside it
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});
document.querySelectorAll("[data-without-script]").forEach((one) => { one.hidden = true; });
