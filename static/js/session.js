// Warns before the sign-in ends, and lets a person stay. Every open page of the browser counts as one.
const dialog = document.querySelector("[data-session]");
const channel = "BroadcastChannel" in window ? new BroadcastChannel("portal-session") : null;
const { left, warning, grain, stay, signIn } = dialog.dataset;
const untilEnd = Number(left) * 1000;
const before = Number(warning) * 1000;
// The portal may count the session a little longer than it says. Who left earlier would be let in again at once.
const over = -(Number(grain) + 1) * 1000;
let ends = Date.now() + untilEnd;

function seen(tell = true) {
  ends = Date.now() + untilEnd;
  if (dialog.open) dialog.close();
  if (tell) channel?.postMessage("seen");
}

async function remain() {
  const response = await fetch(stay, { redirect: "manual" }).catch(() => null);
  if (response?.ok) {
    const { seconds } = await response.json();
    seen();
    ends = Date.now() + seconds * 1000;
  } else if (response) leave();
}

function leave() {
  const unsaved = document.querySelector(".portal-draft-line--unsaved");
  if (!unsaved) window.location.assign(`${signIn}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
}

function look() {
  const rest = ends - Date.now();
  if (rest <= over) return leave();
  if (rest > before) return dialog.open && dialog.close();
  const minutes = Math.max(1, Math.ceil(rest / 60000));
  const words = `You will be signed out in ${minutes === 1 ? "1 minute" : `${minutes} minutes`}.`;
  const line = dialog.querySelector("[data-session-words]");
  if (line.textContent !== words) line.textContent = words;
  if (!dialog.open) dialog.showModal();
}

channel?.addEventListener("message", () => seen(false));
document.addEventListener("portal:seen", () => seen());
document.addEventListener("htmx:afterRequest", () => seen());
dialog.querySelector("[data-session-stay]").addEventListener("click", remain);
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  remain();
});
document.addEventListener("visibilitychange", () => !document.hidden && look());
seen();
setInterval(look, 5000);
