// For staff: a quote with its source to the clipboard, and a procedure to the printer. Neither exists in the public view.

import { words } from './leave.js';

const SHOWN = 3000;

document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  const before = button.dataset.before ??= button.textContent;
  const done = await navigator.clipboard.writeText(button.dataset.copy).then(() => true, () => false);
  button.textContent = done ? words.copied : words.copy_failed;
  setTimeout(() => { button.textContent = before; }, SHOWN);
});

const print = document.getElementById('print');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
