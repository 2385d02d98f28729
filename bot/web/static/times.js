/* Times in the reader's zone and, where they run, in words: due in 25 min, 3 h ago. The same rules as bot/web/i18n.py. */
const units = JSON.parse(document.body.dataset.time ?? "{}");
const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function span(milliseconds) {
  const minutes = Math.floor(milliseconds / 60000);
  if (minutes < 1) return units.moment;
  if (minutes < 60) return put(units.minutes, { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return put(units.days, { n: Math.floor(hours / 24) });
  const whole = put(units.hours, { n: hours });
  return minutes % 60 && hours < 6 ? `${whole} ${put(units.minutes, { n: minutes % 60 })}` : whole;
}

// Colour, picture and words change together: the state is a class, and the style sheet shows its picture.
function count(due, now) {
  const left = new Date(due.dataset.due) - now;
  const state = left < 0 ? "late" : left < 3600000 ? "soon" : "later";
  due.className = `due ${state}`;
  say(due.querySelector("time"), put(left < 0 ? units.overdue : units.due_in, { span: span(Math.abs(left)) }));
}

function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Brings what runs up to date. */
export function tick(root = document) {
  const now = Date.now();
  for (const due of root.querySelectorAll("[data-due]")) count(due, now);
  for (const time of root.querySelectorAll("time[data-ago]"))
    say(time, put(units.ago, { span: span(Math.max(0, now - new Date(time.dateTime))) }));
}

/** What only a page with JavaScript has: exact times in the reader's zone, and the buttons that need it. */
export function dress(root = document) {
  const language = document.documentElement.lang;
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    time.title = at.toLocaleString(language, { dateStyle: "full", timeStyle: "long" });
    if (!("keep" in time.dataset)) say(time, at.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }));
  }
  for (const button of root.querySelectorAll("[data-opens]")) button.hidden = false;
  tick(root);
}
