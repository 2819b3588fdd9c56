// The municipality: found in a list while one types, and kept in the links. What is typed here is sent to nobody.

import { forgetWith, words } from './leave.js';

const SHOWN = 5;
let places = null;

const section = () => document.getElementById('place');
const plain = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ø/g, 'o').replace(/æ/g, 'ae').replace(/\bkommune\b/g, '').replace(/[^\p{L}]/gu, '');

/** The short name of the chosen municipality; empty when none is chosen. */
export const chosen = () => section()?.dataset.municipality || '';

/** The block with the chosen municipality's numbers, and every link, follow the choice. Pages made of it are shown anew. */
export async function choose(slug, focus = false) {
  const place = section();
  if (!place || slug === chosen()) return;
  place.dataset.municipality = slug;
  keepInLinks(slug);
  if (!document.getElementById('conversation')) return location.replace(withPlace(location.href, slug));
  const reply = await fetch(withPlace(place.dataset.chosen, slug), { credentials: 'omit' }).catch(() => null);
  if (!reply?.ok) return say(words.offline);
  place.innerHTML = await reply.text(); // rendered by our own template, from the list of municipalities
  if (focus) place.querySelector('a')?.focus();
}

export function startPlaces() {
  const place = section();
  if (!place) return;
  place.addEventListener('click', (event) => {
    const link = event.target.closest('[data-choose]');
    const button = event.target.closest('button[data-place]');
    if (link) { event.preventDefault(); event.stopPropagation(); showField(); }
    if (button) choose(button.dataset.place, true);
  });
  if (!chosen()) showField(false);
  forgetWith(() => { const field = document.getElementById('place-field'); if (field) { field.value = ''; show([]); } });
}

function showField(focus = true) {
  const place = section();
  place.replaceChildren(document.getElementById('place-form').content.cloneNode(true));
  const field = document.getElementById('place-field');
  field.addEventListener('focus', load, { once: true });
  field.addEventListener('input', async () => { await load(); show(found(field.value)); });
  field.addEventListener('keydown', async (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    await load();
    const first = found(field.value)[0];
    if (first) choose(first.slug, true);
  });
  if (focus) field.focus();
}

async function load() {
  if (places) return;
  const reply = await fetch(section().dataset.places, { credentials: 'omit' }).catch(() => null);
  if (reply?.ok) places = (await reply.json()).municipalities;
  else say(words.offline);
}

/** Names that begin so first, then those that hold the letters; «ål», «al» and «Ål» are the same. */
function found(typed) {
  const sought = plain(typed);
  if (!sought || !places) return [];
  const holding = places.filter((place) => plain(place.name).includes(sought));
  const beginning = holding.filter((place) => plain(place.name).startsWith(sought));
  return [...new Set([...beginning, ...holding])].slice(0, SHOWN);
}

function show(listed) {
  const list = section().querySelector('.found');
  if (!list) return;
  list.replaceChildren(...listed.map((place) => {
    const item = document.createElement('li');
    const button = item.appendChild(document.createElement('button'));
    Object.assign(button, { type: 'button', className: 'link', textContent: place.name });
    button.dataset.place = place.slug;
    return item;
  }));
  const typed = document.getElementById('place-field').value.trim();
  say(!typed || !places ? '' : listed.length ? words.places_found.replace('{count}', listed.length) : words.places_none);
}

function say(text) {
  const status = section().querySelector('[data-found]');
  if (status) status.textContent = text;
}

function withPlace(href, slug) {
  const address = new URL(href, location.href);
  if (slug) address.searchParams.set('kommune', slug);
  else address.searchParams.delete('kommune');
  return address.href;
}

function keepInLinks(slug) {
  for (const link of document.links) {
    if (link.origin === location.origin && !link.hash) link.href = withPlace(link.href, slug);
  }
}
