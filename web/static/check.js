// Looks for what endangers people on a page that shows the guide. On a host page it looks at the living page and says what it found.

(() => {
  const settings = {};
  const tools = {
    recorder: /hotjar|clarity\.ms|fullstory|mouseflow|luckyorange|smartlook|logrocket|inspectlet|sessioncam|contentsquare|crazyegg/i,
    pixel: /connect\.facebook\.net|facebook\.com\/tr|fbq\(|analytics\.tiktok|snap\.licdn|sc-static\.net|doubleclick|googleadservices|ads-twitter|bat\.bing|ct\.pinterest/i,
    tag_manager: /googletagmanager\.com\/gtm|GTM-[A-Z0-9]+|tealium|adobedtm|matomo[^"']*container_/i,
    statistics: /google-analytics|googletagmanager\.com\/gtag|siteimproveanalytics|siteimprove\.com|matomo\.(?:js|php|cloud)|piwik|plausible|umami/i,
    chat: /intercom|zendesk|zopim|drift\.com|tawk\.to|livechat|kindly\.ai|boost\.ai|puzzel|crisp\.chat|freshchat|tidio/i,
  };
  const telling = new RegExp(settings.telling, 'i');
  const widget = 'faq-assistant';

  /** The names of the faults in a document; `live` adds what only shows on the living page. */
  function faults(doc, address, live = false) {
    const found = [];
    const loaded = [...doc.querySelectorAll('script, img, iframe, link')].filter((element) => !element.closest(widget));
    const text = loaded.map((element) => `${element.src || element.href || ''} ${element.tagName === 'SCRIPT' ? element.textContent : ''}`).join('\n');
    for (const [name, pattern] of Object.entries(tools)) if (pattern.test(text)) found.push(name);
    const preview = [...doc.querySelectorAll('meta[property^="og:"], meta[name="twitter:title"], meta[name="description"]')].map((meta) => meta.content);
    if (telling.test([doc.title, decodeURIComponent(address), ...preview].join(' '))) found.push('words');
    if (!doc.querySelector(`${widget}, script[src*="/widget/v1.js"]`)) found.push('missing');
    else if (!doc.querySelector(`${widget} a[href^="tel:"]`)) found.push('plain');
    if (live && [...doc.querySelectorAll(widget)].some(covered)) found.push('banner');
    return found;
  }

  /** Whether something lies over the place where the guide shows its button or the link for leaving. */
  function covered(element) {
    const box = element.getBoundingClientRect();
    const points = [[box.left + 60, box.top + 24], [box.left + box.width / 2, box.top + 24], [box.right - 24, box.bottom - 20]];
    const inside = ([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    return points.filter(inside).some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && top !== element && !element.contains(top);
    });
  }

  function report(names) {
    const language = ['nn', 'en'].find((known) => document.documentElement.lang.startsWith(known)) || 'nb';
    const words = settings.words[language];
    const box = document.createElement('div');
    const heading = box.appendChild(document.createElement('p'));
    heading.textContent = names.length ? words.found : words.none;
    const list = names.length ? box.appendChild(document.createElement('ul')) : null;
    for (const name of names) {
      const item = list.appendChild(document.createElement('li'));
      item.dataset.fault = name;
      item.textContent = words[name];
    }
    return box;
  }

  window.faqCheck = { faults, report };
  if (document.currentScript.dataset.manual !== undefined) return;
  window.addEventListener('load', () => setTimeout(() => {
    const box = report(faults(document, location.href, true));
    box.id = 'faq-check';
    box.setAttribute('role', 'status');
    document.body.prepend(box);
  }, 1500));
})();
