// For staff: a quote with its source to the clipboard, and a procedure to the printer. Neither exists in the public view.

import { words } from './leave.js';

document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = words.copied;
});

const print = document.getElementById('print');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
