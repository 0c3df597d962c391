// Keeps what is typed as a draft: a few seconds after the last key, and on leaving a box. Says so, and says when not.
const SOON = 3000;
const AGAIN = 5000;
const PATIENCE = 10000;

class Draft {
  constructor(line) {
    this.line = line;
    this.form = line.closest("form");
    this.words = line.querySelector("[data-draft-words]");
    this.kept = this.typed();
    this.hasFailed = false;
    line.querySelector("[data-draft-button]").hidden = true;
    line.querySelector("[data-draft-hint]").hidden = true;
    for (const event of ["input", "change"]) this.form.addEventListener(event, () => this.soon(SOON));
    this.form.addEventListener("focusout", () => this.soon(200));
    this.form.addEventListener("submit", () => this.end());
    window.addEventListener("online", () => this.save());
    window.addEventListener("pageshow", () => (this.isSent = false));
    window.addEventListener("beforeunload", (event) => this.isUnsaved() && event.preventDefault());
  }

  typed() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return new URLSearchParams(data).toString();
  }

  isUnsaved() {
    return this.hasFailed && !this.isSent && this.typed() !== this.kept;
  }

  end() {
    this.isSent = true;
    clearTimeout(this.timer);
  }

  soon(delay) {
    if (this.isSent) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), this.hasFailed ? AGAIN : delay);
  }

  async save() {
    const now = this.typed();
    if (this.isSent || now === this.kept) return;
    if (this.isSaving) return this.soon(SOON);
    this.isSaving = true;
    try {
      await this.answer(await this.send(now), now);
    } catch {
      this.fail("Not saved: no connection. We try again every few seconds; keep this page open.");
    } finally {
      this.isSaving = false;
    }
  }

  send(typed) {
    const signal = AbortSignal.timeout(PATIENCE);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    return fetch(this.line.dataset.draft, { method: "POST", body: typed, headers, signal, redirect: "manual" });
  }

  async answer(response, typed) {
    if (response.type === "opaqueredirect") return this.askToSignIn();
    if (response.status === 403 && !this.hasNewToken && (await this.takeNewToken())) return this.soon(SOON);
    if (response.status === 409) return this.fail((await response.json()).words);
    if (!response.ok) return this.fail("Not saved: the portal did not answer as it should. We try again every few seconds; keep this page open.");
    const saved = await response.json();
    Object.assign(this, { kept: typed, hasFailed: false, hasNewToken: false });
    this.say(saved.words, false);
    const address = new URL(window.location.href);
    address.searchParams.set("draft", saved.key);
    history.replaceState(history.state, "", address);
    document.dispatchEvent(new CustomEvent("portal:seen"));
  }

  // Somebody who signs in again, in another tab, makes the token of this page void.
  async takeNewToken() {
    const response = await fetch(this.line.dataset.draftToken, { redirect: "manual" });
    if (!response.ok) return false;
    const { token, person } = await response.json();
    if (person !== this.form.elements.draft_person.value) return false;
    this.form.elements.csrfmiddlewaretoken.value = token;
    return (this.hasNewToken = true);
  }

  askToSignIn() {
    this.fail("Not saved: you are signed out. Keep this page open and ");
    const link = document.createElement("a");
    Object.assign(link, { href: this.line.dataset.signIn, target: "_blank", textContent: "sign in on a new page" });
    link.className = "govuk-link";
    this.words.append(link, "; what you typed is then saved from here.");
  }

  fail(words) {
    this.hasFailed = true;
    this.say(words, true);
    this.soon(AGAIN);
  }

  say(words, isBad) {
    if (this.words.textContent !== words) this.words.textContent = words;
    this.line.classList.toggle("portal-draft-line--unsaved", isBad);
  }
}

for (const line of document.querySelectorAll("[data-draft]")) new Draft(line);
