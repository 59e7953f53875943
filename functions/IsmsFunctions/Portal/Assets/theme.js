// Runs before the first paint, so that nobody who chose a theme or a language sees the other one flash.
(() => {
  const read = key => { try { return localStorage.getItem(key); } catch { return null; } };
  const theme = read('isms.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const language = read('isms.language') ?? (/^en\b/.test(navigator.language) ? 'en' : 'ja');
  document.documentElement.lang = language;
})();
