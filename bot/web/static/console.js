/* Small comforts of the console; every page works without. */
"use strict";
document.addEventListener("change", (event) => event.target.form?.matches("[data-submit-on-change]") && event.target.form.requestSubmit());
// A double click sends once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if ("sent" in form.dataset) event.preventDefault();
  else setTimeout(() => delete form.dataset.sent, 8000); // it was stopped on its way
  form.dataset.sent = "";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
// Keys: an element with data-key is pressed, opened or written into.
const keys = () => document.getElementById("keys");
function reach(element) {
  if (element.dataset.opens) return keys().open || keys().showModal();
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
  if (event.ctrlKey || event.metaKey || event.altKey || within || keys()?.open) return;
  if (event.key === "j" || event.key === "k") return move(event.key === "j" ? 1 : -1);
  const element = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!element) return;
  event.preventDefault();
  reach(element);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-opens]")) keys().showModal();
  if (event.target.closest("[data-shut]")) keys().close();
  const link = event.target.closest("[data-fills]");
  if (link) fill(event, link);
});
// A saved reply goes into the box, after what is written there.
function fill(event, link) {
  event.preventDefault();
  const box = document.getElementById(link.dataset.fills);
  const text = link.closest("li").querySelector(".said").textContent;
  box.value = box.value.trim() ? `${box.value.trimEnd()}\n${text}` : text;
  link.closest("details").open = false;
  box.focus();
  box.scrollIntoView({ block: "center" });
}
// Through the list: from the row that has the focus, else from its beginning.
function move(by) {
  const rows = [...document.querySelectorAll("[data-live=cases] tr[data-item]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  next?.querySelector("a").focus();
  next?.scrollIntoView({ block: "nearest" });
}
