// The address comes from the page, since a staged file has its content hash in its name.
const { initAll } = await import(document.querySelector('meta[name="govuk-frontend"]').content);

// Normally there already; where another module is loaded too, this line may come before DOMContentLoaded.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// Panels that are open by default fold away where the screen is narrow.
for (const panel of document.querySelectorAll("details[data-fold-below]")) {
  if (window.innerWidth < Number(panel.dataset.foldBelow)) panel.open = false;
}

// The account menu closes on Escape and on a click elsewhere, as menus do.
for (const menu of document.querySelectorAll("details[data-menu]")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// An answer that asks a further question shows it while it is chosen.
function reveal() {
  for (const radio of document.querySelectorAll("input[data-reveals]")) {
    const question = document.getElementById(radio.dataset.reveals);
    question?.classList.toggle("govuk-radios__conditional--hidden", !radio.checked);
  }
}
document.addEventListener("change", (event) => event.target.type === "radio" && reveal());
window.addEventListener("pageshow", reveal);

// htmx replaces parts of a page; what comes in gets its behaviour too.
document.body.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) initAll({ scope: event.target });
});
