// What makes pages of figures handier; they are whole without it. It writes text only, never markup.
(() => {
  // A field above a long table that narrows the rows shown.
  for (const table of document.querySelectorAll('table[data-filters="yes"]')) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 6) continue;
    const label = document.createElement('label');
    label.className = 'narrow-rows';
    label.textContent = 'Show only rows with';
    const field = document.createElement('input');
    field.type = 'search';
    field.setAttribute('aria-controls', table.id);
    const count = document.createElement('span');
    count.className = 'quiet';
    count.setAttribute('role', 'status');
    label.append(field);
    const line = document.createElement('div');
    line.className = 'table-tools';
    line.append(label, count);
    table.closest('.scroll').before(line);
    field.addEventListener('input', () => {
      const words = field.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const isShown = row.textContent.toLowerCase().includes(words);
        row.hidden = !isShown;
        if (isShown) shown += 1;
      }
      count.textContent = words === '' ? '' : `${shown} of ${rows.length}`;
    });
  }
})();
