// Puts the chosen figure where the cursor stands. Without this the button sends the form, and the figure goes to the end.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-insert-into]");
  const box = button && document.getElementById(button.dataset.insertInto);
  if (!box) return;
  event.preventDefault();
  box.setRangeText(`[[${button.value}]]`, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});
