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
