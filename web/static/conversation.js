// Question and answer. A question lives in this page's memory and in the body of one request, nowhere else.

import { forgetWith, goTo, words } from './leave.js';
import { choose, chosen } from './place.js';

const PATIENCE = 5000;
const SOON = 700; // an answer that comes before is not announced as waited for
const ALERT_ENDS = '<!--alert-->';
const REMEMBERED = 20;
const REMEMBERED_LENGTH = 8000; // all earlier questions together, so that a long one cannot make every later request too large
const PERSONAL = /\b\d{6}\s?\d{5}\b|(?:\+47\s?)?\b\d{2,3}(?:\s?\d{2,3}){2,3}\b|\S+@\S+\.\S+/;

const byId = (id) => document.getElementById(id);
const copy = (id) => byId(id).content.cloneNode(true);

let running = new AbortController();
let earlier = [];
let number = 0;
let parts = null; // kept by reference: they must be emptied also when they have been taken out of the page

export function startConversation() {
  const root = byId('conversation');
  if (!root) return;
  root.append(copy('form'));
  const field = byId('question');
  const [turns, clear, status, urgent, cleared] = ['turns', 'clear', 'status', 'urgent', 'cleared'].map(byId);
  const label = root.querySelector('label');
  parts = { root, field, label, turns, clear, status, urgent, cleared, examples: document.querySelector('.examples') };
  root.querySelector('form').addEventListener('submit', (event) => { event.preventDefault(); send(field); });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(field); }
  });
  clear.addEventListener('click', clearPage);
  turns.addEventListener('click', pressed);
  parts.examples?.addEventListener('click', (event) => { if (event.target.dataset.ask) ask(event.target.dataset.ask); });
  if (parts.examples) parts.examples.hidden = false;
  document.addEventListener('click', warnBeforeGoing, true);
  forgetWith(empty);
}

/** A button or a source's number in a turn. */
function pressed(event) {
  const reference = event.target.closest('a.ref');
  if (reference) { event.preventDefault(); event.stopPropagation(); return openSource(reference); }
  const button = event.target.closest('button');
  if (!button) return;
  const { ask: question, place, way, again, unfold, print } = button.dataset;
  if (place) choose(place);
  if (question) ask(question);
  else if (way) chooseWay(button);
  else if (again !== undefined) askAgain(button.closest('.turn'));
  else if (unfold !== undefined) unfoldTurn(button);
  else if (print !== undefined) printTurn(button.closest('.turn'));
}

function send(field) {
  const question = field.value.trim();
  field.value = '';
  if (question) ask(question);
  else field.focus();
}

function empty() {
  running.abort();
  running = new AbortController();
  earlier = [];
  number = 0;
  parts.field.value = '';
  parts.turns.replaceChildren();
  byId('going-note')?.remove();
  parts.root.classList.remove('talking');
  parts.turns.hidden = parts.clear.hidden = parts.cleared.hidden = true;
  parts.label.textContent = words.field_label;
  parts.field.placeholder = '';
  parts.status.textContent = parts.urgent.textContent = '';
}

function clearPage() {
  empty();
  parts.cleared.hidden = false;
  parts.status.textContent = words.cleared;
  if (parts.examples) parts.examples.hidden = false;
  byId('top').focus();
}

async function ask(question) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const left = parts.turns.lastElementChild;
  if (left?.querySelector('.waiting, .late')) fill(left, 'answer', copy('failed')); // it will not be answered any more
  const turn = showTurn(question);
  const soon = setTimeout(() => { parts.status.textContent = words.waiting; }, SOON);
  const late = setTimeout(() => fail(turn, copy('slow')), PATIENCE);
  const body = JSON.stringify(request(question));
  earlier = remembered([...earlier, question]);
  let response = null;
  try {
    response = await post(body, signal);
    await show(turn, response, signal);
  } catch {
    if (!signal.aborted) fail(turn, failure(response));
  } finally {
    clearTimeout(soon);
    clearTimeout(late);
  }
}

/** Why there is no answer, in true words, with the numbers and a button to try again. */
function failure(response) {
  const failed = copy('failed');
  const why = response ? (words[`failed_${response.status}`] || '') : words.offline;
  if (why) failed.querySelector('[data-what]').textContent = why;
  return failed;
}

function fail(turn, content) {
  parts.urgent.textContent = spoken(content, 'h3, p:not(:has(button))');
  fill(turn, 'answer', content);
}

/** The same question once more; the turn that failed goes. */
function askAgain(turn) {
  const question = turn.querySelector('[data-slot="question"]').textContent;
  if (earlier.at(-1) === question) earlier = earlier.slice(0, -1);
  turn.remove();
  ask(question);
}

/** The latest questions that fit; one that is too long is left out, and those before it stay. */
function remembered(questions) {
  const kept = [];
  let room = REMEMBERED_LENGTH;
  for (const question of questions.slice(-REMEMBERED).reverse()) {
    if (question.length > room) continue;
    room -= question.length;
    kept.unshift(question);
  }
  return kept;
}

function request(question) {
  return { question, history: earlier, municipality: chosen() || null, audience: parts.root.dataset.audience || null };
}

function post(body, signal) {
  const headers = { 'Content-Type': 'application/json', Accept: 'text/html' };
  const quiet = { cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' };
  return fetch(parts.root.dataset.ask, { method: 'POST', headers, body, signal, ...quiet });
}

function showTurn(question) {
  const turn = copy('turn').firstElementChild;
  number += 1;
  turn.querySelector('[data-slot="heading"]').textContent = words.turn_heading.replace('{number}', number);
  turn.querySelector('[data-slot="question"]').textContent = question;
  turn.querySelector('[data-slot="personal"]').hidden = !PERSONAL.test(question);
  for (const before of parts.turns.children) before.classList.add('folded');
  parts.turns.append(turn);
  parts.root.classList.add('talking');
  parts.turns.hidden = parts.clear.hidden = false;
  parts.cleared.hidden = true;
  if (parts.examples) parts.examples.hidden = true;
  parts.label.textContent = words.follow_up;
  parts.field.placeholder = words.follow_up;
  turn.querySelector('h2').focus({ preventScroll: true });
  toTop(turn);
  return turn;
}

/** The turn at the top of the screen, unless the reader has scrolled since. */
function toTop(turn) {
  turn.scrollIntoView();
  turn.dataset.at = Math.round(scrollY);
}

/** An earlier turn is opened and folded again by its question; a long question of the open one is shown whole. */
function unfoldTurn(button) {
  const turn = button.closest('.turn');
  const open = turn.matches('.folded') ? turn.classList.toggle('folded') === false : turn.classList.toggle('whole');
  button.setAttribute('aria-expanded', open);
}

function openSource(reference) {
  const source = byId(reference.hash.slice(1));
  for (let place = source; place; place = place.parentElement) if (place.tagName === 'DETAILS') place.open = true;
  source.focus();
}

/** The response comes in two parts: the alert at once, the answer when it has been found. A refusal has them too when there is an alert. */
async function show(turn, response, signal) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let alerted = false;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    if (!alerted && text.includes(ALERT_ENDS)) {
      alerted = true;
      showAlert(turn, text.slice(0, text.indexOf(ALERT_ENDS)));
    }
  }
  if (signal.aborted || !alerted) throw new Error('cut off');
  showAnswer(turn, text.slice(text.indexOf(ALERT_ENDS) + ALERT_ENDS.length));
}

function showAlert(turn, html) {
  if (!html.trim()) return;
  fill(turn, 'alert', parsed(html));
  parts.urgent.textContent = spoken(turn.querySelector('[data-slot="alert"]'), '.number-list a, [data-say]');
}

function showAnswer(turn, html) {
  const moved = Math.abs(scrollY - turn.dataset.at) > 2;
  const answer = parsed(html);
  const suffix = `-${number}`; // sources have their own numbers in each turn
  for (const place of answer.querySelectorAll('[id^="kilde-"]')) place.id += suffix;
  for (const link of answer.querySelectorAll('a.ref')) link.setAttribute('href', link.getAttribute('href') + suffix);
  fill(turn, 'answer', answer);
  if (!moved) toTop(turn);
  const place = turn.querySelector('.answer')?.dataset.place;
  if (place) choose(place);
  parts.status.textContent = `${words.answer_ready} ${spoken(turn.querySelector('[data-slot="answer"]'), '[data-say]')}`;
}

const spoken = (place, selector) => [...place.querySelectorAll(selector)].map((found) => found.textContent.trim().replace(/\s+/g, ' ')).join('. ');

function parsed(html) {
  const found = document.createDocumentFragment();
  found.append(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
  return found;
}

function fill(turn, slot, content) {
  turn.querySelector(`[data-slot="${slot}"]`)?.replaceChildren(content);
}

/** Three ways after an alert. The choice turns the order of the contacts and is kept nowhere. */
function chooseWay(button) {
  const turn = button.closest('.turn');
  turn.querySelectorAll('[data-way]').forEach((other) => other.setAttribute('aria-pressed', other === button));
  turn.querySelector('[data-way-done]').textContent = button.dataset.done;
  const wanted = { talk: 'talks', write: 'writes' }[button.dataset.way];
  if (!wanted) return;
  const lists = [...turn.querySelectorAll('[data-helplines]')];
  const items = lists.flatMap((list) => [...list.children]);
  const fits = (item) => item.firstElementChild.dataset[wanted] === 'yes';
  const ordered = [...items.filter(fits), ...items.filter((item) => !fits(item))];
  for (const list of lists) list.replaceChildren(...ordered.splice(0, list.children.length));
}

/** In the staff view one answer can be printed: the others are left out. */
function printTurn(turn) {
  const folded = [...turn.querySelectorAll('details:not([open])')];
  for (const details of folded) details.open = true;
  turn.classList.add('printed');
  window.print();
  turn.classList.remove('printed');
  for (const details of folded) details.open = false;
}

/** A link that would lose the conversation asks first. Leaving never does. */
function warnBeforeGoing(event) {
  const link = event.target.closest?.('a[href]');
  if (!link || !parts.turns.childElementCount || link.origin !== location.origin) return;
  if (link.id === 'leave' || link.hash || link.matches('[data-choose], .ref') || link.dataset.sure) return;
  event.preventDefault();
  event.stopPropagation();
  byId('going-note')?.remove();
  const place = link.closest('p, li, nav, section, header') || link;
  place.after(copy('going'));
  const note = byId('going-note');
  note.querySelector('[data-stay]').addEventListener('click', () => { note.remove(); link.focus(); });
  note.querySelector('[data-go]').addEventListener('click', () => goTo(link));
  note.querySelector('button').focus();
}
