/* What the customer wrote and nobody has yet: kept in this browser until it is stored, and not a moment longer. A
   picture is kept by its name only. Where a browser keeps nothing (private windows), the page works without. */
export class Unsent {
  constructor(conversation) {
    this.key = `afterword-unsent:${conversation}`;
  }

  all() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one?.id === "string") : [];
    } catch (error) {
      return [];
    }
  }

  keep(one) {
    this.write([...this.all().filter((other) => other.id !== one.id), one]);
  }

  forget(id) {
    this.write(this.all().filter((one) => one.id !== id));
  }

  write(all) {
    try {
      if (all.length) localStorage.setItem(this.key, JSON.stringify(all));
      else localStorage.removeItem(this.key);
    } catch (error) {
      // full, or forbidden: then a reload forgets what was not sent
    }
  }
}
