/* The page keeps itself up to date: an event says that something is new, then the page fetches itself. */
import { refresh } from "./morph.js";
import { dress, tick } from "./times.js";

const TICK = 30000; // the words of what is due
const REST = 20000; // a browser has few connections to one server: a page that nobody sees gives its one back
const ASLEEP = 30000; // how often such a page looks by itself
const PAUSE = 1000; // between two looks
const AGAIN = 4000; // after one that failed

dress();
const here = document.querySelector("[data-events]");
if (here) watch(here.dataset, JSON.parse(here.dataset.words));

function watch({ path, events }, words) {
  let [source, resting, looks, hush, failing] = [null, null, null, null, null];
  let [busy, again, signedOut, lost, unseen] = [false, false, false, false, 0];

  function connect() {
    disconnect();
    if (signedOut) return;
    source = new EventSource(`${events}?seen=${encodeURIComponent(here.dataset.mark)}`);
    source.addEventListener("news", (event) => event.lastEventId !== here.dataset.mark && look());
    source.addEventListener("open", () => {
      clearTimeout(failing);
      failing = null;
      if (lost) say(words.back);
      lost = false;
    });
    source.addEventListener("error", () => {
      failing ??= setTimeout(() => {
        lost = true;
        say(words.lost, true);
      }, PAUSE * 3);
      // the browser tries again by itself unless the answer was no stream: then the page shows why
      if (source?.readyState === EventSource.CLOSED) setTimeout(() => document.hidden || look().then(connect), AGAIN);
    });
  }

  function disconnect() {
    source?.close();
    source = null;
    clearInterval(looks);
  }

  async function look() {
    if (busy) return void (again = true);
    busy = true;
    let wait = PAUSE;
    try {
      const answer = await fetch(path, { headers: { "X-Live": "1" }, cache: "no-store", signal: AbortSignal.timeout(10000) });
      if (answer.redirected) return leave();
      if (!answer.ok) throw new Error(answer.statusText);
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      [again, wait] = [source !== null, AGAIN]; // not reached just now
    } finally {
      setTimeout(() => {
        busy = false;
        if (again) look();
        again = false;
      }, wait);
    }
  }

  function leave() {
    signedOut = true;
    disconnect();
    clearTimeout(failing);
    say(words.signed_out, true);
  }

  function show(page) {
    dress(page);
    const [before, text] = [items(), shown()];
    const kept = refresh(page);
    here.dataset.mark = page.querySelector("[data-events]").dataset.mark;
    const fresh = [...items()].filter((item) => !before.has(item));
    if (document.hidden) unseen += fresh.length;
    entitle(page.title);
    if (kept.size) say(words.gone);
    else if (fresh.some((item) => item.startsWith("message-"))) say(words.message, false, newest());
    else if (fresh.some((item) => item.startsWith("case-"))) say(words.case);
    else if (text !== shown() && !document.querySelector("[data-live=cases]")) say(words.changed);
  }

  function say(text, stays = false, target = null) {
    clearTimeout(hush);
    here.textContent = text;
    if (target) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: words.show });
      button.addEventListener("click", () => target.scrollIntoView({ block: "center" }));
      here.append(" ", button);
    }
    if (!stays) hush = setTimeout(() => here.replaceChildren(), 8000);
  }

  function entitle(title) {
    document.title = unseen ? `(${unseen}) ${title}` : title;
  }

  function wake() {
    unseen = 0;
    entitle(document.title.replace(/^\(\d+\) /, ""));
    if (!source || source.readyState === EventSource.CLOSED) connect();
  }

  function sleep() {
    disconnect();
    looks = setInterval(look, ASLEEP);
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(resting);
    if (document.hidden) resting = setTimeout(sleep, REST);
    else wake();
  });
  addEventListener("online", () => document.hidden || connect());
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => event.persisted && connect());
  let last = Date.now();
  setInterval(() => {
    tick();
    if (Date.now() - last > 3 * TICK && !document.hidden) connect(); // the machine was asleep: the connection is dead
    last = Date.now();
  }, TICK);
  if (document.hidden) sleep();
  else connect();
}

const items = () => new Set([...document.querySelectorAll("[data-live] [data-item]")].map((item) => item.dataset.item));

/** The words of the live parts, without those that run by themselves and without who looks on. */
function shown() {
  const parts = [...document.querySelectorAll("[data-live]")].map((part) => part.cloneNode(true));
  for (const part of parts) for (const noise of part.querySelectorAll("time, .viewing")) noise.remove();
  return parts.map((part) => part.textContent.replace(/\s+/g, " ")).join("\n");
}

/** The last message of the transcript, if it is out of sight. */
function newest() {
  const message = document.querySelector(".transcript li:last-child");
  const { top, bottom } = message.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight ? null : message;
}
