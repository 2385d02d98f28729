/* Brings the live parts of the page to what the server shows now, and leaves alone what somebody is doing in them. */
const FIELDS = "input:not([type=hidden]), textarea, select";

function touched(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const chosen = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(0, chosen);
}

// Beside a complaint stands what was typed before: the server gave it back, so it only looks untouched.
function begun(part) {
  if (part.nodeType !== 1) return false;
  if (part.matches(".unsent, form[data-sent]") || part.querySelector(".unsent, form[data-sent], form [role=alert]")) return true;
  const fields = [...part.querySelectorAll(FIELDS), ...(part.matches(FIELDS) ? [part] : [])];
  return fields.some((field) => field === document.activeElement || touched(field));
}

const key = (node) => (node.nodeType === 1 ? node.id || node.dataset.item || (node.tagName === "FORM" && node.getAttribute("action")) || "" : "");

function attributes(old, fresh) {
  const kept = old.matches("details, dialog") ? ["open"] : []; // as the reader left it
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value && !kept.includes(name)) old.setAttribute(name, value);
}

function children(old, fresh, kept) {
  const left = [...old.childNodes];
  const pairs = [...fresh.childNodes].map((wanted) => {
    const at = left.findIndex((node) => node.nodeName === wanted.nodeName && key(node) === key(wanted));
    return [wanted, at < 0 ? null : left.splice(at, 1)[0]];
  });
  for (const node of left) {
    if (begun(node)) kept.add(node);
    else node.remove();
  }
  let place = old.firstChild;
  for (const [wanted, match] of pairs) {
    while (kept.has(place)) place = place.nextSibling;
    if (match && match === place) place = place.nextSibling;
    else old.insertBefore(match ?? document.importNode(wanted, true), place);
    if (match) morph(match, wanted, kept);
  }
}

function morph(old, fresh, kept) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== 1) old.nodeValue = fresh.nodeValue;
  else if (!(old.matches(`form, ${FIELDS}`) && begun(old))) {
    attributes(old, fresh);
    if (old.tagName === "TEXTAREA") old.defaultValue = fresh.defaultValue;
    else children(old, fresh, kept);
  }
}

/** Shows what `page` shows. Gives what is no longer in it and was kept, because somebody is writing there. */
export function refresh(page) {
  const kept = new Set();
  const focus = document.activeElement;
  const home = focus?.closest("[data-live]");
  const row = focus?.closest("tr[data-item]");
  const index = row ? [...row.parentNode.children].indexOf(row) : -1;
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (fresh) morph(part, fresh, kept);
  }
  if (!home || document.activeElement === focus) return kept;
  // what was moved gets the focus back; where it is gone, its neighbour does
  const rows = home.querySelectorAll("tr[data-item] a");
  const next = focus.isConnected ? focus : rows[Math.min(index, rows.length - 1)] ?? home;
  if (next === home) home.tabIndex = -1;
  next.focus({ preventScroll: true });
  return kept;
}
