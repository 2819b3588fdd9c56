// Leaving fast. The page is emptied before anything is asked of the network, because a slow line can keep it in view.

export const words = JSON.parse(document.getElementById('words').textContent);

const PRESSES = 3;
const PAUSE = 5000;
const forgetting = new Set();
const framed = window.top !== window;
let host = null; // the origin of the page that shows us in a frame, once it has said hello

/** Have something emptied when the person leaves, goes away or comes back: a field, answers, memory. */
export function forgetWith(action) {
  forgetting.add(action);
}

export function forget() {
  for (const action of forgetting) {
    try { action(); } catch { /* whatever fails here, the page is left */ }
  }
}

/** Cover, stop, empty, neutral title; then replace, so that Back leads to the page before ours. */
export function leave() {
  const link = document.getElementById('leave');
  const address = link.href;
  document.documentElement.classList.add('leaving');
  document.body.replaceChildren();
  window.stop();
  forget();
  document.title = words.neutral_title;
  tellHost({ kind: 'leave' });
  try {
    (framed ? window.top : window).location.replace(address);
  } catch { /* the frame may not lead its host away: the host was told, and the link below is left */ }
  if (framed) setTimeout(() => showPlainLink(address), 700);
}

function showPlainLink(address) {
  const link = document.createElement('a');
  Object.assign(link, { href: address, target: '_top', rel: 'nofollow noreferrer noopener', className: 'leave', textContent: words.leave });
  document.body.replaceChildren(link);
}

/** Counts Shift pressed alone. Shift that makes a capital letter has another key with it and starts the count again. */
function listenForShift() {
  let alone = false;
  let count = 0;
  let timer = 0;
  const show = (number, text) => {
    count = number;
    const link = document.getElementById('leave');
    link?.classList.toggle('counting', number > 0);
    link?.querySelectorAll('i').forEach((dot, place) => dot.classList.toggle('on', place < number));
    const status = document.getElementById('leave-status');
    if (status) status.textContent = text;
  };
  const press = () => {
    clearTimeout(timer);
    if (count + 1 === PRESSES) return leave();
    show(count + 1, words.shift_progress.replace('{count}', count + 1));
    timer = setTimeout(() => show(0, words.shift_stopped), PAUSE);
  };
  const other = () => {
    alone = false;
    if (count) { clearTimeout(timer); show(0, ''); }
  };
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Shift') other();
    else if (!event.repeat) alone = true;
  }, true);
  document.addEventListener('keyup', (event) => {
    if (event.key === 'Shift' && alone) { alone = false; press(); }
  }, true);
  document.addEventListener('pointerdown', other, true);
}

/** The host page learns height, ready and leave. It is answered only at the origin that its greeting came from. */
function tellHost(message) {
  if (host) window.parent.postMessage(message, host);
}

function listenToHost() {
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.data?.kind !== 'hello') return;
    host = event.origin;
    tellHost({ kind: 'ready' });
    document.addEventListener('keydown', (press) => { if (press.key === 'Escape') tellHost({ kind: 'close' }); });
    new ResizeObserver(() => tellHost({ kind: 'height', value: document.body.scrollHeight })).observe(document.body);
  });
}

/** Pages of ours replace each other, so that there is only one of them to go back from. */
function replacePages() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    const elsewhere = framed ? link?.target : link?.target && link.target !== '_top';
    if (!link || elsewhere || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin) return;
    event.preventDefault();
    if (link.hash && link.pathname === location.pathname) document.querySelector(link.hash)?.focus();
    else goTo(link);
  });
}

/** To where a link leads, without an entry in the history; out of the frame where the link says so. */
export function goTo(link) {
  (framed && link.target === '_top' ? window.top : window).location.replace(link.href);
}

export function startLeaving() {
  document.getElementById('leave').addEventListener('click', (event) => { event.preventDefault(); leave(); });
  listenForShift();
  replacePages();
  if (framed) listenToHost();
  window.addEventListener('pagehide', forget);
  window.addEventListener('pageshow', (event) => { if (event.persisted) forget(); });
}
