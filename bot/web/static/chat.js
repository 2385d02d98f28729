/* The chat page: sends, shows what comes, says what failed. Everything shown is drawn on the server; without this file
   the page still works as a plain form. */
"use strict";
(() => {
  const page = document.body;
  const path = page.dataset.path;
  const words = JSON.parse(page.dataset.words);
  const log = document.getElementById("log");
  const scroller = document.getElementById("scroller");
  const composer = document.getElementById("composer");
  const input = document.getElementById("text");
  const newest = document.getElementById("newest");
  const notice = document.getElementById("notice");
  const RETRIES = [800, 2000, 4000, 8000]; // then the customer decides
  const waiting = new Map(); // own messages by client id, until they are stored
  let language = document.documentElement.lang;
  let owner = page.dataset.owner;
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
    const speaker = document.getElementById("speaker");
    speaker.dataset.word = owner === "agent" ? "with_person" : "with_bot";
    speaker.textContent = word(speaker.dataset.word);
    if (owner === "agent") stopTyping();
    seq = Math.max(seq, state.seq);
    if (fresh && !near) newest.hidden = false;
    if (near) toNewest();
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
    const holder = document.createElement("template");
    holder.innerHTML = message.html;
    const node = holder.content.firstElementChild;
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
    waiting.delete(message.client_id);
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
    input.placeholder = word("write");
    document.getElementById("stop").value = word("stop_says");
  }

  /* -- what is sent -------------------------------------------------------------------------------------------- */

  function say(text) {
    const id = newId();
    const node = document.getElementById("mine").content.firstElementChild.cloneNode(true);
    node.dataset.client = id;
    node.querySelector(".bubble").textContent = text;
    node.querySelector(".bubble").lang = language;
    for (const part of node.querySelectorAll("[data-word]")) part.textContent = word(part.dataset.word);
    log.append(node);
    waiting.set(id, node);
    toNewest();
    send(id, text, node, 0);
  }

  async function send(id, text, node, attempt) {
    startTyping();
    let answer;
    try {
      answer = await fetch(`${path}/messages`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ id, text, after: seq }),
      });
    } catch (error) {
      answer = null; // no network
    }
    if (answer?.ok) {
      apply(await answer.json());
      if (node.dataset.seq) notice.hidden = true;
      if (!waiting.size) stopTyping();
    } else if (answer?.status === 410) {
      gone();
    } else if (answer && answer.status < 500 && answer.status !== 429) {
      failed(id, text, node);
    } else if (attempt < RETRIES.length) {
      stopTyping();
      setTimeout(() => node.dataset.seq || send(id, text, node, attempt + 1), RETRIES[attempt]);
    } else {
      failed(id, text, node);
    }
  }

  function failed(id, text, node) {
    stopTyping();
    if (node.dataset.seq) return;
    node.classList.add("failed");
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = word("again");
    again.dataset.word = "again";
    again.addEventListener("click", () => {
      node.classList.remove("failed");
      node.querySelector(".state").replaceChildren(word("sending"));
      input.focus({ preventScroll: true });
      send(id, text, node, RETRIES.length);
    });
    const label = document.createElement("span");
    label.dataset.word = "failed";
    label.textContent = word("failed");
    const state = node.querySelector(".state");
    delete state.dataset.word; // its parts have their own
    state.replaceChildren(label, again);
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

  function listen() {
    const stream = new EventSource(`${path}/events?after=${seq}`);
    stream.addEventListener("state", (event) => apply(JSON.parse(event.data)));
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      setTimeout(listen, 3000);
    };
  }

  prepare(log);
  toNewest();
  listen();
})();
