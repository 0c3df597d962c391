// Moves a part of a paper: its handle is dragged with mouse, pen or finger, or Alt and an arrow key move it one place.
// Both send what the page behind the handle would send, so that nothing works here that does not work without this.
const FAR = 6;
const form = document.querySelector("form[data-move]");
const rowOf = (element) => element?.closest?.("[data-piece]");

function send(row, name, value) {
  form.action = row.querySelector("[data-handle]").href;
  const box = form.elements[name];
  Object.assign(box, { value, disabled: false });
  form.submit();
}

class Drag {
  constructor(handle, event) {
    Object.assign(this, { handle, row: rowOf(handle), x: event.clientX, y: event.clientY, place: "" });
    handle.setPointerCapture(event.pointerId);
  }

  moves(event) {
    if (!this.isFar && Math.hypot(event.clientX - this.x, event.clientY - this.y) < FAR) return;
    this.isFar = true;
    this.row.classList.add("portal-paper__row--moving");
    this.show(rowOf(document.elementFromPoint(event.clientX, event.clientY)), event.clientY);
  }

  show(over, y) {
    this.clear();
    this.place = "";
    const kinds = over?.closest("[data-kinds]")?.dataset.kinds.split(" ") ?? [];
    if (!over || over === this.row || !kinds.includes(this.row.dataset.kind)) return;
    const box = over.getBoundingClientRect();
    const isUpper = over.dataset.piece && y < box.top + box.height / 2;
    const behind = isUpper ? this.before(over) : over.dataset.piece;
    this.place = `${over.dataset.place}/${behind}`;
    this.over = over;
    over.classList.add(isUpper ? "portal-paper__row--before" : "portal-paper__row--after");
  }

  // The block over this one under the same heading, if there is one.
  before(over) {
    const all = [...document.querySelectorAll(`[data-place="${CSS.escape(over.dataset.place)}"]`)];
    const others = all.filter((row) => row.dataset.piece && row !== this.row);
    return others[others.indexOf(over) - 1]?.dataset.piece ?? "";
  }

  clear() {
    this.over?.classList.remove("portal-paper__row--before", "portal-paper__row--after");
  }

  ends(isDropped) {
    this.clear();
    this.row.classList.remove("portal-paper__row--moving");
    if (isDropped && this.place) send(this.row, "place", this.place);
  }
}

let drag = null;
for (const handle of document.querySelectorAll("[data-handle]")) {
  handle.draggable = false;
  handle.setAttribute("aria-keyshortcuts", "Alt+ArrowUp Alt+ArrowDown");
  handle.addEventListener("pointerdown", (event) => event.button === 0 && (drag = new Drag(handle, event)));
  handle.addEventListener("pointermove", (event) => drag?.moves(event));
  handle.addEventListener("pointerup", () => drag?.ends(true));
  handle.addEventListener("pointercancel", () => (drag?.ends(false), (drag = null)));
  handle.addEventListener("click", (event) => {
    if (drag?.isFar) event.preventDefault();
    drag = null;
  });
}

// The part that was moved has the focus when the page is there again, so the keys go on moving it.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") drag = (drag?.ends(false), null);
  const direction = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const row = rowOf(event.target);
  if (!direction || !row?.querySelector("[data-handle]")) return;
  event.preventDefault();
  send(row, "direction", direction);
});
