// The check of a finished page from its pasted source. It runs here and sends nothing.

const checker = document.getElementById('checker');
const script = document.createElement('script');
script.src = checker.dataset.script;
script.dataset.manual = '';
script.addEventListener('load', () => {
  checker.replaceChildren(document.getElementById('check-form').content.cloneNode(true));
  checker.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const source = new DOMParser().parseFromString(document.getElementById('check-source').value, 'text/html');
    const result = document.getElementById('check-result');
    result.replaceChildren(window.faqCheck.report(window.faqCheck.faults(source, document.getElementById('check-address').value)));
  });
});
document.head.append(script);
