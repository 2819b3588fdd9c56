// Question and answer. A question lives in this page's memory and in the body of one request, nowhere else.

import { forgetWith, words } from './leave.js';

const PATIENCE = 5000;
const ALERT_ENDS = '<!--alert-->';
const REMEMBERED = 20;
const REMEMBERED_LENGTH = 8000; // all earlier questions together, so that a long one cannot make every later request too large
const PERSONAL = /\b\d{6}\s?\d{5}\b|(?:\+47\s?)?\b\d{2,3}(?:\s?\d{2,3}){2,3}\b|\S+@\S+\.\S+/;

const byId = (id) => document.getElementById(id);
const copy = (id) => byId(id).content.cloneNode(true);

let running = new AbortController();
let earlier = [];
let parts = null; // kept by reference: they must be emptied also when they have been taken out of the page

export function startConversation() {
  const root = byId('conversation');
  if (!root) return;
  root.append(copy('form'));
  const field = byId('question');
  parts = { field, turns: byId('turns'), clear: byId('clear'), status: byId('status'), urgent: byId('urgent') };
  root.querySelector('form').addEventListener('submit', (event) => { event.preventDefault(); send(field); });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(field); }
  });
  parts.clear.addEventListener('click', clear);
  parts.turns.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.place) root.dataset.municipality = button.dataset.place;
    if (button?.dataset.ask) ask(button.dataset.ask);
    else if (button?.dataset.way) chooseWay(button);
  });
  startPlaces(root);
  forgetWith(empty);
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
  parts.field.value = '';
  parts.turns.replaceChildren();
  parts.turns.hidden = parts.clear.hidden = true;
  parts.status.textContent = parts.urgent.textContent = '';
}

function clear() {
  empty();
  parts.status.textContent = words.cleared;
  byId('top').focus();
}

async function ask(question) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const turn = showTurn(question);
  const late = setTimeout(() => fill(turn, 'answer', copy('slow')), PATIENCE);
  const body = JSON.stringify(request(question));
  earlier = remembered([...earlier, question]);
  try {
    await show(turn, await post(body, signal), signal);
  } catch {
    if (!signal.aborted) fill(turn, 'answer', copy('failed'));
  } finally {
    clearTimeout(late);
  }
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
  const { municipality, audience } = byId('conversation').dataset;
  return { question, history: earlier, municipality: municipality || null, audience: audience || null };
}

function post(body, signal) {
  const headers = { 'Content-Type': 'application/json', Accept: 'text/html' };
  const quiet = { cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' };
  return fetch(byId('conversation').dataset.ask, { method: 'POST', headers, body, signal, ...quiet });
}

function showTurn(question) {
  const turn = copy('turn').firstElementChild;
  turn.querySelector('[data-slot="question"]').textContent = question;
  turn.querySelector('[data-slot="personal"]').hidden = !PERSONAL.test(question);
  parts.turns.append(turn);
  parts.turns.hidden = parts.clear.hidden = false;
  document.querySelector('label[for="question"]').textContent = words.follow_up;
  turn.scrollIntoView();
  return turn;
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
  fill(turn, 'answer', parsed(html));
  const ways = turn.querySelector('[data-ways]');
  if (ways) ways.hidden = false;
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

/** Three ways after an alert. The choice turns the order of the cards and is kept nowhere. */
function chooseWay(button) {
  const turn = button.closest('.turn');
  turn.querySelectorAll('[data-way]').forEach((other) => other.setAttribute('aria-pressed', other === button));
  turn.querySelector('[data-way-done]').textContent = button.dataset.done;
  const list = turn.querySelector('[data-helplines]');
  const wanted = { talk: 'talks', write: 'writes' }[button.dataset.way];
  if (!list || !wanted) return;
  const fits = (item) => item.firstElementChild.dataset[wanted] === 'yes';
  const items = [...list.children];
  list.append(...items.filter(fits), ...items.filter((item) => !fits(item)));
}

/** The municipality is chosen in place, so that the conversation is not lost. Its list is fetched when it is wanted. */
function startPlaces(root) {
  const place = byId('municipality');
  place.querySelector('a').addEventListener('click', async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const reply = await fetch(root.dataset.places, { credentials: 'omit' }).catch(() => null);
    if (!reply?.ok) return location.replace(event.target.href);
    place.replaceChildren(placeSelect(root, (await reply.json()).municipalities));
    place.querySelector('select').focus();
  });
}

function placeSelect(root, places) {
  const label = document.createElement('label');
  const select = document.createElement('select');
  const options = [new Option(words.municipality_none, ''), ...places.map((place) => new Option(place.name, place.slug))];
  select.autocomplete = 'off';
  select.append(...options);
  select.value = root.dataset.municipality;
  select.addEventListener('change', () => { root.dataset.municipality = select.value; keepInLinks(select.value); });
  label.append(words.municipality_heading, select);
  return label;
}

function keepInLinks(slug) {
  for (const link of document.links) {
    if (link.origin !== location.origin || link.hash) continue;
    const address = new URL(link.href);
    if (slug) address.searchParams.set('kommune', slug);
    else address.searchParams.delete('kommune');
    link.href = address.href;
  }
}
