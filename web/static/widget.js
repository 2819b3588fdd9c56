// The guide in a municipality's page: a button, and a frame from our own address when it is opened. What is typed there,
// the host page cannot read. Numbers and a link stand in the host's HTML, before, without and instead of this script.

(() => {
  const settings = {};
  const NAME = 'faq-assistant';
  if (customElements.get(NAME)) return;
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const SANDBOX = 'allow-scripts allow-forms allow-same-origin allow-top-navigation-by-user-activation';
  const WAIT = 1500; // a frame that is blocked never answers; one that is only slow comes later, in place of the numbers
  const FULL = matchMedia('(max-width: 480px)');

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; display: block; color: inherit; }
    .panel, button { color-scheme: light dark; }
    :host([data-theme="light"]) :is(.panel, button) { color-scheme: light; }
    :host([data-theme="dark"]) :is(.panel, button) { color-scheme: dark; }
    * { box-sizing: border-box; font: 600 18px/1.4 system-ui, sans-serif; }
    [hidden] { display: none !important; }
    button { min-height: 48px; padding: 10px 20px; border: 2px solid #fff; border-radius: 8px; cursor: pointer; color: #fff; background: #1e4a6b; }
    button:focus-visible, .leave:focus-visible { outline: 3px solid #001f33; outline-offset: 2px; box-shadow: 0 0 0 3px #fff; }
    .panel { display: flex; flex-direction: column; border: 1px solid #68747f; border-radius: 8px; overflow: hidden; background: Canvas; color: CanvasText; }
    .top { display: flex; justify-content: flex-end; padding: 4px; }
    .top button { min-height: 44px; padding: 6px 14px; color: inherit; background: transparent; border: 1px solid #68747f; }
    iframe { width: 100%; height: 600px; max-height: 90vh; border: 0; }
    .leave { position: fixed; top: 8px; left: 8px; z-index: 2147483001; padding: 10px 16px; border-radius: 8px; color: #fff; background: #1e4a6b; border: 2px solid #fff; text-decoration: none; }
    .failed { padding: 16px; } .failed p { margin: 0 0 8px; } .failed a { color: inherit; }
    :host([data-floating]) { position: fixed; bottom: 16px; right: 16px; z-index: 2147483000; }
    :host([data-floating][data-position="left"]) { right: auto; left: 16px; }
    :host([data-floating]) .panel { width: min(420px, calc(100vw - 32px)); height: min(680px, calc(100vh - 32px)); }
    :host([data-floating]) iframe { flex: 1; height: auto; max-height: none; }
    @media (max-width: 480px) { :host([data-floating]) .panel { position: fixed; inset: 0; width: auto; height: auto; border-radius: 0; } }
    @media (forced-colors: active) { button { border-color: ButtonText; } }`);

  /** The guide. Attributes: data-municipality, data-language, data-position, data-theme, data-open. */
  class Guide extends HTMLElement {
    connectedCallback() {
      if (!this.shadowRoot) this.build();
      this.style.setProperty('display', 'block', 'important');
      this.style.setProperty('visibility', 'visible', 'important');
      this.listening = new AbortController();
      const { signal } = this.listening;
      window.addEventListener('message', (event) => this.hear(event), { signal });
      listenForShift(this, signal);
      if ('open' in this.dataset) this.open(false);
    }

    disconnectedCallback() {
      this.listening.abort();
      this.close(false);
    }

    get words() {
      const wanted = this.dataset.language || document.documentElement.lang.slice(0, 2);
      return settings.words[wanted] || settings.words.nb;
    }

    get language() {
      return Object.keys(settings.words).find((name) => settings.words[name] === this.words);
    }

    build() {
      this.shut = [];
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      this.opener = button(this.words.open, () => this.open(true));
      this.opener.setAttribute('aria-expanded', 'false');
      this.panel = document.createElement('div');
      Object.assign(this.panel, { className: 'panel', hidden: true });
      this.panel.setAttribute('role', 'dialog');
      this.panel.setAttribute('aria-label', this.words.title);
      this.panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.close(true); });
      this.leaver = anchor(settings.leave, this.words.leave);
      Object.assign(this.leaver, { className: 'leave', rel: 'nofollow noreferrer noopener', hidden: true });
      this.leaver.addEventListener('click', (event) => { event.preventDefault(); leave(this.words.neutral); });
      root.append(document.createElement('slot'), this.leaver, this.opener, this.panel);
    }

    /** The frame has its own link for leaving at its top. When the host page is scrolled past it, ours takes its place. */
    watchTop(top) {
      this.watching = new IntersectionObserver(([seen]) => { this.leaver.hidden = seen.isIntersecting; });
      this.watching.observe(top);
    }

    open(focus) {
      if (this.frame) return;
      const top = document.createElement('div');
      top.className = 'top';
      top.append(button(this.words.close, () => this.close(true)));
      this.frame = this.makeFrame();
      this.panel.replaceChildren(top, this.frame);
      this.panel.hidden = false;
      this.watchTop(top);
      this.opener.hidden = true;
      this.opener.setAttribute('aria-expanded', 'true');
      this.late = setTimeout(() => this.fail(), WAIT);
      this.shutOut(true);
      if (focus) this.frame.focus();
    }

    /** Behind a panel that fills the screen nothing of the host page can be reached. */
    shutOut(shut) {
      if (shut && !('floating' in this.dataset && FULL.matches)) return;
      for (const other of document.body.children) {
        if (other === this) continue;
        if (shut && !other.inert) { other.inert = true; this.shut.push(other); }
      }
      if (!shut) { for (const other of this.shut) other.inert = false; this.shut = []; }
    }

    makeFrame() {
      const frame = document.createElement('iframe');
      const asked = { kommune: this.dataset.municipality, sprak: this.language, tema: this.dataset.theme };
      const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
      Object.assign(frame, { title: this.words.title, loading: 'lazy', referrerPolicy: 'no-referrer' });
      frame.setAttribute('sandbox', SANDBOX);
      frame.addEventListener('load', () => frame.contentWindow?.postMessage({ kind: 'hello' }, origin));
      frame.src = `${origin}/widget/ramme?${query}`;
      return frame;
    }

    close(focus) {
      clearTimeout(this.late);
      this.watching?.disconnect();
      this.panel.replaceChildren();
      this.frame = null;
      this.shutOut(false);
      this.panel.hidden = this.leaver.hidden = true;
      this.opener.hidden = false;
      this.opener.setAttribute('aria-expanded', 'false');
      if (focus) this.opener.focus();
    }

    /** The frame has not answered: it is slow or down, or it may not be shown on this host. The numbers are shown until it does. */
    fail() {
      const box = document.createElement('div');
      box.className = 'failed';
      const text = document.createElement('p');
      text.textContent = this.words.failed;
      const numbers = settings.numbers.map((number) => line(`tel:${number.dial}`, `${number.phone} ${number.name[this.language]}`));
      box.append(text, ...numbers, line(`${origin}/`, this.words.link));
      this.failed = box;
      this.frame?.before(box);
      if (this.frame) this.frame.hidden = true;
      console.warn(`${origin} did not answer, or ${location.origin} is not in its list of hosts (ASSISTANT_FRAME_ANCESTORS).`);
    }

    ready() {
      clearTimeout(this.late);
      this.failed?.remove();
      this.frame.hidden = false;
    }

    hear(event) {
      if (!this.frame || event.origin !== origin || event.source !== this.frame.contentWindow) return;
      const { kind, value } = event.data || {};
      if (kind === 'ready') this.ready();
      else if (kind === 'close') this.close(true);
      else if (kind === 'leave') leave(this.words.neutral);
      else if (kind === 'height' && Number.isFinite(value) && !('floating' in this.dataset)) {
        this.frame.style.height = `${Math.min(Math.max(value, 300), 4000)}px`;
      }
    }
  }

  function button(text, action) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.addEventListener('click', action);
    return made;
  }

  function anchor(address, text) {
    return Object.assign(document.createElement('a'), { href: address, rel: 'noreferrer noopener', textContent: text });
  }

  function line(address, text) {
    const made = document.createElement('p');
    made.append(anchor(address, text));
    return made;
  }

  /** As in the frame: empty the page, neutral title, then replace it. */
  function leave(title) {
    document.body.replaceChildren();
    document.title = title;
    window.stop();
    location.replace(settings.leave);
  }

  /** Shift three times leaves from the host page too, while the guide is open. */
  function listenForShift(guide, signal) {
    let alone = false;
    let count = 0;
    let last = 0;
    document.addEventListener('keydown', (event) => {
      alone = event.key === 'Shift' && (alone || !event.repeat);
      if (event.key !== 'Shift') count = 0;
    }, { signal, capture: true });
    document.addEventListener('keyup', (event) => {
      if (event.key !== 'Shift' || !alone || !guide.frame) return;
      alone = false;
      count = event.timeStamp - last <= 5000 ? count + 1 : 1;
      last = event.timeStamp;
      if (count === 3) leave(guide.words.neutral);
    }, { signal, capture: true });
  }

  customElements.define(NAME, Guide);

  function addButton() {
    if (document.querySelector(NAME)) return;
    const guide = document.createElement(NAME);
    Object.assign(guide.dataset, script.dataset, { floating: '' });
    document.body.append(guide);
  }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', addButton);
  else addButton();
})();
