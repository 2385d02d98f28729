/* Small comforts of the console; every page works without. */
"use strict";
for (const form of document.querySelectorAll("[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
// Times in the reader's own zone; the exact one, with its zone, on hover.
for (const time of document.querySelectorAll("time[datetime]")) {
  const at = new Date(time.dateTime);
  const language = document.documentElement.lang;
  time.title = at.toLocaleString(language, { dateStyle: "full", timeStyle: "long" });
  if (!("keep" in time.dataset)) time.textContent = at.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}
// A double click sends once.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if ("sent" in form.dataset) event.preventDefault();
    else setTimeout(() => delete form.dataset.sent, 8000); // it was stopped on its way
    form.dataset.sent = "";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
// Keys: an element with data-key is pressed, opened or written into.
const keys = document.getElementById("keys");
function reach(element) {
  if (element.dataset.opens) return keys.open || keys.showModal();
  if (element.tagName === "BUTTON") return element.click();
  if (element.tagName === "DETAILS") element.open = true;
  const field = element.tagName === "DETAILS" ? element.querySelector("select, textarea, input:not([type=hidden])") : element;
  field.focus();
  field.scrollIntoView({ block: "center" });
}
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.repeat) return;
  const within = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && within?.form?.matches("form[data-once]")) {
    event.preventDefault();
    return within.form.requestSubmit();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || within || keys?.open) return;
  const element = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!element) return;
  event.preventDefault();
  reach(element);
});
for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());
}
document.querySelector("[data-shut]")?.addEventListener("click", () => keys.close());
// A saved reply goes into the box, after what is written there.
for (const link of document.querySelectorAll("[data-fills]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const box = document.getElementById(link.dataset.fills);
    const text = link.closest("li").querySelector(".said").textContent;
    box.value = box.value.trim() ? `${box.value.trimEnd()}\n${text}` : text;
    link.closest("details").open = false;
    box.focus();
    box.scrollIntoView({ block: "center" });
  });
}
// What is new in a case: shown by itself as long as nothing was begun, else when asked for; drafts come along.
const news = document.querySelector("[data-seen]");
if (news) {
  const { path, seen } = news.dataset;
  const [button, place] = [news.querySelector("button"), `afterword:${path}`];
  const kinds = ["textarea", "select", "input[type=text]", "input[type=radio]", "input[type=checkbox]"];
  const fields = () => [...document.querySelectorAll(kinds.map((kind) => `form[data-once] ${kind}[id]`).join())];
  const ticks = (field) => ["radio", "checkbox"].includes(field.type);
  const asMade = (field) => {
    if (ticks(field)) return field.checked === field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value === "";
    return field.selectedIndex === Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  };
  const begun = () => document.querySelector(".unsent") || !fields().every(asMade);
  const show = () => {
    const typed = fields().map((field) => [field.id, ticks(field) ? field.checked : field.value]);
    const open = [...document.querySelectorAll("details[open][id]")].map((part) => part.id);
    sessionStorage.setItem(place, JSON.stringify({ typed, open, focus: document.activeElement?.id }));
    if (location.pathname === path) location.reload();
    else location.replace(path); // the answer to a form: to load it again would send it again
  };
  const kept = JSON.parse(sessionStorage.getItem(place) || "null");
  sessionStorage.removeItem(place);
  if (kept) {
    for (const [id, value] of kept.typed) {
      const field = document.getElementById(id);
      if (field) field[ticks(field) ? "checked" : "value"] = value;
    }
    for (const id of kept.open) document.getElementById(id)?.setAttribute("open", "");
    if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
  }
  button.addEventListener("click", show);
  const timer = setInterval(async () => {
    if (document.hidden || keys.open) return;
    let now;
    try {
      const answer = await fetch(`${path}/version`, { headers: { Accept: "application/json" } });
      if (answer.redirected) return clearInterval(timer); // signed out
      if (!answer.ok) return;
      now = await answer.json();
    } catch {
      return; // offline for a moment
    }
    if (document.querySelector("form[data-sent]")) return; // already on the way to a new page
    const found = `${now.messages}.${now.version}.${now.events}`;
    if (found === seen) return;
    if (!begun()) return show();
    button.textContent = seen.startsWith(`${now.messages}.`) ? button.dataset.changes : button.dataset.news;
    button.hidden = false;
  }, 3000);
}
