/* The chat page: sends, shows what comes, says what failed. Everything shown is drawn on the server; without this file
   the page still works as a plain form. */
import { offer, preview, refusal } from "./chat-pictures.js";
import { Unsent } from "./chat-unsent.js";

{
  const page = document.body;
  const path = page.dataset.path;
  const words = JSON.parse(page.dataset.words);
  const log = document.getElementById("log");
  const scroller = document.getElementById("scroller");
  const composer = document.getElementById("composer");
  const input = document.getElementById("text");
  const newest = document.getElementById("newest");
  const notice = document.getElementById("notice");
  const chooser = document.getElementById("picture");
  const RETRIES = [800, 2000, 4000, 8000]; // then the connection or the customer decides
  // Own messages by id, until they are stored: {id, text or file or neither (a picture lost by a reload), node, …}
  const waiting = new Map();
  const unsent = new Unsent(path);
  let language = document.documentElement.lang;
  let owner = page.dataset.owner;
  let resending = false;
  let choices = JSON.parse(page.dataset.choices); // which message's are open, what was taken from the others
  let seq = Number(page.dataset.seq);
  let typing = null;
  let typingTimer = 0;

  const word = (key) => words[language][key];

  /* -- what comes ---------------------------------------------------------------------------------------------- */

  function apply(state) {
    if (state.owner === "nobody") return gone();
    const near = isNear();
    owner = state.owner;
    speak(state.language);
    let fresh = false;
    for (const message of state.messages) fresh = show(message) || fresh;
    choices = state.choices;
    markChoices();
    document.getElementById("speaker").textContent = speaker(state);
    if (owner === "agent") stopTyping();
    seq = Math.max(seq, state.seq);
    if (fresh && !near) newest.hidden = false;
    if (near) toNewest();
  }

  /* Who answers now, by name where it is a person. */
  function speaker(state) {
    if (owner !== "agent") return word("with_bot");
    return state.agent ? word("with_agent").replace("{name}", () => state.agent) : word("with_person");
  }

  function drawn(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content.firstElementChild;
  }

  /* The customer was erased: what still stands on this page goes, too; its address says why. */
  function gone() {
    log.replaceChildren();
    location.reload();
  }

  /* Gives whether it was new to the customer. */
  function show(message) {
    if (log.querySelector(`[data-seq="${message.seq}"]`)) return false;
    const own = message.client_id && log.querySelector(`[data-client="${CSS.escape(message.client_id)}"]`);
    if (own) {
      stored(own, message);
      return false;
    }
    const node = drawn(message.html);
    if (message.from !== "customer") stopTyping();
    log.insertBefore(node, placeFor(message.seq));
    prepare(node);
    return true;
  }

  /* By seq; what is not stored yet, and the typing sign, stay below. */
  function placeFor(number) {
    return [...log.children].find((other) => !other.dataset.seq || Number(other.dataset.seq) > number) || null;
  }

  function stored(node, message) {
    node.dataset.seq = message.seq;
    node.dataset.id = message.id;
    node.classList.remove("pending", "failed");
    node.querySelector(".state")?.remove();
    if (message.picture) {
      URL.revokeObjectURL(node.querySelector("img")?.src);
      node.querySelector(".bubble").replaceWith(drawn(message.html).querySelector(".bubble"));
    }
    forget(message.client_id);
  }

  function forget(id) {
    clearTimeout(waiting.get(id)?.timer);
    waiting.delete(id);
    unsent.forget(id);
  }

  function markChoices() {
    for (const form of log.querySelectorAll(".choices")) {
      const id = form.closest(".message").dataset.id;
      const taken = choices.chosen[id] ?? form.dataset.taken;
      const isOpen = id === choices.open && form.dataset.taken === undefined;
      form.classList.toggle("answered", !isOpen);
      for (const button of form.querySelectorAll("button")) {
        if (isOpen) button.removeAttribute("aria-disabled");
        else button.setAttribute("aria-disabled", "true");
        const state = button.getAttribute("role") === "radio" ? "aria-checked" : "aria-pressed";
        button.setAttribute(state, String(button.value === taken));
      }
    }
  }

  function speak(next) {
    if (next === language) return;
    language = next;
    document.documentElement.lang = next;
    for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
    for (const node of document.querySelectorAll("[data-word-label]")) {
      node.setAttribute("aria-label", word(node.dataset.wordLabel));
    }
    for (const node of document.querySelectorAll("[data-word-title]")) node.title = word(node.dataset.wordTitle);
    for (const node of document.querySelectorAll("[data-word-alt]")) node.alt = word(node.dataset.wordAlt);
    input.placeholder = word("write");
    document.getElementById("stop").value = word("stop_says");
  }

  /* -- what is sent -------------------------------------------------------------------------------------------- */

  function say(text) {
    begin({ id: newId(), text });
  }

  async function sendPictures(files) {
    for (const file of files) {
      const reason = refusal(file);
      if (reason) tell(`refused_${reason}`);
      else begin({ id: newId(), file, name: file.name, image: await preview(file) });
    }
  }

  /* Shows a message at once, and sends it. */
  function begin(one) {
    notice.hidden = true;
    unsent.keep(one.file ? { id: one.id, name: one.name } : { id: one.id, text: one.text });
    place(one);
    toNewest();
    send(one);
  }

  function place(one) {
    one.node = document.getElementById("mine").content.firstElementChild.cloneNode(true);
    one.node.dataset.client = one.id;
    const bubble = one.node.querySelector(".bubble");
    bubble.lang = language;
    bubble.textContent = one.text ?? (one.image ? "" : word("kinds").image);
    if (one.image) dress(one);
    for (const part of one.node.querySelectorAll("[data-word]")) part.textContent = word(part.dataset.word);
    log.append(one.node);
    waiting.set(one.id, one);
  }

  function dress(one) {
    one.image.alt = word("picture_alt");
    one.image.dataset.wordAlt = "picture_alt";
    const bubble = one.node.querySelector(".bubble");
    bubble.classList.add("picture");
    bubble.replaceChildren(one.image);
  }

  function post(one) {
    if (!one.file) {
      const body = JSON.stringify({ id: one.id, text: one.text, after: seq });
      return fetch(`${path}/messages`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    }
    const form = new FormData();
    for (const [key, value] of [["id", one.id], ["after", seq], ["picture", one.file]]) form.append(key, value);
    return fetch(`${path}/pictures`, { method: "POST", headers: { Accept: "application/json" }, body: form });
  }

  /* The answer and what it says; status 0 where the connection broke, also in the middle of the answer. */
  async function exchange(one) {
    try {
      const answer = await post(one);
      return { status: answer.status, body: await answer.json() };
    } catch (error) {
      return { status: 0 };
    }
  }

  /* Sends it, and again where that may help: with the same id, so that it is stored once whatever got lost. */
  async function send(one, attempt = 0) {
    if (one.busy || !waiting.has(one.id)) return;
    one.busy = true;
    clearTimeout(one.timer);
    one.timer = 0;
    sending(one);
    startTyping();
    const { status, body } = await exchange(one);
    one.busy = false;
    if (status === 200) {
      apply(body);
      if (!waiting.has(one.id)) notice.hidden = true;
      if (!waiting.size) stopTyping();
    } else if (status === 410) {
      gone();
    } else if (status >= 400 && status < 500 && status !== 409 && status !== 429) {
      refused(one, body);
    } else if (attempt < RETRIES.length && navigator.onLine) {
      stopTyping();
      one.timer = setTimeout(() => send(one, attempt + 1), RETRIES[attempt]);
    } else {
      failed(one);
    }
  }

  /* Once each, in order, when the connection is back; what is tried again anyway is left to its time. */
  async function resend() {
    if (resending) return;
    resending = true;
    for (const one of [...waiting.values()]) {
      if (!one.timer && !one.refused && (one.text || one.file)) await send(one, RETRIES.length);
    }
    resending = false;
  }

  function sending(one) {
    one.node.classList.remove("failed");
    const state = one.node.querySelector(".state");
    if (!state) return;
    state.dataset.word = "sending";
    state.textContent = word("sending");
  }

  function failed(one) {
    fail(one, "failed", "again", () => send(one, RETRIES.length));
  }

  /* The server will not have it, now or later: nothing is repeated unless the customer does. */
  function refused(one, body) {
    one.refused = true;
    unsent.forget(one.id);
    if (body?.error?.field === "picture") {
      one.node.remove();
      waiting.delete(one.id);
      stopTyping();
      return tell(null, body.error.message);
    }
    failed(one);
  }

  /* A picture that a reload took from us: its customer has it still. */
  function lost(one) {
    fail(one, "picture_lost", "choose_again", () => {
      one.wanted = true;
      chooser.click();
    });
    const label = one.node.querySelector(".state span");
    delete label.dataset.word; // it holds a name
    label.textContent = word("picture_lost").replace("{name}", () => one.name || "");
  }

  function fail(one, label, act, run) {
    stopTyping();
    if (one.node.dataset.seq) return;
    one.node.classList.add("failed");
    const button = document.createElement("button");
    button.type = "button";
    const words = document.createElement("span");
    for (const [part, key] of [[button, act], [words, label]]) {
      part.dataset.word = key;
      part.textContent = word(key);
    }
    button.addEventListener("click", () => {
      input.focus({ preventScroll: true });
      run();
    });
    const state = one.node.querySelector(".state");
    delete state.dataset.word; // its parts have their own
    state.replaceChildren(words, button);
  }

  /* Files that were chosen: the first may be one that is asked for again. */
  async function take(files) {
    const wanted = [...waiting.values()].find((one) => one.wanted);
    if (wanted && files.length && !refusal(files[0])) {
      const file = files.shift();
      Object.assign(wanted, { file, name: file.name, image: await preview(file), wanted: false });
      dress(wanted);
      send(wanted);
    }
    await sendPictures(files);
  }

  /* What was not sent when the page was left: shown again, and sent when the stream is there. */
  function restore() {
    for (const kept of unsent.all()) {
      if (log.querySelector(`[data-client="${CSS.escape(kept.id)}"]`)) {
        unsent.forget(kept.id);
        continue;
      }
      const one = { id: kept.id, text: kept.text, name: kept.name };
      place(one);
      if (!one.text) lost(one);
    }
  }

  function tell(key, words) {
    if (key) notice.dataset.word = key;
    else delete notice.dataset.word;
    notice.textContent = words ?? word(key);
    notice.hidden = false;
  }

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  /* -- typing sign, view, times -------------------------------------------------------------------------------- */

  function startTyping() {
    clearTimeout(typingTimer);
    if (owner !== "bot") return; // a person types when a person types
    typingTimer = setTimeout(() => {
      if (typing) return;
      const near = isNear();
      typing = document.getElementById("typing").content.firstElementChild.cloneNode(true);
      log.append(typing);
      if (near) toNewest();
    }, 300);
  }

  function stopTyping() {
    clearTimeout(typingTimer);
    typing?.remove();
    typing = null;
  }

  /* The scroller counts from its bottom: 0 is the newest. */
  const isNear = () => Math.abs(scroller.scrollTop) < 80;
  function toNewest() {
    scroller.scrollTop = 0;
    newest.hidden = true;
  }

  function prepare(node) {
    for (const time of node.querySelectorAll("time")) {
      const at = new Date(time.dateTime);
      const today = at.toDateString() === new Date().toDateString();
      const options = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
      time.textContent = at.toLocaleString(language, options);
      time.title = at.toLocaleString(language, { dateStyle: "full", timeStyle: "long" });
    }
    for (const group of node.querySelectorAll("[role=radiogroup]")) {
      [...group.children].forEach((radio, index) => (radio.tabIndex = index ? -1 : 0));
    }
  }

  /* -- hands --------------------------------------------------------------------------------------------------- */

  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    grow();
    say(text);
  });

  input.addEventListener("keydown", (event) => {
    // Enter that ends the choice of a Chinese word must not send
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      composer.requestSubmit();
    }
  });

  function grow() {
    if (CSS.supports("field-sizing", "content")) return;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  }
  input.addEventListener("input", grow);

  chooser.addEventListener("cancel", () => waiting.forEach((one) => (one.wanted = false)));
  offer({ button: document.getElementById("attach"), chooser, input, page, take });
  window.addEventListener("online", resend);

  // pressing "send" must not take the focus, or a phone closes its keyboard
  composer.querySelector(".send").addEventListener("pointerdown", (event) => event.preventDefault());

  log.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const button = event.submitter;
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    form.dataset.taken = button.value;
    markChoices();
    say(button.value);
  });

  document.querySelector(".stop").addEventListener("submit", (event) => {
    event.preventDefault();
    say(document.getElementById("stop").value);
  });

  // Arrow keys move within a scale without choosing; Space or Enter chooses.
  log.addEventListener("keydown", (event) => {
    const radio = event.target.closest("[role=radio]");
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!radio || (!step && event.key !== "Home" && event.key !== "End")) return;
    event.preventDefault();
    const radios = [...radio.parentNode.children];
    const at = radios.indexOf(radio);
    const next = event.key === "Home" ? 0 : event.key === "End" ? radios.length - 1 : (at + step + radios.length) % radios.length;
    radio.tabIndex = -1;
    radios[next].tabIndex = 0;
    radios[next].focus();
  });

  newest.addEventListener("click", () => {
    toNewest();
    input.focus({ preventScroll: true });
  });
  scroller.addEventListener("scroll", () => isNear() && (newest.hidden = true), { passive: true });

  /* -- the stream ---------------------------------------------------------------------------------------------- */

  /* A refused stream does not say why: the customer may have been erased before the page began to listen. */
  async function refusedStream() {
    const answer = await fetch(`${path}/messages?after=${seq}`).catch(() => null);
    if (answer?.status === 410) gone();
    else setTimeout(listen, 3000);
  }

  function listen() {
    const stream = new EventSource(`${path}/events?after=${seq}`);
    stream.addEventListener("open", resend);
    stream.addEventListener("state", (event) => apply(JSON.parse(event.data)));
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      refusedStream();
    };
  }

  prepare(log);
  restore();
  toNewest();
  listen();
}
