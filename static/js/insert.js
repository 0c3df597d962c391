// Puts the chosen figure where the cursor stands. Without this the button sends the form, and the figure goes to the end.
for (const button of document.querySelectorAll("button[data-insert-from]")) {
  button.addEventListener("click", (event) => {
    const choice = document.getElementById(button.dataset.insertFrom);
    const box = document.getElementById(button.dataset.insertInto);
    if (!choice?.value || !box) return;
    event.preventDefault();
    box.setRangeText(`[[${choice.value}]]`, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    choice.value = "";
  });
}
