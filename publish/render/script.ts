/** What a page's script adds: one key opens all code, buttons copy. Without it the page says and shows the same. */
export const script = `
const codes = document.querySelectorAll('details.code');
addEventListener('keydown', (event) => {
  if (event.key !== 'c' || event.ctrlKey || event.metaKey || event.altKey) return;
  const open = [...codes].some((code) => !code.open);
  for (const code of codes) code.open = open;
});
for (const code of codes) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', () => copy(code.querySelector('pre').textContent, button));
  code.append(button);
}
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => copy(document.getElementById(button.dataset.copy).textContent, button));
}
async function copy(text, button) {
  await navigator.clipboard.writeText(text);
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
}
if (matchMedia('(max-width: 1200px)').matches) document.querySelector('nav.contents details')?.removeAttribute('open');
`
